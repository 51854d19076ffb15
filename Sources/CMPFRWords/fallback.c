#include "fallback.h"

// Copies back what is not in the words already.
static void store(lsq_number *x, const __mpfr_struct *header) {
  x->sign = header->_mpfr_sign;
  x->exponent = header->_mpfr_exp;
}

void lsq_mpfr_form(lsq_operation *operation, lsq_number *value, const lsq_number *y, long bits) {
  __mpfr_struct result = lsq_view(value, bits);
  __mpfr_struct right = lsq_view(y, bits);
  mpfr_flags_t flags = mpfr_flags_save();
  operation(&result, &result, y == value ? &result : &right, MPFR_RNDN);
  mpfr_flags_restore(flags, MPFR_FLAGS_ALL);
  store(value, &result);
}

void lsq_mpfr_add_product(
    lsq_number *sum, const lsq_number *x, const lsq_number *y, long flip, long bits) {
  mp_limb_t words[(bits + 63) / 64];
  __mpfr_struct product = {bits, 1, 0, words};
  __mpfr_struct left = lsq_view(x, bits);
  __mpfr_struct right = lsq_view(y, bits);
  __mpfr_struct total = lsq_view(sum, bits);
  mpfr_flags_t flags = mpfr_flags_save();
  mpfr_mul(&product, &left, &right, MPFR_RNDN);
  if (flip < 0) mpfr_sub(&total, &total, &product, MPFR_RNDN);
  else mpfr_add(&total, &total, &product, MPFR_RNDN);
  mpfr_flags_restore(flags, MPFR_FLAGS_ALL);
  store(sum, &total);
}

void lsq_mpfr_combine(
    lsq_number *x, const lsq_number *a, const lsq_number *y, const lsq_number *b, long flip,
    long bits) {
  mp_limb_t words[(bits + 63) / 64];
  __mpfr_struct product = {bits, 1, 0, words};
  __mpfr_struct result = lsq_view(x, bits);
  __mpfr_struct xFactor = lsq_view(a, bits);
  __mpfr_struct other = lsq_view(y, bits);
  __mpfr_struct yFactor = lsq_view(b, bits);
  mpfr_flags_t flags = mpfr_flags_save();
  mpfr_mul(&product, &other, &yFactor, MPFR_RNDN);
  mpfr_mul(&result, &result, &xFactor, MPFR_RNDN);
  if (flip < 0) mpfr_sub(&result, &result, &product, MPFR_RNDN);
  else mpfr_add(&result, &result, &product, MPFR_RNDN);
  mpfr_flags_restore(flags, MPFR_FLAGS_ALL);
  store(x, &result);
}
