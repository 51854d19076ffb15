#include "CKernels.h"

#define KERNEL "enorm.inc.h"
#include "instances.h"
#undef KERNEL
#define KERNEL "norms.inc.h"
#include "instances.h"
#undef KERNEL
#define KERNEL "reflector.inc.h"
#include "instances.h"
#undef KERNEL
#define KERNEL "factorization_sizes.inc.h"
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

double lsq_linearize_double(
    double *matrix, ptrdiff_t rows, ptrdiff_t n, const double *f, double length, double small, double large,
    double *column_norms, ptrdiff_t *order, double *b, double *scratch) {
  return DISPATCH(
      linearize_sized, double, matrix, rows, n, f, length, small, large, column_norms, order, b, scratch);
}

float lsq_linearize_float(
    float *matrix, ptrdiff_t rows, ptrdiff_t n, const float *f, float length, float small, float large,
    float *column_norms, ptrdiff_t *order, float *b, float *scratch) {
  return DISPATCH(
      linearize_sized, float, matrix, rows, n, f, length, small, large, column_norms, order, b, scratch);
}
