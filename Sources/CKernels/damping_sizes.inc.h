// The damped solve and the search for the damping parameter: once for any number of parameters, and once each for
// two to five. Where the number is known, the loops are unrolled and only arithmetic is left; a fit of so few
// parameters spends most of its time here.

/// Swift's, which differ from C's for NaN.
INLINE REAL NAME(larger)(REAL x, REAL y) { return y >= x ? y : x; }
INLINE REAL NAME(smaller)(REAL x, REAL y) { return y < x ? y : x; }

#include "damped_groups.inc.h"

#define LOOP
#define SOLVE INLINE
#define SIZED_KERNEL "damping.inc.h"
#include "sizes.inc.h"
#undef LOOP
#undef SOLVE

#define SIZED(kernel) NAME(kernel)
#define SIZE(n) n
#define LOOP SHORT_LOOP
#define SOLVE static
#include "damping.inc.h"
#undef SIZED
#undef SIZE
#undef LOOP
#undef SOLVE

WHOLE REAL NAME(find_step_sized)(
    const REAL *r, const ptrdiff_t *order, const REAL *b, const REAL *scaling, ptrdiff_t n, REAL radius,
    REAL small, REAL large, REAL least, const REAL *origin, REAL *damping, REAL *change, REAL *trial,
    REAL *scratch) {
  HAVE_SCRATCH
#define SEARCH(kernel) \
  kernel(r, order, b, scaling, n, radius, small, large, least, origin, damping, change, trial, scratch)
  switch (n) {
    case 2: return SEARCH(NAME(find_step_of_2));
    case 3: return SEARCH(NAME(find_step_of_3));
    case 4: return SEARCH(NAME(find_step_of_4));
    case 5: return SEARCH(NAME(find_step_of_5));
    default: return SEARCH(NAME(find_step));
  }
#undef SEARCH
}
