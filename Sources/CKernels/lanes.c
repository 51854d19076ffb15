#include "CKernels.h"

#define KERNEL "lanes.inc.h"
#include "instances.h"

void lsq_apply_lane_double(
    int operation, const double *x, ptrdiff_t dx, const double *y, ptrdiff_t dy, double *z, ptrdiff_t count) {
  DISPATCH(apply_lane, double, operation, x, dx, y, dy, z, count);
}

void lsq_apply_lane_float(
    int operation, const float *x, ptrdiff_t dx, const float *y, ptrdiff_t dy, float *z, ptrdiff_t count) {
  DISPATCH(apply_lane, float, operation, x, dx, y, dy, z, count);
}
