// A few columns that are contiguous for some rows. The rows go side by side, but for the sums, which run down the
// rows one after another, those of some columns at a time.

/// For `count` columns from c on: a − t·v, and to the sum Σ w·a.
INLINE void NAME(bundle)(
    REAL *restrict c, ptrdiff_t distance, ptrdiff_t height, const int count, const REAL *restrict v,
    const REAL *restrict w, const REAL *restrict t, REAL *restrict sums) {
  REAL products[4][GROUP], sum[4];
  for (int k = 0; k < count; k++) {
    for (ptrdiff_t r = 0; r < height; r++) {
      const REAL a = c[k * distance + r] - t[k] * v[r];
      c[k * distance + r] = a;
      products[k][r] = w[r] * a;
    }
    sum[k] = sums[k];
  }
  for (ptrdiff_t r = 0; r < height; r++) {
#pragma clang loop unroll(full)
    for (int k = 0; k < count; k++) sum[k] += products[k][r];
  }
  for (int k = 0; k < count; k++) sums[k] = sum[k];
}

INLINE void NAME(bundles)(
    REAL *c, ptrdiff_t distance, ptrdiff_t height, ptrdiff_t width, const REAL *v, const REAL *w, const REAL *t,
    REAL *sums) {
  ptrdiff_t k = 0;
#define BUNDLES(count) \
  for (; width - k >= (count); k += (count)) \
    NAME(bundle)(c + k * distance, distance, height, count, v, w, t + k, sums + k);
  BUNDLES(4)
  BUNDLES(3)
  BUNDLES(2)
  BUNDLES(1)
#undef BUNDLES
}
