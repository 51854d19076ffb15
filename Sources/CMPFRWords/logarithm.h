// log(x) and xʸ = exp(y·log x), rounded.
//
//   log x = a − Σ tᵏ/k,   1 − t = x·exp(−a),
//
// where a is the logarithm in `double`, made a little larger so that t ≥ 0; t is less than 2⁻²⁸, and below
// 2⁻⁴⁸ where x is neither huge nor tiny. In fixed point of w words the result is wrong by less than 2¹¹ units
// of the last: x·exp(−a), shifted up by at most three bits, by 8·(5·w + 20), and the sum by 4·w more. It is
// decided unless what is below the bits that stay is that close to a half; log x is never half way.
//
// For a power, the logarithm has a word more than the exponential, of which y uses up to 45 bits.
#ifndef LSQ_LOGARITHM_H
#define LSQ_LOGARITHM_H

#include <math.h>

#include "exponential.h"

// ⌊|a|⌋ and the word below it, for |a| < 2^21.
LSQ_INLINE void set_fixed_double(mp_limb_t *fixed, double a, int w) {
  double size = fabs(a), whole = (double)(long)size;
  memset(fixed, 0, sizeof(mp_limb_t) * (size_t)w);
  fixed[w] = (mp_limb_t)whole;
  fixed[w - 1] = (mp_limb_t)((size - whole) * 0x1p64);
}

// Sets w words and one above them for the integer part to |log x|, and the sign; returns 0 if it cannot.
static int set_logarithm(mp_limb_t *fixed, long *sign, const lsq_number *x, int n, int w) {
  if (x->sign < 0 || x->exponent > 1l << 20 || x->exponent < -(1l << 20)) return 0;
  mp_limb_t t[LSQ_FIXED_WORDS], argument[LSQ_FIXED_WORDS + 1];
  double exponent = (double)x->exponent;
  double estimate =
      log((double)(long)(x->words[n - 1] >> 11) * 0x1p-53) + exponent * 0.6931471805599453
      + (fabs(exponent) + 1) * 0x1p-50;
  *sign = estimate < 0 ? -1 : 1;
  set_fixed_double(fixed, estimate, w);
  memcpy(argument, fixed, sizeof(mp_limb_t) * (size_t)(w + 1));
  // 1 − t = x·exp(−a).
  mp_limb_t power[LSQ_FIXED_WORDS + 1];
  long shift;
  if (LSQ_RARELY(!set_power(power, &shift, argument, -*sign, w))) return 0;
  memset(t, 0, sizeof(mp_limb_t) * (size_t)(w - n));
  memcpy(t + w - n, x->words, sizeof(mp_limb_t) * (size_t)n);
  multiply_upper(t, power, w);
  shift += x->exponent;
  if (LSQ_RARELY(shift < 0 || shift > 3)) return 0;
  if (shift != 0) mpn_lshift(t, t, w, (unsigned)shift);
  mpn_neg(t, t, w);
  int zeros = t[w - 1] == 0 ? 63 : __builtin_clzl(t[w - 1]);
  if (LSQ_RARELY(zeros < 28)) return 0;
  sum_series(t, t, lsq_table.reciprocals, (64 * w + 2 + zeros - 1) / zeros, zeros, w);
  if (*sign < 0) {
    fixed[w] += mpn_add_n(fixed, fixed, t, w);
  } else {
    mp_limb_t borrow = mpn_sub_n(fixed, fixed, t, w);
    if (LSQ_RARELY(borrow > fixed[w])) {
      // x < 1, and a > 0.
      mpn_neg(fixed, fixed, w);
      *sign = -1;
    } else {
      fixed[w] -= borrow;
    }
  }
  return 1;
}

// value = log(value); returns 0, with nothing done, for numbers that are not made here or that this does not
// decide.
static int form_logarithm(void *argument, long bits) {
  lsq_number *value = argument;
  int n = words_of_functions(bits);
  if (n == 0) return 0;
  mp_limb_t fixed[LSQ_FIXED_WORDS + 1];
  long sign;
  return set_logarithm(fixed, &sign, value, n, n + 1) && round_fixed(value, fixed, 0, sign, bits, n);
}

// value = value^y likewise.
static int form_power(void *argument, const void *exponent, long bits) {
  lsq_number *value = argument;
  const lsq_number *y = exponent;
  int n = words_of_functions(bits), w = n + 1;
  if (n == 0 || !lsq_is_ordinary(y->exponent) || y->exponent > 45) return 0;
  mp_limb_t logarithm[LSQ_FIXED_WORDS + 1], product[2 * LSQ_FIXED_WORDS + 2];
  mp_limb_t power[LSQ_FIXED_WORDS + 1];
  long sign, shift;
  if (LSQ_RARELY(!set_logarithm(logarithm, &sign, value, n, w + 1))) return 0;
  mpn_mul(product, logarithm, w + 2, y->words, n);
  // What is below the last of w words behind the point: n + 1 words for the exponent 0.
  long below = 64l * (n + 1) - y->exponent;
  int whole = (int)(below / 64), size = w + 2 + n;
  unsigned part = (unsigned)(below % 64);
  if (LSQ_RARELY(whole >= w + 1)) return 0;
  mp_limb_t *fixed = product + whole;
  size -= whole;
  if (part != 0) mpn_rshift(fixed, fixed, size, part);
  // The integer part has one word, and 20 bits of it.
  for (int i = w + 1; i < size; i++)
    if (LSQ_RARELY(fixed[i] != 0)) return 0;
  if (LSQ_RARELY(fixed[w] >> 20 != 0)) return 0;
  if (LSQ_RARELY(!set_power(power, &shift, fixed, sign * y->sign, w))) return 0;
  return round_fixed(value, power, shift, 1, bits, n);
}

#endif
