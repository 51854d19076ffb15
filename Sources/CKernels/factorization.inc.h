// QR factorisation with column pivoting.

/// Brings the column of largest remaining norm to position j.
INLINE void SIZED(pivot)(
    REAL *matrix, ptrdiff_t rows, ptrdiff_t n, ptrdiff_t j, ptrdiff_t *order, REAL *norms, REAL *references) {
  ptrdiff_t largest = j;
  LOOP
  for (ptrdiff_t k = j + 1; k < n; k++) {
    if (norms[k] > norms[largest]) largest = k;
  }
  if (largest == j) return;
  NAME(exchange)(matrix + j, matrix + largest, rows, n);
  NAME(move_pivot)(j, largest, order, norms, references);
}

INLINE void SIZED(factorize)(
    REAL *matrix, ptrdiff_t rows, ptrdiff_t n, const REAL *column_norms, REAL small, REAL large,
    ptrdiff_t *order, REAL *norms, REAL *references, REAL *along) {
  LOOP
  for (ptrdiff_t j = 0; j < n; j++) {
    order[j] = j;
    norms[j] = references[j] = column_norms[j];
  }
  LOOP
  for (ptrdiff_t j = 0; j < n; j++) {
    SIZED(pivot)(matrix, rows, n, j, order, norms, references);
    REAL *const column = matrix + j * n + j;
    // The norm of a whole column is known already.
    REAL norm = j == 0 ? column_norms[order[0]] : NAME(norm)(column, rows - j, n, small, large);
    if (norm != 0) {
      if (column[0] < 0) norm = -norm;
      REFLECT(column, rows - j, n, n - j - 1, norm, along + j);
      // Row j is removed from the norms by which the next pivot is chosen, unless only one column is left; where too
      // much cancels, a norm is computed anew.
      if (n - j > 2)
      LOOP
      for (ptrdiff_t k = j + 1; k < n; k++) {
        if (!NAME(downdate)(column[k - j], norms + k, references[k])) continue;
        norms[k] = references[k] = NAME(norm)(column + n + k - j, rows - j - 1, n, small, large);
      }
    }
    norms[j] = -norm;
  }
}

/// The largest |Σ r_ij·(b_i/length)|/norm_j, columns of zero norm left out.
INLINE REAL SIZED(largest_cosine)(
    const REAL *r, const ptrdiff_t *order, const REAL *b, const REAL *column_norms, ptrdiff_t n, REAL length,
    REAL *direction) {
  REAL largest = 0;
  if (length == 0) return 0;
  LOOP
  for (ptrdiff_t j = 0; j < n; j++) direction[j] = b[j] / length;
  LOOP
  for (ptrdiff_t j = 0; j < n; j++) {
    const REAL norm = column_norms[order[j]];
    if (norm == 0) continue;
    REAL sum = 0;
    LOOP
    for (ptrdiff_t i = 0; i <= j; i++) sum += r[i * n + j] * direction[i];
    const REAL cosine = __builtin_elementwise_abs(sum / norm);
    // As Swift's max.
    if (cosine >= largest) largest = cosine;
  }
  return largest;
}

static REAL SIZED(linearize)(
    REAL *matrix, ptrdiff_t rows, ptrdiff_t size, const REAL *f, REAL length, REAL small, REAL large,
    REAL *column_norms, ptrdiff_t *order, REAL *b, REAL *scratch) {
  const ptrdiff_t n = SIZE(size);
  NAME(middle_norms)(
      matrix, rows, n, n, small, large / (REAL)rows, NAME(decisive_sum)(rows, small), column_norms);
  LOOP
  for (ptrdiff_t j = 0; j < n; j++) {
    if (!(column_norms[j] >= 0)) column_norms[j] = NAME(careful_norm)(matrix + j, rows, n, small, large);
    // Neither infinite nor NaN.
    if (!(column_norms[j] - column_norms[j] == 0)) return -1;
  }
  REAL *const along = scratch, *const diagonal = scratch + rows, *const other = diagonal + n;
  for (ptrdiff_t i = 0; i < rows; i++) along[i] = f[i];
  NAME(factorization) *const by_sweeps = NAME(factorization_by_sweeps)(rows, n);
  if (by_sweeps) by_sweeps(matrix, rows, n, column_norms, small, large, order, diagonal, other, along, other + n);
  else SIZED(factorize)(matrix, rows, n, column_norms, small, large, order, diagonal, other, along);
  LOOP
  for (ptrdiff_t j = 0; j < n; j++) {
    matrix[j * n + j] = diagonal[j];
    b[j] = along[j];
  }
  return SIZED(largest_cosine)(matrix, order, b, column_norms, n, length, other);
}
