#include "CKernels.h"

#define KERNEL "rows.inc.h"
#include "instances.h"

void lsq_load_rows_double(
    const double *gradients, const double *residuals, ptrdiff_t rows, ptrdiff_t width, double *block,
    ptrdiff_t capacity, ptrdiff_t stride, double *squares) {
  DISPATCH(
      load_rows, double, gradients, residuals, rows, width, block, capacity, stride, squares);
}

void lsq_load_rows_float(
    const float *gradients, const float *residuals, ptrdiff_t rows, ptrdiff_t width, double *block,
    ptrdiff_t capacity, ptrdiff_t stride, double *squares) {
  DISPATCH(load_rows, float, gradients, residuals, rows, width, block, capacity, stride, squares);
}

double lsq_load_differences_double(
    const double *a, const double *b, ptrdiff_t rows, double *column, ptrdiff_t capacity) {
  return DISPATCH(load_differences, double, a, b, rows, column, capacity);
}

double lsq_load_differences_float(
    const float *a, const float *b, ptrdiff_t rows, double *column, ptrdiff_t capacity) {
  return DISPATCH(load_differences, float, a, b, rows, column, capacity);
}

double lsq_largest_magnitude(const double *numbers, ptrdiff_t capacity) {
  return DISPATCH(largest_magnitude, double, numbers, capacity);
}

double lsq_sum_of_squares_double(const double *numbers, ptrdiff_t count) {
  return DISPATCH(sum_of_squares, double, numbers, count);
}

double lsq_sum_of_squares_float(const float *numbers, ptrdiff_t count) {
  return DISPATCH(sum_of_squares, float, numbers, count);
}

void lsq_column_products(
    const double *block, ptrdiff_t capacity, ptrdiff_t stride, ptrdiff_t column, ptrdiff_t end,
    double *products) {
  DISPATCH(column_products, double, (double *)block, capacity, stride, column, end, products);
}

void lsq_eliminate_column(
    double *block, ptrdiff_t capacity, ptrdiff_t stride, ptrdiff_t column, ptrdiff_t end,
    const double *factors, double *products) {
  DISPATCH(eliminate_column, double, block, capacity, stride, column, end, factors, products);
}
