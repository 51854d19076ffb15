// Chooses the kernels for this processor, before the program starts.
#include "kernels.h"

#include "include/CMPFRWords.h"
#include "fallback.h"

static const lsq_kernels *wholeKernels = &lsq_plain_kernels;
static const lsq_kernels *partialKernels = &lsq_plain_partial_kernels;
static const lsq_functions *functions = &lsq_plain_functions;

#ifdef LSQ_HAS_BMI2_KERNELS
#include <cpuid.h>

__attribute__((constructor)) static void choose(void) {
  unsigned a, b, c, d;
  int hasShifts = __get_cpuid_count(7, 0, &a, &b, &c, &d) && (b & bit_BMI) && (b & bit_BMI2);
  int hasCount = __get_cpuid(0x80000001, &a, &b, &c, &d) && (c & bit_LZCNT);
  if (!hasShifts || !hasCount) return;
  wholeKernels = &lsq_bmi2_kernels;
  partialKernels = &lsq_bmi2_partial_kernels;
  functions = &lsq_bmi2_functions;
}
#endif

static inline const lsq_kernels *kernels(long bits) {
  return LSQ_RARELY(bits % 64 != 0) ? partialKernels : wholeKernels;
}

void lsq_form_sum(void *value, const void *y, long bits) { kernels(bits)->form_sum(value, y, 1, bits); }

void lsq_form_difference(void *value, const void *y, long bits) {
  kernels(bits)->form_sum(value, y, -1, bits);
}

void lsq_form_product(void *value, const void *y, long bits) {
  kernels(bits)->form_product(value, y, bits);
}

void lsq_form_quotient(void *value, const void *y, long bits) {
  lsq_fall_back_quotient(value, y, bits);
}

int lsq_compare(const void *first, const void *second, long bits) {
  const lsq_number *x = first, *y = second;
  int xIsOrdinary = lsq_is_ordinary(x->exponent), yIsOrdinary = lsq_is_ordinary(y->exponent);
  if (!(xIsOrdinary & yIsOrdinary)) {
    if (xIsOrdinary && y->exponent == __MPFR_EXP_ZERO) return x->sign < 0 ? -1 : 1;
    if (yIsOrdinary && x->exponent == __MPFR_EXP_ZERO) return y->sign < 0 ? 1 : -1;
    return LSQ_UNORDERED;
  }
  int larger = x->sign < 0 ? -1 : 1;
  if (x->sign != y->sign) return larger;
  if (x->exponent != y->exponent) return x->exponent > y->exponent ? larger : -larger;
  for (long i = (bits - 1) / 64; i >= 0; i--)
    if (x->words[i] != y->words[i]) return x->words[i] > y->words[i] ? larger : -larger;
  return 0;
}

void lsq_form_exponential(void *value, long bits) {
  if (functions->form_exponential(value, bits)) return;
  lsq_mpfr_apply(mpfr_exp, value, bits);
}

void lsq_form_logarithm(void *value, long bits) {
  if (functions->form_logarithm(value, bits)) return;
  lsq_mpfr_apply(mpfr_log, value, bits);
}

void lsq_form_power(void *value, const void *y, long bits) {
  if (functions->form_power(value, y, bits)) return;
  lsq_free_caches_at_end_of_thread();
  lsq_mpfr_form(mpfr_pow, value, y, bits);
}

void lsq_form_sine(void *value, long bits) {
  if (functions->form_sine_cosine(value, NULL, value, bits)) return;
  lsq_mpfr_apply(mpfr_sin, value, bits);
}

void lsq_form_cosine(void *value, long bits) {
  if (functions->form_sine_cosine(NULL, value, value, bits)) return;
  lsq_mpfr_apply(mpfr_cos, value, bits);
}

void lsq_form_sine_cosine(void *value, void *cosine, long bits) {
  if (functions->form_sine_cosine(value, cosine, value, bits)) return;
  lsq_copy(cosine, value, (int)((bits + 63) / 64));
  lsq_mpfr_apply(mpfr_sin, value, bits);
  lsq_mpfr_apply(mpfr_cos, cosine, bits);
}

void lsq_add_products(
    void *sum, long sumStride, const void *x, long xStride, const void *y, long yStride, long count,
    long flip, long bits) {
  kernels(bits)->add_products(sum, sumStride, x, xStride, y, yStride, count, flip, bits);
}

long lsq_add_squares(
    void *sum, const void *x, long stride, long count, const void *small, const void *large,
    long bits) {
  return kernels(bits)->add_squares(sum, x, stride, count, small, large, bits);
}

void lsq_multiply_lane(void *x, long stride, long count, const void *factor, long bits) {
  kernels(bits)->multiply_lane(x, stride, count, factor, bits);
}

void lsq_divide_lane(void *x, long stride, long count, const void *divisor, long bits) {
  kernels(bits)->divide_lane(x, stride, count, divisor, bits);
}

// zᵢ = xᵢ, as far as they are two numbers.
static void *take(void *z, long zStride, const void *x, long xStride, long i, long bits) {
  lsq_number *target = lsq_at(z, i * zStride);
  const lsq_number *source = lsq_const_at(x, i * xStride);
  if (target != source) memcpy(target, source, sizeof(lsq_number) + 8 * (size_t)((bits + 63) / 64));
  return target;
}

void lsq_copy_lane(
    void *z, long zStride, const void *x, long xStride, long count, long flip, long bits) {
  for (long i = 0; i < count; i++) {
    lsq_number *number = take(z, zStride, x, xStride, i, bits);
    if (flip < 0) number->sign = -number->sign;
  }
}

void lsq_add_lanes(
    void *z, long zStride, const void *x, long xStride, const void *y, long yStride, long count,
    long flip, long bits) {
  for (long i = 0; i < count; i++)
    kernels(bits)->form_sum(take(z, zStride, x, xStride, i, bits), lsq_const_at(y, i * yStride), flip, bits);
}

void lsq_multiply_lanes(
    void *z, long zStride, const void *x, long xStride, const void *y, long yStride, long count,
    long bits) {
  for (long i = 0; i < count; i++)
    kernels(bits)->form_product(take(z, zStride, x, xStride, i, bits), lsq_const_at(y, i * yStride), bits);
}

void lsq_divide_lanes(
    void *z, long zStride, const void *x, long xStride, const void *y, long yStride, long count,
    long bits) {
  for (long i = 0; i < count; i++)
    lsq_fall_back_quotient(
        take(z, zStride, x, xStride, i, bits), lsq_const_at(y, i * yStride), bits);
}

void lsq_combine(
    void *x, long xStride, const void *a, const void *y, long yStride, const void *b, long count,
    long bits) {
  kernels(bits)->combine(x, xStride, a, y, yStride, b, count, bits);
}

void lsq_rotate(
    void *x, long xStride, void *y, long yStride, long count, const void *cosine, const void *sine,
    long bits) {
  kernels(bits)->rotate(x, xStride, y, yStride, count, cosine, sine, bits);
}

void lsq_apply_reflector(
    void *matrix, long rows, long columns, long pivot, void *sums, long bits) {
  kernels(bits)->apply_reflector(matrix, rows, columns, pivot, sums, bits);
}
