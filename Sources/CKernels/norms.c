#include "CKernels.h"

#define KERNEL "norms.inc.h"
#include "instances.h"

void lsq_middle_norms_double(
    const double *matrix, ptrdiff_t rows, ptrdiff_t stride, ptrdiff_t width,
    lsq_middle_range_double range, double *norms) {
  DISPATCH(middle_norms, double, matrix, rows, stride, width, range, norms);
}

void lsq_middle_norms_float(
    const float *matrix, ptrdiff_t rows, ptrdiff_t stride, ptrdiff_t width,
    lsq_middle_range_float range, float *norms) {
  DISPATCH(middle_norms, float, matrix, rows, stride, width, range, norms);
}
