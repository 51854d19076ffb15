#include "CKernels.h"

#define KERNEL "enorm.inc.h"
#include "instances.h"
#undef KERNEL
#define KERNEL "damping_sizes.inc.h"
#include "instances.h"

void lsq_solve_damped_double(
    const double *r, const double *b, const double *d, ptrdiff_t n, double *s, double *z, double *row) {
  DISPATCH(solve_damped, double, r, b, d, n, s, z, row, 1);
}

void lsq_solve_damped_float(
    const float *r, const float *b, const float *d, ptrdiff_t n, float *s, float *z, float *row) {
  DISPATCH(solve_damped, float, r, b, d, n, s, z, row, 1);
}

double lsq_find_step_double(
    const double *r, const ptrdiff_t *order, const double *b, const double *scaling, ptrdiff_t n, double radius,
    double small, double large, double least, const double *origin, double *damping, double *change, double *trial,
    double *scratch) {
  return DISPATCH(
      find_step_sized, double, r, order, b, scaling, n, radius, small, large, least, origin, damping, change,
      trial, scratch);
}

float lsq_find_step_float(
    const float *r, const ptrdiff_t *order, const float *b, const float *scaling, ptrdiff_t n, float radius,
    float small, float large, float least, const float *origin, float *damping, float *change, float *trial,
    float *scratch) {
  return DISPATCH(
      find_step_sized, float, r, order, b, scaling, n, radius, small, large, least, origin, damping, change,
      trial, scratch);
}
