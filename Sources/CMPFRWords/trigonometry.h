// sin(x) and cos(x), rounded.
//
//   |x| = q·π/2 + r,   r = i/2⁷ + j/2¹⁴ + s,   0 ≤ s < 2⁻¹⁴,
//
// in fixed point of w = n + 1 words. The cosine and the sine of i/2⁷ are turned by j/2¹⁴ and by s, of which the
// Taylor sums give one less the cosine, and the sine. A turn by two such numbers, c and d, is
//
//   cos − cos·c − sin·d,   sin − sin·c + cos·d.
//
// The truncated products and sums leave the results wrong by less than 12·w + 20 units of the last word. A result
// is decided unless what is below the bits that stay is that close to a half, or it is close to zero.
#ifndef LSQ_TRIGONOMETRY_H
#define LSQ_TRIGONOMETRY_H

#include "fixed.h"

// Turns by an angle; 0 where rounding leaves the quadrant.
static int turn(
    mp_limb_t *cosine, mp_limb_t *sine, const mp_limb_t *versine, const mp_limb_t *sineOfTurn, int w) {
  mp_limb_t products[4][LSQ_FIXED_WORDS];
  const size_t size = sizeof(mp_limb_t) * (size_t)w;
  memcpy(products[0], cosine, size);
  memcpy(products[1], sine, size);
  memcpy(products[2], sine, size);
  memcpy(products[3], cosine, size);
  multiply_upper(products[0], versine, w);
  multiply_upper(products[1], sineOfTurn, w);
  multiply_upper(products[2], versine, w);
  multiply_upper(products[3], sineOfTurn, w);
  mpn_sub_n(sine, sine, products[2], w);
  mp_limb_t isOutside = mpn_sub_n(cosine, cosine, products[0], w);
  isOutside |= mpn_sub_n(cosine, cosine, products[1], w);
  isOutside |= mpn_add_n(sine, sine, products[3], w);
  return isOutside == 0;
}

// Sets w words to cos(r) and sin(r), and q, for |x| in w words and one above them, which are overwritten; returns
// 0 if it cannot.
static int set_turned(mp_limb_t *cosine, mp_limb_t *sine, long *quadrant, mp_limb_t *fixed, int w) {
  mp_limb_t multiple[LSQ_FIXED_WORDS + 2], z[LSQ_FIXED_WORDS];
  mp_limb_t versine[LSQ_FIXED_WORDS], sineOfRest[LSQ_FIXED_WORDS];
  const int unused = LSQ_TABLE_WORDS - w;
  const size_t size = sizeof(mp_limb_t) * (size_t)w;
  lsq_prepare_angles();
  long q = (long)(leading_part(fixed, w) * 0.6366197723675814);
  multiple[w + 1] =
      mpn_mul_1(multiple, lsq_angle.quarter + unused - 1, w + 1, 2 * (mp_limb_t)q);
  if (LSQ_RARELY(mpn_sub_n(fixed, fixed, multiple + 1, w + 1))) return 0;
  mp_limb_t i = fixed[w] << LSQ_STEP_BITS | fixed[w - 1] >> (64 - LSQ_STEP_BITS);
  mp_limb_t j = fixed[w - 1] << LSQ_STEP_BITS >> (64 - LSQ_STEP_BITS);
  if (LSQ_RARELY(i > 201)) return 0;
  fixed[w - 1] = fixed[w - 1] << LSQ_ANGLE_BITS >> LSQ_ANGLE_BITS;
  memcpy(z, fixed, size);
  multiply_upper(z, fixed, w);
  // 1 − cos s = z·Σ, and sin s = s − s·(z·Σ).
  const int last = lsq_angle_terms[w], bits = 2 * LSQ_ANGLE_BITS;
  sum_alternating(versine, z, lsq_table.factorials + 2, last, bits, w);
  multiply_upper(versine, z, w);
  sum_alternating(sineOfRest, z, lsq_table.factorials + 3, last, bits, w);
  multiply_upper(sineOfRest, z, w);
  multiply_upper(sineOfRest, fixed, w);
  mpn_sub_n(sineOfRest, fixed, sineOfRest, w);
  memcpy(cosine, lsq_angle.cosines[i] + unused, size);
  memcpy(sine, lsq_angle.sines[i] + unused, size);
  *quadrant = q;
  return turn(cosine, sine, lsq_angle.fineVersines[j] + unused, lsq_angle.fineSines[j] + unused, w)
      && turn(cosine, sine, versine, sineOfRest, w);
}

// Sets two numbers to sin(x) and cos(x), of which either may be left out and either may be x. Returns 0, with
// nothing done, for numbers that are not made here or that this does not decide.
static int form_sine_cosine(void *sine, void *cosine, const void *argument, long bits) {
  const lsq_number *x = argument;
  int n = words_of_functions(bits), w = n + 1;
  if (n == 0 || x->exponent > 20 || x->exponent < -64) return 0;
  mp_limb_t fixed[LSQ_FIXED_WORDS + 1], turned[2][LSQ_FIXED_WORDS + 1];
  long quadrant, sign = x->sign;
  set_fixed(fixed, x, w);
  if (LSQ_RARELY(!set_turned(turned[1], turned[0], &quadrant, fixed, w))) return 0;
  turned[0][w] = turned[1][w] = 0;
  mp_limb_t room[2][2 + LSQ_MAXIMUM_WIDE_N];
  lsq_number *results[2] = {(lsq_number *)room[0], (lsq_number *)room[1]};
  void *targets[2] = {sine, cosine};
  for (int k = 0; k < 2; k++) {
    if (!targets[k]) continue;
    // A quarter turn makes the cosine of the sine, and less the sine of the cosine.
    long turns = quadrant + k;
    long resultSign = (turns & 2 ? -1 : 1) * (k == 0 ? sign : 1);
    mp_limb_t chosen[LSQ_FIXED_WORDS + 1];
    memcpy(chosen, turned[turns & 1], sizeof(mp_limb_t) * (size_t)(w + 1));
    if (LSQ_RARELY(!round_fixed(results[k], chosen, 0, resultSign, bits, n))) return 0;
  }
  for (int k = 0; k < 2; k++)
    if (targets[k]) lsq_copy(targets[k], results[k], n);
  return 1;
}

#endif
