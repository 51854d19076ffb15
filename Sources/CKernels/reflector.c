#include "CKernels.h"

#define KERNEL "reflector.inc.h"
#include "instances.h"

void lsq_reflect_double(
    double *column, ptrdiff_t rows, ptrdiff_t stride, ptrdiff_t width, double norm, double *along) {
  DISPATCH(reflect, double, column, rows, stride, width, norm, along);
}

void lsq_reflect_float(
    float *column, ptrdiff_t rows, ptrdiff_t stride, ptrdiff_t width, float norm, float *along) {
  DISPATCH(reflect, float, column, rows, stride, width, norm, along);
}

void lsq_apply_reflector_double(
    double *column, ptrdiff_t rows, ptrdiff_t stride, ptrdiff_t width) {
  DISPATCH(apply_from, double, column, rows, stride, 1, width);
}

void lsq_apply_reflector_float(
    float *column, ptrdiff_t rows, ptrdiff_t stride, ptrdiff_t width) {
  DISPATCH(apply_from, float, column, rows, stride, 1, width);
}
