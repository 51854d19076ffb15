// A strip of few rows, as long as they are: a loop over columns, which are consecutive in memory, so that the processor
// fetches ahead. The sums of a column are loaded and stored once for all rows of the strip.

typedef REAL NAME(columns_abreast) __attribute__((ext_vector_type(LANES), aligned(sizeof(REAL)), may_alias));

#define NUMBERS NAME(columns_abreast)
#define STRIP NAME(wide_strip)
#include "strips_part.inc.h"
#undef NUMBERS
#undef STRIP

#define NUMBERS REAL
#define STRIP NAME(narrow_strip)
#include "strips_part.inc.h"
#undef NUMBERS
#undef STRIP

/// For `width` columns from `row` on: a − t·v, and to the sum Σ w·a. Whole registers begin where they are aligned.
INLINE void NAME(strip)(
    REAL *row, ptrdiff_t stride, ptrdiff_t height, ptrdiff_t width, const REAL *v, const REAL *w, const REAL *t,
    REAL *sums) {
  const ptrdiff_t unaligned = (ptrdiff_t)(-(size_t)row % REGISTER_BYTES / sizeof(REAL));
  ptrdiff_t k = 0;
  k = NAME(narrow_strip)(row, stride, height, k, unaligned < width ? unaligned : width, v, w, t, sums);
  k = NAME(wide_strip)(row, stride, height, k, width, v, w, t, sums);
  NAME(narrow_strip)(row, stride, height, k, width, v, w, t, sums);
}
