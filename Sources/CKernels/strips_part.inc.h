// The columns from k on as far as they fill NUMBERS; returns where that is.

INLINE ptrdiff_t STRIP(
    REAL *row, ptrdiff_t stride, ptrdiff_t height, ptrdiff_t k, ptrdiff_t width, const REAL *v, const REAL *w,
    const REAL *t, REAL *sums) {
  const ptrdiff_t lanes = sizeof(NUMBERS) / sizeof(REAL);
  // In registers, whatever the rows are stored over.
  REAL old[HEIGHT] = {}, new[HEIGHT] = {};
  for (ptrdiff_t r = 0; r < height; r++) {
    old[r] = v[r];
    new[r] = w[r];
  }
  for (; k + lanes <= width; k += lanes) {
    NUMBERS sum = *(NUMBERS *)(sums + k);
    const NUMBERS factor = *(const NUMBERS *)(t + k);
#pragma clang loop unroll(full)
    for (ptrdiff_t r = 0; r < height; r++) {
      NUMBERS *const place = (NUMBERS *)(row + r * stride + k);
      const NUMBERS a = *place - factor * old[r];
      *place = a;
      sum += new[r] * a;
    }
    *(NUMBERS *)(sums + k) = sum;
  }
  return k;
}
