// Norms of columns, several side by side.

typedef REAL NAME(norm_vector) __attribute__((ext_vector_type(LANES), aligned(sizeof(REAL)), may_alias));

#define NUMBERS NAME(norm_vector)
#define TILE NAME(wide_norms)
#include "norms_tile.inc.h"
#undef NUMBERS
#undef TILE

#define NUMBERS REAL
#define TILE NAME(narrow_norms)
#include "norms_tile.inc.h"
#undef NUMBERS
#undef TILE

static void NAME(middle_norms)(
    const REAL *matrix, ptrdiff_t rows, ptrdiff_t stride, ptrdiff_t width,
    REAL small, REAL largest, REAL enough, REAL *norms) {
  ptrdiff_t start = 0;
#define TILES(count, lanes, function) \
  for (; width - start >= (count) * (lanes); start += (count) * (lanes)) \
    function(matrix + start, rows, stride, count, small, largest, enough, norms + start);
  TILES(4, LANES, NAME(wide_norms))
  TILES(2, LANES, NAME(wide_norms))
  TILES(1, LANES, NAME(wide_norms))
  TILES(3, 1, NAME(narrow_norms))
  TILES(2, 1, NAME(narrow_norms))
  TILES(1, 1, NAME(narrow_norms))
#undef TILES
}
