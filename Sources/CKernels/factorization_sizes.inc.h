// The factorisation of a Jacobian: once for any number of parameters, and once each for two to five, as in
// damping_sizes.inc.h.

#include "pivots.inc.h"
#include "sweeps.inc.h"

typedef void NAME(factorization)(
    REAL *, ptrdiff_t, ptrdiff_t, const REAL *, REAL, REAL, ptrdiff_t *, REAL *, REAL *, REAL *, REAL *);

/// The factorisation by sweeps that suits the matrix, if one does: by rows for many columns that the first cache
/// cannot hold, by groups for fewer that the second cannot.
INLINE NAME(factorization) *NAME(factorization_by_sweeps)(ptrdiff_t rows, ptrdiff_t n) {
  const ptrdiff_t bytes = rows * n * (ptrdiff_t)sizeof(REAL);
  if (n >= 64) return bytes >= 1 << 17 ? NAME(factorize_by_rows) : 0;
  return n >= 8 && bytes >= 1 << 20 ? NAME(factorize_by_groups) : 0;
}

#define LOOP _Pragma("clang loop unroll(full)")
#define REFLECT NAME(reflect_here)
#define SIZED_KERNEL "factorization.inc.h"
#include "sizes.inc.h"
#undef LOOP
#undef REFLECT

#define SIZED(kernel) NAME(kernel)
#define SIZE(n) n
#define LOOP SHORT_LOOP
#define REFLECT NAME(reflect)
#include "factorization.inc.h"
#undef SIZED
#undef SIZE
#undef LOOP
#undef REFLECT

WHOLE REAL NAME(linearize_sized)(
    REAL *matrix, ptrdiff_t rows, ptrdiff_t n, const REAL *f, REAL length, REAL small, REAL large,
    REAL *column_norms, ptrdiff_t *order, REAL *b, REAL *scratch) {
  HAVE_SCRATCH
#define LINEARIZE(kernel) kernel(matrix, rows, n, f, length, small, large, column_norms, order, b, scratch)
  switch (n) {
    case 2: return LINEARIZE(NAME(linearize_of_2));
    case 3: return LINEARIZE(NAME(linearize_of_3));
    case 4: return LINEARIZE(NAME(linearize_of_4));
    case 5: return LINEARIZE(NAME(linearize_of_5));
    default: return LINEARIZE(NAME(linearize));
  }
#undef LINEARIZE
}
