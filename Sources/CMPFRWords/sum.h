// Sums, rounded.
#ifndef LSQ_SUM_H
#define LSQ_SUM_H

#include "product.h"

// a + 0.words:guard·2^exponent with the sign of `sign`, where the second operand is a product or a number
// (then with a guard of zero). Computes it without unpredictable branches, unless the exponents differ by
// 64 or more or the leading 64 bits cancel: then returns 0, with nothing done. The result may be either
// operand.
LSQ_INLINE int lsq_add_near_n(
    lsq_number *result, const lsq_number *a, mpfr_exp_t exponent, long sign, mp_limb_t guard,
    const mp_limb_t *words, int unused, int n) {
  long distance = a->exponent - exponent;
  if (LSQ_RARELY((unsigned long)distance + 63 > 126)) return 0;
  int isLess = distance < 0;
  // Of greater and of lesser exponent.
  const mp_limb_t *greater = isLess ? words : a->words;
  const mp_limb_t *lesser = isLess ? a->words : words;
  mp_limb_t greaterGuard = isLess ? guard : 0;
  mp_limb_t lesserGuard = isLess ? 0 : guard;
  mpfr_exp_t sumExponent = isLess ? exponent : a->exponent;
  long sumSign = isLess ? sign : a->sign;

  // The sum in n + 1 words and a carry is exact: of the lesser at most one bit lies in its guard, and it
  // is shifted by less than a word. A difference adds the complement.
  mp_limb_t right = (mp_limb_t)(isLess ? -distance : distance);
  mp_limb_t left = lsq_opaque(63 - right);
  mp_limb_t complement = (mp_limb_t)((a->sign ^ sign) >> 63);
  mp_limb_t carry = complement & 1;
  mp_limb_t sum[LSQ_MAXIMUM_N + 1];
  sum[0] = lsq_add_with_carry(
      greaterGuard, (lesserGuard >> right | lesser[0] << 1 << left) ^ complement, &carry);
  LSQ_UNROLL for (int i = 0; i < n - 1; i++)
    sum[i + 1] = lsq_add_with_carry(
        greater[i], (lesser[i] >> right | lesser[i + 1] << 1 << left) ^ complement, &carry);
  sum[n] = lsq_add_with_carry(greater[n - 1], lesser[n - 1] >> right ^ complement, &carry);
  mp_limb_t overflow = carry & ~complement;
  if (LSQ_RARELY(carry < (complement & 1))) {
    // The difference is negative: the exponents were almost alike.
    carry = 1;
    LSQ_UNROLL for (int i = 0; i <= n; i++) sum[i] = lsq_add_with_carry(~sum[i], 0, &carry);
    sumSign = ~sumSign;
  }
  if (LSQ_RARELY((sum[n] | overflow) == 0)) return 0;

  // Shifted left by the number of zeros in front, or after an overflow right by one, which is left by 63
  // and down by a word.
  mp_limb_t zeros = (mp_limb_t)__builtin_clzl(sum[n] | 1);
  left = overflow ? 63 : zeros;
  right = lsq_opaque(63 - left);
  mp_limb_t shifted[LSQ_MAXIMUM_N + 1];
  mp_limb_t below = overflow ? sum[0] : 0;
  LSQ_UNROLL for (int i = 0; i <= n; i++) {
    mp_limb_t word = overflow ? (i < n ? sum[i + 1] : 1) : sum[i];
    shifted[i] = word << left | below >> 1 >> right;
    below = word;
  }
  shifted[0] |= overflow & sum[0];

  carry = lsq_round_n(result->words, shifted + 1, shifted[0], unused, n);
  result->words[n - 1] |= carry << 63;
  result->exponent = sumExponent + (overflow ? 1 : -(long)zeros) + (long)carry;
  result->sign = sumSign >> 63 | 1;
  return 1;
}

// a + y with the sign `ySign`, of two ordinary numbers at any distance and with any cancellation. The
// result may be either operand. n is at most LSQ_MAXIMUM_WIDE_N.
void lsq_add_far(
    lsq_number *result, const lsq_number *a, const lsq_number *y, long ySign, int unused, int n);

// a + y, with the sign of y flipped where `flip` is negative; both ordinary.
LSQ_INLINE void lsq_add_n(
    lsq_number *result, const lsq_number *a, const lsq_number *y, long flip, int unused, int n) {
  long sign = y->sign ^ flip >> 63;
  if (!lsq_add_near_n(result, a, y->exponent, sign, 0, y->words, unused, n))
    lsq_add_far(result, a, y, sign < 0 ? -1 : 1, unused, n);
}

// a ± a product, by the sign of `flip`. a is ordinary; the product's exponent is at most twice as great.
LSQ_INLINE void lsq_add_product_n(
    lsq_number *result, const lsq_number *a, const lsq_product *product, long flip, int unused, int n) {
  long sign = product->sign ^ flip >> 63;
  // Kept in memory, so that the sum selects a pointer and not words.
  __asm__("" : : "r"(product->words) : "memory");
  if (lsq_add_near_n(
          result, a, product->exponent, sign, product->guard, product->words, unused, n))
    return;
  mp_limb_t room[LSQ_MAXIMUM_N + 2];
  lsq_number *y = (lsq_number *)room;
  lsq_store_product(y, product, n);
  lsq_add_far(result, a, y, sign < 0 ? -1 : 1, unused, n);
}

#endif
