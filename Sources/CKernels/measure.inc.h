// The measurements at a trial point.

typedef REAL NAME(four_numbers) __attribute__((ext_vector_type(4), aligned(sizeof(REAL)), may_alias));

/// The norm of contiguous numbers: the squares side by side, their sum in order.
INLINE REAL NAME(contiguous_norm)(const REAL *v, ptrdiff_t count, REAL small, REAL large) {
  REAL sum = 0;
  ptrdiff_t i = 0;
  SHORT_LOOP
  for (; i + 4 <= count; i += 4) {
    const NAME(four_numbers) a = __builtin_elementwise_abs(*(const NAME(four_numbers) *)(v + i));
    const NAME(four_numbers) squares = a <= small ? 0 : a * a;
    sum += squares[0];
    sum += squares[1];
    sum += squares[2];
    sum += squares[3];
  }
  SHORT_LOOP
  for (; i < count; i++) sum += NAME(middle_square)(v[i], small);
  return NAME(norm_by_sum)(sum, v, count, 1, small, large);
}

WHOLE REAL NAME(measure)(
    const REAL *f, ptrdiff_t rows, const REAL *x, const REAL *scaling, ptrdiff_t n, REAL small, REAL large,
    REAL *scaled_norm, REAL *scratch) {
  HAVE_SCRATCH
  SHORT_LOOP
  for (ptrdiff_t j = 0; j < n; j++) scratch[j] = scaling[j] * x[j];
  *scaled_norm = NAME(norm)(scratch, n, 1, small, large);
  return NAME(contiguous_norm)(f, rows, small, large);
}
