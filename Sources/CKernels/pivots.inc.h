// What a column-pivoted factorisation does with the norms of columns.

/// Moves what is known of column j to where the pivot column was.
INLINE void NAME(move_pivot)(
    ptrdiff_t j, ptrdiff_t largest, ptrdiff_t *order, REAL *norms, REAL *references) {
  norms[largest] = norms[j];
  references[largest] = references[j];
  const ptrdiff_t column = order[j];
  order[j] = order[largest];
  order[largest] = column;
}

INLINE void NAME(exchange)(REAL *a, REAL *b, ptrdiff_t count, ptrdiff_t stride) {
  for (ptrdiff_t i = 0; i < count; i++, a += stride, b += stride) {
    const REAL number = *a;
    *a = *b;
    *b = number;
  }
}

/// Removes the number r of a row from the norm of its column; returns whether too much cancels, so that the norm
/// must be computed anew.
INLINE int NAME(downdate)(REAL r, REAL *norm, REAL reference) {
  if (*norm == 0) return 0;
  const REAL share = r / *norm;
  const REAL rest = 1 - share * share;
  *norm *= __builtin_elementwise_sqrt(rest >= 0 ? rest : 0);
  const REAL remaining = *norm / reference;
  return (REAL)1 / 20 * (remaining * remaining) <= EPSILON;
}
