#include "CKernels.h"

#define KERNEL "damped.inc.h"
#include "instances.h"

void lsq_solve_damped_double(
    const double *r, const double *b, const double *d, ptrdiff_t n, double *s, double *z, double *row) {
  DISPATCH(solve_damped, double, r, b, d, n, s, z, row);
}

void lsq_solve_damped_float(
    const float *r, const float *b, const float *d, ptrdiff_t n, float *s, float *z, float *row) {
  DISPATCH(solve_damped, float, r, b, d, n, s, z, row);
}
