// The search for the damping parameter.

#include "damped.inc.h"

/// The norm of n numbers.
INLINE REAL SIZED(length)(const REAL *v, ptrdiff_t n, REAL small, REAL large) {
  REAL sum = 0;
  LOOP
  for (ptrdiff_t j = 0; j < n; j++) sum += NAME(middle_square)(v[j], small);
  return NAME(norm_by_sum)(sum, v, n, 1, small, large);
}

/// D·p into q; its norm.
INLINE REAL SIZED(scaled_length)(
    const REAL *p, const REAL *scaling, ptrdiff_t n, REAL small, REAL large, REAL *q) {
  LOOP
  for (ptrdiff_t j = 0; j < n; j++) q[j] = scaling[j] * p[j];
  return SIZED(length)(q, n, small, large);
}

/// PᵀD·(q/length), the right-hand side of the Newton corrections.
INLINE void SIZED(load_normalized)(
    const REAL *q, REAL length, const REAL *scaling, const ptrdiff_t *order, ptrdiff_t n, REAL *z) {
  LOOP
  for (ptrdiff_t j = 0; j < n; j++) z[j] = scaling[order[j]] * (q[order[j]] / length);
}

/// R·z = b by columns, for the leading `rank`; the other entries are zero.
INLINE void SIZED(solve_upper)(const REAL *r, const REAL *b, ptrdiff_t n, ptrdiff_t rank, REAL *z) {
  LOOP
  for (ptrdiff_t j = 0; j < n; j++) z[j] = j < rank ? b[j] : 0;
  LOOP
  for (ptrdiff_t j = rank - 1; j >= 0; j--) {
    z[j] /= r[j * n + j];
    LOOP
    for (ptrdiff_t i = 0; i < j; i++) z[i] += -z[j] * r[i * n + j];
  }
}

/// Rᵀ·z = z by running sums.
INLINE void SIZED(solve_lower)(const REAL *r, ptrdiff_t n, REAL *z) {
  LOOP
  for (ptrdiff_t j = 0; j < n; j++) {
    REAL sum = 0;
    LOOP
    for (ptrdiff_t i = 0; i < j; i++) sum += r[i * n + j] * z[i];
    z[j] = (z[j] - sum) / r[j * n + j];
  }
}

/// Sᵀ·z = z by columns.
INLINE void SIZED(solve_lower_by_columns)(const REAL *s, ptrdiff_t n, REAL *z) {
  LOOP
  for (ptrdiff_t j = 0; j < n; j++) {
    z[j] /= s[j * n + j];
    LOOP
    for (ptrdiff_t i = j + 1; i < n; i++) z[i] += -z[j] * s[j * n + i];
  }
}

/// R·v into `product`.
INLINE void SIZED(multiply_upper)(const REAL *r, const REAL *v, ptrdiff_t n, REAL *product) {
  LOOP
  for (ptrdiff_t i = 0; i < n; i++) {
    REAL sum = 0;
    LOOP
    for (ptrdiff_t j = i; j < n; j++) sum += r[i * n + j] * v[j];
    product[i] = sum;
  }
}

/// λ and p, up to the length ‖D·p‖, which is returned.
INLINE REAL SIZED(search)(
    const REAL *r, const ptrdiff_t *order, const REAL *b, const REAL *scaling, ptrdiff_t n, REAL radius,
    REAL small, REAL large, REAL least, REAL *damping, REAL *restrict p, REAL *restrict scratch) {
  REAL *const s = scratch, *const q = s + n * n, *const z = q + n, *const row = z + n;
  const REAL tenth = (REAL)1 / 10, thousandth = (REAL)1 / 1000;

  ptrdiff_t rank = 0;
  LOOP
  while (rank < n && r[rank * n + rank] != 0) rank++;
  // As in solve_damped.
  if (rank == n) SIZED(solve_upper)(r, b, n, n, z);
  else SIZED(solve_upper)(r, b, n, rank, z);
  LOOP
  for (ptrdiff_t j = 0; j < n; j++) p[order[j]] = z[j];
  REAL length = SIZED(scaled_length)(p, scaling, n, small, large, q);
  REAL excess = length - radius;
  if (excess <= tenth * radius) {
    *damping = 0;
    return length;
  }

  REAL lower = 0;
  if (rank == n) {
    SIZED(load_normalized)(q, length, scaling, order, n, z);
    SIZED(solve_lower)(r, n, z);
    const REAL slope = SIZED(length)(z, n, small, large);
    lower = ((excess / radius) / slope) / slope;
  }
  LOOP
  for (ptrdiff_t j = 0; j < n; j++) {
    REAL sum = 0;
    LOOP
    for (ptrdiff_t i = 0; i <= j; i++) sum += r[i * n + j] * b[i];
    z[j] = sum / scaling[order[j]];
  }
  const REAL gradient = SIZED(length)(z, n, small, large);
  REAL upper = gradient / radius;
  if (upper == 0) upper = least / NAME(smaller)(radius, tenth);
  // Usually between the bounds: the first round need not wait until these are known.
  REAL value = *damping;
  if (__builtin_expect(lower >= value, 0)) value = lower;
  if (__builtin_expect(upper < value, 0)) value = upper;
  if (value == 0) value = gradient / length;

  for (int round = 1;; round++) {
    if (value == 0) value = NAME(larger)(least, thousandth * upper);
    const REAL root = __builtin_elementwise_sqrt(value);
    LOOP
    for (ptrdiff_t j = 0; j < n; j++) p[j] = root * scaling[order[j]];
    SIZED(solve_damped)(r, b, p, n, s, z, row, DAMPED_GROUP);
    LOOP
    for (ptrdiff_t j = 0; j < n; j++) p[order[j]] = z[j];
    length = SIZED(scaled_length)(p, scaling, n, small, large, q);
    const REAL previous = excess;
    excess = length - radius;
    if (__builtin_elementwise_abs(excess) <= tenth * radius) break;
    if (lower == 0 && excess <= previous && previous < 0) break;
    if (round == 10 || length == 0) break;

    SIZED(load_normalized)(q, length, scaling, order, n, z);
    SIZED(solve_lower_by_columns)(s, n, z);
    const REAL slope = SIZED(length)(z, n, small, large);
    const REAL correction = ((excess / radius) / slope) / slope;
    if (excess > 0) lower = NAME(larger)(lower, value);
    if (excess < 0) upper = NAME(smaller)(upper, value);
    value = NAME(larger)(lower, value + correction);
  }
  *damping = value;
  return length;
}

static REAL SIZED(find_step)(
    const REAL *r, const ptrdiff_t *order, const REAL *b, const REAL *scaling, ptrdiff_t size, REAL radius,
    REAL small, REAL large, REAL least, const REAL *origin, REAL *damping, REAL *change, REAL *trial,
    REAL *scratch) {
  const ptrdiff_t n = SIZE(size);
  REAL *const p = scratch, *const room = p + n, *const q = room + n * n, *const z = q + n;
  const REAL length =
      SIZED(search)(r, order, b, scaling, n, radius, small, large, least, damping, p, room);
  LOOP
  for (ptrdiff_t j = 0; j < n; j++) {
    trial[j] = origin[j] - p[j];
    z[j] = p[order[j]];
  }
  SIZED(multiply_upper)(r, z, n, q);
  *change = SIZED(length)(q, n, small, large);
  return length;
}
