// One tile: the norms of `count` NUMBERS side by side.

INLINE void TILE(
    const REAL *column, ptrdiff_t rows, ptrdiff_t stride, const int count,
    REAL small, REAL largest, REAL enough, REAL *norms) {
  const ptrdiff_t lanes = sizeof(NUMBERS) / sizeof(REAL);
  // Volatile, so that two numbers are not loaded together: a Jacobian of two columns has just been written number by
  // number, and a load of both would wait until they are in memory.
  const int apart = count == 2 && lanes == 1;
  NUMBERS sums[4] = {};
  NUMBERS maxima[4] = {};
  for (ptrdiff_t i = 0; i < rows; i++, column += stride) {
#pragma clang loop unroll(full)
    for (int k = 0; k < count; k++) {
      const NUMBERS *const place = (const NUMBERS *)(column + k * lanes);
      const NUMBERS a = __builtin_elementwise_abs(apart ? *(const volatile NUMBERS *)place : *place);
      // Written so that a NaN goes into the sum.
      sums[k] += a <= small ? 0 : a * a;
      maxima[k] = a > maxima[k] ? a : maxima[k];
    }
  }
  for (int k = 0; k < count; k++) {
    for (int lane = 0; lane < lanes; lane++) {
      const REAL sum = ((const REAL *)&sums[k])[lane];
      const REAL maximum = ((const REAL *)&maxima[k])[lane];
      const int is_middle = maximum < largest && sum >= enough;
      norms[k * lanes + lane] = is_middle ? __builtin_elementwise_sqrt(sum) : -1;
    }
  }
}
