#include "CKernels.h"

#define KERNEL "norms.inc.h"
#include "instances.h"
#undef KERNEL
#define KERNEL "enorm.inc.h"
#include "instances.h"
#undef KERNEL
#define KERNEL "measure.inc.h"
#include "instances.h"
#undef KERNEL
#define KERNEL "finite.inc.h"
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

double lsq_measure_double(
    const double *f, ptrdiff_t rows, const double *x, const double *scaling, ptrdiff_t n, double small,
    double large, double *scaled_norm, double *scratch) {
  return DISPATCH(measure, double, f, rows, x, scaling, n, small, large, scaled_norm, scratch);
}

float lsq_measure_float(
    const float *f, ptrdiff_t rows, const float *x, const float *scaling, ptrdiff_t n, float small,
    float large, float *scaled_norm, float *scratch) {
  return DISPATCH(measure, float, f, rows, x, scaling, n, small, large, scaled_norm, scratch);
}

int lsq_are_finite_double(const double *x, ptrdiff_t count) { return DISPATCH(are_finite, double, x, count); }

int lsq_are_finite_float(const float *x, ptrdiff_t count) { return DISPATCH(are_finite, float, x, count); }
