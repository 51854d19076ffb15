// Quotients by one divisor, from its reciprocal.
#ifndef LSQ_QUOTIENT_H
#define LSQ_QUOTIENT_H

#include "product.h"

// With B = 2^64 and the divisor's words D, the reciprocal ⌊(B^(2n+1) − 1)/D⌋ less B^(n+1), in n + 1 words.
typedef struct {
  mpfr_exp_t exponent;
  long sign;
  mp_limb_t words[LSQ_MAXIMUM_N + 1];
} lsq_reciprocal;

LSQ_INLINE void lsq_set_reciprocal(lsq_reciprocal *result, const lsq_number *divisor, int n) {
  mp_limb_t ones[2 * LSQ_MAXIMUM_N + 1], quotient[LSQ_MAXIMUM_N + 2], rest[LSQ_MAXIMUM_N];
  memset(ones, 0xFF, sizeof(mp_limb_t) * (size_t)(2 * n + 1));
  mpn_tdiv_qr(quotient, rest, 0, ones, 2 * n + 1, divisor->words, n);
  memcpy(result->words, quotient, sizeof(mp_limb_t) * (size_t)(n + 1));
  result->exponent = divisor->exponent;
  result->sign = divisor->sign;
}

// The quotient of an ordinary number, in place; 0, with nothing done, if the reciprocal does not decide
// how it is rounded, as for quotients that are exact.
LSQ_INLINE int lsq_divide_n(lsq_number *x, const lsq_reciprocal *reciprocal, int unused, int n) {
  // ⌊X·reciprocal/B^n⌋ is less than X·B^(n+1)/D by less than 2.
  mp_limb_t product[2 * LSQ_MAXIMUM_N + 1], quotient[LSQ_MAXIMUM_N + 1];
  lsq_multiply_words(product, x->words, n, reciprocal->words, n + 1);
  mp_limb_t carry = 0;
  quotient[0] = product[n];
  LSQ_UNROLL for (int i = 0; i < n; i++)
    quotient[i + 1] = lsq_add_with_carry(product[n + 1 + i], x->words[i], &carry);
  // Not decided are a rest of zero, which may be a tie, and those that 2 more carries out of. In whole words the
  // half lies in bit 63, or where the quotient is 1 or more above it; in others it lies further up.
  if (LSQ_RARELY(((quotient[0] - 1) & ~LSQ_TOP_BIT) >= LSQ_TOP_BIT - 3)) return 0;
  mp_limb_t isOneOrMore = carry;
  mp_limb_t isUp = unused != 0 ? quotient[1] >> isOneOrMore >> (unused - 1) & 1
      : isOneOrMore            ? quotient[1] & 1
                               : quotient[0] >> 63;
  mp_limb_t below = (1ul << unused) - 1;
  carry = isUp;
  LSQ_UNROLL for (int i = 0; i < n; i++) {
    mp_limb_t above = i + 1 < n ? quotient[i + 2] : 1;
    mp_limb_t word = isOneOrMore ? quotient[i + 1] >> 1 | above << 63 : quotient[i + 1];
    x->words[i] = lsq_add_with_carry(i == 0 ? word | below : word, 0, &carry);
  }
  x->words[0] &= ~below;
  x->words[n - 1] |= carry << 63;
  x->exponent += (long)(isOneOrMore + carry) - reciprocal->exponent;
  x->sign *= reciprocal->sign;
  return 1;
}

#endif
