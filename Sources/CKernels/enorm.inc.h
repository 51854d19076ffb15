// The Euclidean norm of one vector, by the law of MINPACK's enorm.

/// Component by component.
static __attribute__((noinline)) REAL NAME(careful_norm)(
    const REAL *v, ptrdiff_t count, ptrdiff_t stride, REAL small, REAL large) {
  if (count == 0) return 0;
  const REAL largest = large / (REAL)count;
  // Scaled sums of squares: s1 of the large components in units of x1, s2 of the middle ones, s3 of the small
  // ones in units of x3.
  REAL s1 = 0, s2 = 0, s3 = 0, x1 = 0, x3 = 0;
  for (ptrdiff_t i = 0; i < count; i++, v += stride) {
    const REAL a = __builtin_elementwise_abs(*v);
    if (a > small && a < largest) {
      s2 += a * a;
    } else if (a <= small) {
      if (a > x3) {
        const REAL q = x3 / a;
        s3 = 1 + s3 * (q * q);
        x3 = a;
      } else if (a != 0) {
        const REAL q = a / x3;
        s3 += q * q;
      }
    } else if (a > x1) {
      const REAL q = x1 / a;
      s1 = 1 + s1 * (q * q);
      x1 = a;
    } else {
      const REAL q = a / x1;
      s1 += q * q;
    }
  }
  if (s1 != 0) return x1 * __builtin_elementwise_sqrt(s1 + (s2 / x1) / x1);
  if (s2 == 0) return x3 * __builtin_elementwise_sqrt(s3);
  return s2 >= x3 ? __builtin_elementwise_sqrt(s2 * (1 + (x3 / s2) * (x3 * s3)))
                  : __builtin_elementwise_sqrt(x3 * ((s2 / x3) + (x3 * s3)));
}

/// The sum of squares from which on components of at most `small` leave no trace in the norm of `count`
/// components.
INLINE REAL NAME(decisive_sum)(ptrdiff_t count, REAL small) {
  const REAL negligible = small * (small * ((REAL)count * (4 / EPSILON)));
  return negligible > small ? negligible : small;
}

/// What a component adds to the sum of the middle ones. Written so that a NaN goes into the sum.
INLINE REAL NAME(middle_square)(REAL v, REAL small) {
  const REAL a = __builtin_elementwise_abs(v);
  return a <= small ? 0 : a * a;
}

/// Whether the sum of the middle components settles the norm. Large ones are excluded by a sum well below the square of
/// their threshold, small ones by a decisive sum.
INLINE int NAME(settles)(REAL sum, ptrdiff_t count, REAL small, REAL large) {
  const REAL size = (REAL)count;
  return (sum * size) * size < large * (large / 4) && sum >= NAME(decisive_sum)(count, small);
}

/// The norm from the sum of the middle components; component by component only where that does not settle it.
INLINE REAL NAME(norm_by_sum)(
    REAL sum, const REAL *v, ptrdiff_t count, ptrdiff_t stride, REAL small, REAL large) {
  if (NAME(settles)(sum, count, small, large)) return __builtin_elementwise_sqrt(sum);
  return NAME(careful_norm)(v, count, stride, small, large);
}

INLINE REAL NAME(norm)(const REAL *v, ptrdiff_t count, ptrdiff_t stride, REAL small, REAL large) {
  REAL sum = 0;
  SHORT_LOOP
  for (ptrdiff_t i = 0; i < count; i++) sum += NAME(middle_square)(v[i * stride], small);
  return NAME(norm_by_sum)(sum, v, count, stride, small, large);
}
