// The reflector in tiles of columns. A tile's sums stay in registers down all the rows, and the tile in the
// cache until it is updated.

typedef REAL NAME(vector) __attribute__((ext_vector_type(LANES), aligned(sizeof(REAL)), may_alias));

#define NUMBERS NAME(vector)
#define TILE NAME(wide_tile)
#include "reflector_tile.inc.h"
#undef NUMBERS
#undef TILE

#define NUMBERS REAL
#define TILE NAME(narrow_tile)
#include "reflector_tile.inc.h"
#undef NUMBERS
#undef TILE

/// A tile of up to eight vectors, or of fewer numbers than a vector has.
INLINE void NAME(tile)(
    REAL *column, ptrdiff_t rows, ptrdiff_t stride, ptrdiff_t start, ptrdiff_t width, int makes,
    REAL norm, REAL *along) {
#define CASE(count, function) \
  case count: function(column, rows, stride, start, width, count, makes, norm, along); break;
  if (width < LANES) {
    switch (width) {
      CASE(0, NAME(narrow_tile)) CASE(1, NAME(narrow_tile)) CASE(2, NAME(narrow_tile))
      CASE(3, NAME(narrow_tile)) CASE(4, NAME(narrow_tile)) CASE(5, NAME(narrow_tile))
      CASE(6, NAME(narrow_tile)) CASE(7, NAME(narrow_tile))
    }
  } else {
    switch ((width + LANES - 1) / LANES) {
      CASE(1, NAME(wide_tile)) CASE(2, NAME(wide_tile)) CASE(3, NAME(wide_tile))
      CASE(4, NAME(wide_tile)) CASE(5, NAME(wide_tile)) CASE(6, NAME(wide_tile))
      CASE(7, NAME(wide_tile)) CASE(8, NAME(wide_tile))
    }
  }
#undef CASE
}

/// The width of the next tile. The last one is not left narrower than a vector where there are more.
INLINE ptrdiff_t NAME(tile_width)(ptrdiff_t remaining) {
  const ptrdiff_t widest = 8 * LANES;
  if (remaining <= widest) return remaining;
  return remaining - widest < LANES ? widest - LANES : widest;
}

/// Applies a reflector to the columns from `start` on, counted from its own column.
static void NAME(apply_from)(
    REAL *column, ptrdiff_t rows, ptrdiff_t stride, ptrdiff_t start, ptrdiff_t end) {
  while (start <= end) {
    const ptrdiff_t width = NAME(tile_width)(end + 1 - start);
    NAME(tile)(column, rows, stride, start, width, 0, 0, column);
    start += width;
  }
}

INLINE void NAME(reflect_here)(
    REAL *column, ptrdiff_t rows, ptrdiff_t stride, ptrdiff_t width, REAL norm, REAL *along) {
  const ptrdiff_t first = NAME(tile_width)(width);
  NAME(tile)(column, rows, stride, 1, first, 1, norm, along);
  NAME(apply_from)(column, rows, stride, 1 + first, width);
}

static void NAME(reflect)(
    REAL *column, ptrdiff_t rows, ptrdiff_t stride, ptrdiff_t width, REAL norm, REAL *along) {
  NAME(reflect_here)(column, rows, stride, width, norm, along);
}
