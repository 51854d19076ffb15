// exp(x), rounded.
//
//   x = q·ln 2 + r,   r = i/2⁷ + j/2¹⁴ + k/2²¹ + s,   0 ≤ s < 2⁻²¹,
//   exp x = 2^q·exp(i/2⁷)·exp(j/2¹⁴)·exp(k/2²¹)·exp s,
//
// in fixed point of w = n + 1 words. exp s is its Taylor sum by Horner's rule; what is multiplied by sᵏ is
// computed in fewer words, the smaller sᵏ is. All truncated products and sums together leave the result
// wrong by less than 4·w + 18 units of the last of the w words. The rounding is decided unless what lies
// below the bits that stay is that close to a half; exp x is never half way.
#ifndef LSQ_EXPONENTIAL_H
#define LSQ_EXPONENTIAL_H

#include "fixed.h"

// ⌊x/ln 2⌋, or one less where that is almost reached.
LSQ_INLINE long quotient_by_ln2(const mp_limb_t *fixed, long sign, int w) {
  double size = leading_part(fixed, w);
  double quotient = (sign < 0 ? -size : size) * 1.4426950408889634 - 0x1p-20;
  long whole = (long)quotient;
  return whole - (quotient < (double)whole);
}

// r = x − q·ln 2 in w words, of which less than two units are lost; 0 if it is not in [0, ln 2 + 2⁻¹⁹).
LSQ_INLINE int reduce(mp_limb_t *r, mp_limb_t *fixed, long sign, long q, int w) {
  mp_limb_t multiple[LSQ_FIXED_WORDS + 2];
  multiple[w + 1] = mpn_mul_1(
      multiple, lsq_table.ln2 + LSQ_TABLE_WORDS - w - 1, w + 1, (mp_limb_t)(q < 0 ? -q : q));
  if (sign < 0) mpn_sub_n(fixed, multiple + 1, fixed, w + 1);
  else if (q < 0) mpn_add_n(fixed, fixed, multiple + 1, w + 1);
  else mpn_sub_n(fixed, fixed, multiple + 1, w + 1);
  memcpy(r, fixed, sizeof(mp_limb_t) * (size_t)w);
  return fixed[w] == 0 && fixed[w - 1] < lsq_table.ln2[LSQ_TABLE_WORDS - 1] + (1ul << 45);
}

// Sets w words, and one above them that is zero, to exp(±x)/2^q, between a quarter and one, and q, for x in w
// words and one above them, which are overwritten; returns 0 if it cannot.
static int set_power(mp_limb_t *power, long *exponent, mp_limb_t *fixed, long sign, int w) {
  mp_limb_t s[LSQ_FIXED_WORDS], rest[LSQ_FIXED_WORDS];
  const int unused = LSQ_TABLE_WORDS - w;
  lsq_prepare_functions();
  long q = quotient_by_ln2(fixed, sign, w);
  if (LSQ_RARELY(!reduce(s, fixed, sign, q, w))) return 0;
  mp_limb_t leading = s[w - 1];
  s[w - 1] = leading << LSQ_TABLE_BITS >> LSQ_TABLE_BITS;
  sum_series(rest, s, lsq_table.factorials, lsq_exponential_terms[w], LSQ_TABLE_BITS, w);
  mp_limb_t i = leading >> (64 - LSQ_STEP_BITS);
  mp_limb_t j = leading << LSQ_STEP_BITS >> (64 - LSQ_STEP_BITS);
  mp_limb_t k = leading << 2 * LSQ_STEP_BITS >> (64 - LSQ_STEP_BITS);
  memcpy(power, lsq_table.coarse[i] + unused, sizeof(mp_limb_t) * (size_t)w);
  add_multiple(power, lsq_table.fine[j] + unused, w);
  add_multiple(power, lsq_table.finest[k] + unused, w);
  add_multiple(power, rest, w);
  // The coarse powers are quarters, so that nothing is carried out.
  power[w] = 0;
  *exponent = q + 2;
  return 1;
}

// value = exp(value); returns 0, with nothing done, for numbers that are not made here or that this does
// not decide.
static int form_exponential(void *argument, long bits) {
  lsq_number *value = argument;
  int n = words_of_functions(bits), w = n + 1;
  if (n == 0 || value->exponent > 20 || value->exponent < -bits) return 0;
  mp_limb_t fixed[LSQ_FIXED_WORDS + 1], power[LSQ_FIXED_WORDS + 1];
  long exponent;
  set_fixed(fixed, value, w);
  if (LSQ_RARELY(!set_power(power, &exponent, fixed, value->sign, w))) return 0;
  return round_fixed(value, power, exponent, 1, bits, n);
}

#endif
