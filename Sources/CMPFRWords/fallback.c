#include "fallback.h"

#include "include/CMPFRWords.h"

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

void lsq_mpfr_apply(lsq_function *function, lsq_number *value, long bits) {
  __mpfr_struct result = lsq_view(value, bits);
  lsq_free_caches_at_end_of_thread();
  mpfr_flags_t flags = mpfr_flags_save();
  function(&result, &result, MPFR_RNDN);
  mpfr_flags_restore(flags, MPFR_FLAGS_ALL);
  store(value, &result);
}

static void add_product_by_mpfr(
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

static void combine_by_mpfr(
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

// MARK: Zeros

static int is_zero(const lsq_number *x) { return x->exponent == __MPFR_EXP_ZERO; }

// Whether a number is ordinary or zero.
static int is_plain(const lsq_number *x) { return is_zero(x) || lsq_is_ordinary(x->exponent); }

static void set_zero(lsq_number *x, long sign) {
  x->exponent = __MPFR_EXP_ZERO;
  x->sign = sign;
}

// The sign of the sum of two zeros.
static long sign_of_zeros(long sign, long other) { return sign < 0 && other < 0 ? -1 : 1; }

static size_t size(long bits) {
  return sizeof(lsq_number) + sizeof(mp_limb_t) * (size_t)((bits + 63) / 64);
}

void lsq_fall_back_sum(lsq_number *value, const lsq_number *y, long flip, long bits) {
  long sign = flip < 0 ? -y->sign : y->sign;
  if (is_zero(y) && is_zero(value)) {
    value->sign = sign_of_zeros(value->sign, sign);
  } else if (is_zero(value) && is_plain(y)) {
    memcpy(value, y, size(bits));
    value->sign = sign;
  } else if (!(is_zero(y) && is_plain(value))) {
    lsq_mpfr_form(flip < 0 ? mpfr_sub : mpfr_add, value, y, bits);
  }
}

void lsq_fall_back_product(lsq_number *value, const lsq_number *y, long bits) {
  if ((is_zero(value) && is_plain(y)) || (is_zero(y) && is_plain(value)))
    set_zero(value, value->sign * y->sign);
  else
    lsq_mpfr_form(mpfr_mul, value, y, bits);
}

void lsq_fall_back_quotient(lsq_number *value, const lsq_number *y, long bits) {
  if (is_zero(value) && lsq_is_ordinary(y->exponent)) value->sign *= y->sign;
  else lsq_mpfr_form(mpfr_div, value, y, bits);
}

void lsq_fall_back_add_product(
    lsq_number *sum, const lsq_number *x, const lsq_number *y, long flip, long bits) {
  if (!(is_plain(x) && is_plain(y) && is_plain(sum))) {
    add_product_by_mpfr(sum, x, y, flip, bits);
  } else if (is_zero(x) || is_zero(y)) {
    long sign = flip < 0 ? -x->sign * y->sign : x->sign * y->sign;
    if (is_zero(sum)) sum->sign = sign_of_zeros(sum->sign, sign);
  } else if (is_zero(sum)) {
    // The sum, which is zero, cannot be one of the factors, which are not.
    memcpy(sum, x, size(bits));
    lsq_form_product(sum, y, bits);
    if (flip < 0) sum->sign = -sum->sign;
  } else {
    add_product_by_mpfr(sum, x, y, flip, bits);
  }
}

void lsq_fall_back_combine(
    lsq_number *x, const lsq_number *a, const lsq_number *y, const lsq_number *b, long flip, long bits) {
  int isPlain = is_plain(x) && is_plain(a) && is_plain(y) && is_plain(b);
  int isFirstZero = is_zero(x) || is_zero(a), isSecondZero = is_zero(y) || is_zero(b);
  if (!isPlain || !(isFirstZero || isSecondZero)) {
    combine_by_mpfr(x, a, y, b, flip, bits);
  } else if (!isSecondZero) {
    memcpy(x, y, size(bits));
    lsq_form_product(x, b, bits);
    if (flip < 0) x->sign = -x->sign;
  } else if (!isFirstZero) {
    lsq_form_product(x, a, bits);
  } else {
    long second = flip < 0 ? -y->sign * b->sign : y->sign * b->sign;
    set_zero(x, sign_of_zeros(x->sign * a->sign, second));
  }
}
