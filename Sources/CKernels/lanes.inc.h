// z = x ∘ y element by element, z contiguous, and an operand contiguous (step 1) or one number for all (step 0).

#define EACH(result)                                                            \
  _Pragma("clang loop vectorize(assume_safety)")                                \
  for (ptrdiff_t i = 0; i < count; i++) {                                       \
    const REAL a = x[i * dx], b = y[i * dy];                                    \
    (void)a, (void)b;                                                           \
    z[i] = result;                                                              \
  }                                                                             \
  return

INLINE void NAME(lane)(
    int operation, const REAL *x, ptrdiff_t dx, const REAL *y, ptrdiff_t dy, REAL *z, ptrdiff_t count) {
  switch (operation) {
    case LSQ_COPY: EACH(a);
    case LSQ_NEGATE: EACH(-a);
    case LSQ_ADD: EACH(a + b);
    case LSQ_SUBTRACT: EACH(a - b);
    case LSQ_MULTIPLY: EACH(a * b);
    case LSQ_DIVIDE: EACH(a / b);
    case LSQ_ADD_PRODUCT: EACH(z[i] + a * b);
    case LSQ_SUBTRACT_PRODUCT: EACH(z[i] - a * b);
  }
}

#undef EACH

// The steps as constants, so that each has loops of its own.
WHOLE void NAME(apply_lane)(
    int operation, const REAL *x, ptrdiff_t dx, const REAL *y, ptrdiff_t dy, REAL *z, ptrdiff_t count) {
  if (dx && dy) return NAME(lane)(operation, x, 1, y, 1, z, count);
  if (dx) return NAME(lane)(operation, x, 1, y, 0, z, count);
  if (dy) return NAME(lane)(operation, x, 0, y, 1, z, count);
  NAME(lane)(operation, x, 0, y, 0, z, count);
}
