// Whether numbers are finite.

typedef REAL NAME(numbers)
    __attribute__((ext_vector_type(REGISTER_BYTES / sizeof(REAL)), aligned(sizeof(REAL)), may_alias));

#define INFINITE ((REAL)__builtin_inf())
#define FINITE_FROM(x) (__builtin_elementwise_abs(*(const NAME(numbers) *)(x)) < INFINITE)

WHOLE int NAME(are_finite)(const REAL *x, ptrdiff_t count) {
  if (count < LANES) {
    int all = 1;
    SHORT_LOOP
    for (ptrdiff_t i = 0; i < count; i++) all &= __builtin_elementwise_abs(x[i]) < INFINITE;
    return all;
  }
  // The remainder at the end is checked together with the numbers before it.
  __auto_type all = FINITE_FROM(x + count - LANES);
  ptrdiff_t i = 0;
  for (; i + 4 * LANES <= count; i += 4 * LANES) {
    all &= FINITE_FROM(x + i) & FINITE_FROM(x + i + LANES) & FINITE_FROM(x + i + 2 * LANES)
        & FINITE_FROM(x + i + 3 * LANES);
  }
  SHORT_LOOP
  for (; i + LANES <= count; i += LANES) all &= FINITE_FROM(x + i);
  return __builtin_reduce_and(all) != 0;
}

#undef FINITE_FROM
#undef INFINITE
