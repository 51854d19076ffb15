#include "CKernels.h"

#define KERNEL "norms.inc.h"
#include "instances.h"

void lsq_middle_norms_double(
    const double *matrix, ptrdiff_t rows, ptrdiff_t stride, ptrdiff_t width,
    double small, double largest, double enough, double *norms) {
  DISPATCH(middle_norms, double, matrix, rows, stride, width, small, largest, enough, norms);
}

void lsq_middle_norms_float(
    const float *matrix, ptrdiff_t rows, ptrdiff_t stride, ptrdiff_t width,
    float small, float largest, float enough, float *norms) {
  DISPATCH(middle_norms, float, matrix, rows, stride, width, small, largest, enough, norms);
}
