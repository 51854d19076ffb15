// A diagonal matrix rotated into a triangle, and the solution with the result.

/// S·z = z for the leading `rank` rows, by running sums.
INLINE void SIZED(solve_rows)(const REAL *s, ptrdiff_t n, ptrdiff_t rank, REAL *z) {
  LOOP
  for (ptrdiff_t j = rank - 1; j >= 0; j--) {
    REAL sum = 0;
    LOOP
    for (ptrdiff_t l = j + 1; l < rank; l++) sum += s[j * n + l] * z[l];
    z[j] = (z[j] - sum) / s[j * n + j];
  }
}

// Most systems are small: calling a function or using wide registers to copy or clear a few numbers would take
// longer than a loop.
__attribute__((no_builtin("memcpy", "memset")))
SOLVE void SIZED(solve_damped)(
    const REAL *r, const REAL *b, const REAL *d, ptrdiff_t n, REAL *restrict s, REAL *restrict z,
    REAL *restrict row, ptrdiff_t rows) {
  LOOP
  for (ptrdiff_t k = 0; k < n; k++) {
    z[k] = b[k];
    LOOP
    for (ptrdiff_t l = k * n + k; l < k * n + n; l++) s[l] = r[l];
  }
  if (rows >= DAMPED_GROUP && n >= DAMPED_GROUP_ORDER) NAME(eliminate_by_groups)(d, n, s, z, row);
  else LOOP
  for (ptrdiff_t j = 0; j < n; j++) {
    if (d[j] == 0) continue;
    row[j] = d[j];
    LOOP
    for (ptrdiff_t k = j + 1; k < n; k++) row[k] = 0;
    REAL right_hand_side = 0;
    for (ptrdiff_t k = j; k < n; k++) {
      const REAL entry = row[k];
      if (entry == 0) continue;
      REAL *const line = s + k * n;
      const REAL diagonal = line[k];
      REAL cosine, sine;
      NAME(make_rotation)(diagonal, entry, &cosine, &sine);
      line[k] = cosine * diagonal + sine * entry;
      const REAL turned = cosine * z[k] + sine * right_hand_side;
      right_hand_side = -(sine * z[k]) + cosine * right_hand_side;
      z[k] = turned;
      for (ptrdiff_t l = k + 1; l < n; l++) {
        const REAL upper = line[l], lower = row[l];
        line[l] = cosine * upper + sine * lower;
        row[l] = -(sine * upper) + cosine * lower;
      }
    }
  }

  ptrdiff_t rank = 0;
  LOOP
  while (rank < n && s[rank * n + rank] != 0) rank++;
  LOOP
  for (ptrdiff_t j = rank; j < n; j++) z[j] = 0;
  // At full rank, which is the usual case, the loop counts are known if n is.
  if (rank == n) SIZED(solve_rows)(s, n, n, z);
  else SIZED(solve_rows)(s, n, rank, z);
}
