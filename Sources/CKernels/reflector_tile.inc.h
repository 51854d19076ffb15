// One tile: `count` NUMBERS side by side, wide or single. The last may overlap the one before it; what they
// share is computed twice, to the same bits. With `makes`, the reflector is made in the same pass and also
// applied to the vector `along`.

INLINE void TILE(
    REAL *column, ptrdiff_t rows, ptrdiff_t stride, ptrdiff_t start, ptrdiff_t width,
    const int count, const int makes, REAL norm, REAL *along) {
  const ptrdiff_t lanes = sizeof(NUMBERS) / sizeof(REAL);
  const ptrdiff_t last = start + width - lanes;
#define ELEMENTS(row, k) (*(NUMBERS *)((row) + (k + 1 < count ? start + k * lanes : last)))

  NUMBERS sums[8] = {};
  REAL sum_along = 0;
  REAL *row = column;
  for (ptrdiff_t i = 0; i < rows; i++, row += stride) {
    if (makes) {
      REAL made = row[0] / norm;
      if (i == 0) made += 1;
      row[0] = made;
      sum_along += made * along[i];
    }
    const REAL v = row[0];
#pragma clang loop unroll(full)
    for (int k = 0; k < count; k++) sums[k] += v * ELEMENTS(row, k);
  }

  const REAL leading = column[0];
#pragma clang loop unroll(full)
  for (int k = 0; k < count; k++) sums[k] /= leading;
  if (makes) sum_along /= leading;

  row = column;
  for (ptrdiff_t i = 0; i < rows; i++, row += stride) {
    const REAL v = row[0];
    NUMBERS updated[8];
#pragma clang loop unroll(full)
    for (int k = 0; k < count; k++) updated[k] = ELEMENTS(row, k) - sums[k] * v;
#pragma clang loop unroll(full)
    for (int k = 0; k < count; k++) ELEMENTS(row, k) = updated[k];
    if (makes) along[i] -= sum_along * v;
  }
#undef ELEMENTS
}
