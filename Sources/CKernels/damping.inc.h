// The search for the damping parameter.

/// D·p into q; its norm.
INLINE REAL NAME(scaled_length)(
    const REAL *p, const REAL *scaling, ptrdiff_t n, REAL small, REAL large, REAL *q) {
  SHORT_LOOP
  for (ptrdiff_t j = 0; j < n; j++) q[j] = scaling[j] * p[j];
  return NAME(norm)(q, n, 1, small, large);
}

/// PᵀD·(q/length), the right-hand side of the Newton corrections.
INLINE void NAME(load_normalized)(
    const REAL *q, REAL length, const REAL *scaling, const ptrdiff_t *order, ptrdiff_t n, REAL *z) {
  SHORT_LOOP
  for (ptrdiff_t j = 0; j < n; j++) z[j] = scaling[order[j]] * (q[order[j]] / length);
}

/// R·z = b by columns, for the leading `rank`; the other entries are zero.
INLINE void NAME(solve_upper)(const REAL *r, const REAL *b, ptrdiff_t n, ptrdiff_t rank, REAL *z) {
  SHORT_LOOP
  for (ptrdiff_t j = 0; j < n; j++) z[j] = j < rank ? b[j] : 0;
  SHORT_LOOP
  for (ptrdiff_t j = rank - 1; j >= 0; j--) {
    z[j] /= r[j * n + j];
    SHORT_LOOP
    for (ptrdiff_t i = 0; i < j; i++) z[i] += -z[j] * r[i * n + j];
  }
}

/// Rᵀ·z = z by running sums.
INLINE void NAME(solve_lower)(const REAL *r, ptrdiff_t n, REAL *z) {
  SHORT_LOOP
  for (ptrdiff_t j = 0; j < n; j++) {
    REAL sum = 0;
    SHORT_LOOP
    for (ptrdiff_t i = 0; i < j; i++) sum += r[i * n + j] * z[i];
    z[j] = (z[j] - sum) / r[j * n + j];
  }
}

/// Sᵀ·z = z by columns.
INLINE void NAME(solve_lower_by_columns)(const REAL *s, ptrdiff_t n, REAL *z) {
  SHORT_LOOP
  for (ptrdiff_t j = 0; j < n; j++) {
    z[j] /= s[j * n + j];
    SHORT_LOOP
    for (ptrdiff_t i = j + 1; i < n; i++) z[i] += -z[j] * s[j * n + i];
  }
}

/// R·v into `product`.
INLINE void NAME(multiply_upper)(const REAL *r, const REAL *v, ptrdiff_t n, REAL *product) {
  SHORT_LOOP
  for (ptrdiff_t i = 0; i < n; i++) {
    REAL sum = 0;
    SHORT_LOOP
    for (ptrdiff_t j = i; j < n; j++) sum += r[i * n + j] * v[j];
    product[i] = sum;
  }
}

/// Swift's, which differ from C's for NaN.
INLINE REAL NAME(larger)(REAL x, REAL y) { return y >= x ? y : x; }
INLINE REAL NAME(smaller)(REAL x, REAL y) { return y < x ? y : x; }

/// λ and p, up to the length ‖D·p‖, which is returned.
INLINE REAL NAME(search)(
    const REAL *r, const ptrdiff_t *order, const REAL *b, const REAL *scaling, ptrdiff_t n, REAL radius,
    REAL small, REAL large, REAL least, REAL *damping, REAL *restrict p, REAL *restrict scratch) {
  REAL *const s = scratch, *const q = s + n * n, *const z = q + n, *const row = z + n;
  const REAL tenth = (REAL)1 / 10, thousandth = (REAL)1 / 1000;

  ptrdiff_t rank = 0;
  SHORT_LOOP
  while (rank < n && r[rank * n + rank] != 0) rank++;
  NAME(solve_upper)(r, b, n, rank, z);
  SHORT_LOOP
  for (ptrdiff_t j = 0; j < n; j++) p[order[j]] = z[j];
  REAL length = NAME(scaled_length)(p, scaling, n, small, large, q);
  REAL excess = length - radius;
  if (excess <= tenth * radius) {
    *damping = 0;
    return length;
  }

  REAL lower = 0;
  if (rank == n) {
    NAME(load_normalized)(q, length, scaling, order, n, z);
    NAME(solve_lower)(r, n, z);
    const REAL slope = NAME(norm)(z, n, 1, small, large);
    lower = ((excess / radius) / slope) / slope;
  }
  SHORT_LOOP
  for (ptrdiff_t j = 0; j < n; j++) {
    REAL sum = 0;
    SHORT_LOOP
    for (ptrdiff_t i = 0; i <= j; i++) sum += r[i * n + j] * b[i];
    z[j] = sum / scaling[order[j]];
  }
  const REAL gradient = NAME(norm)(z, n, 1, small, large);
  REAL upper = gradient / radius;
  if (upper == 0) upper = least / NAME(smaller)(radius, tenth);
  REAL value = NAME(smaller)(NAME(larger)(*damping, lower), upper);
  if (value == 0) value = gradient / length;

  for (int round = 1;; round++) {
    if (value == 0) value = NAME(larger)(least, thousandth * upper);
    const REAL root = __builtin_elementwise_sqrt(value);
    SHORT_LOOP
    for (ptrdiff_t j = 0; j < n; j++) p[j] = root * scaling[order[j]];
    NAME(solve_damped)(r, b, p, n, s, z, row);
    SHORT_LOOP
    for (ptrdiff_t j = 0; j < n; j++) p[order[j]] = z[j];
    length = NAME(scaled_length)(p, scaling, n, small, large, q);
    const REAL previous = excess;
    excess = length - radius;
    if (__builtin_elementwise_abs(excess) <= tenth * radius) break;
    if (lower == 0 && excess <= previous && previous < 0) break;
    if (round == 10 || length == 0) break;

    NAME(load_normalized)(q, length, scaling, order, n, z);
    NAME(solve_lower_by_columns)(s, n, z);
    const REAL slope = NAME(norm)(z, n, 1, small, large);
    const REAL correction = ((excess / radius) / slope) / slope;
    if (excess > 0) lower = NAME(larger)(lower, value);
    if (excess < 0) upper = NAME(smaller)(upper, value);
    value = NAME(larger)(lower, value + correction);
  }
  *damping = value;
  return length;
}

static REAL NAME(find_step)(
    const REAL *r, const ptrdiff_t *order, const REAL *b, const REAL *scaling, ptrdiff_t n, REAL radius,
    REAL small, REAL large, REAL least, REAL *damping, REAL *change, REAL *p, REAL *scratch) {
  const REAL length =
      NAME(search)(r, order, b, scaling, n, radius, small, large, least, damping, p, scratch);
  REAL *const q = scratch + n * n, *const z = q + n;
  SHORT_LOOP
  for (ptrdiff_t j = 0; j < n; j++) z[j] = p[order[j]];
  NAME(multiply_upper)(r, z, n, q);
  *change = NAME(norm)(q, n, 1, small, large);
  return length;
}
