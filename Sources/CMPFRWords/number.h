// A number of n words in memory, and words.
//
// Every function here and in the headers beside it that takes `n` is inlined where n is known, so that its
// loops unroll. `unused` bits, the lowest, are not used by the width; if there are none, that is known too.
#ifndef LSQ_NUMBER_H
#define LSQ_NUMBER_H

#include <mpfr.h>
#include <string.h>

typedef struct {
  mpfr_exp_t exponent;
  long sign;
  mp_limb_t words[];
} lsq_number;

// The greatest number of words for which sums and products are computed without loops, and the
// greatest for which they are computed here at all.
#define LSQ_MAXIMUM_N 8
#define LSQ_MAXIMUM_WIDE_N 16

#define LSQ_INLINE static inline __attribute__((always_inline, unused))
#define LSQ_COLD static __attribute__((noinline, cold, unused))
#define LSQ_UNROLL _Pragma("clang loop unroll(full)")
#define LSQ_RARELY(condition) __builtin_expect((condition) != 0, 0)

typedef unsigned __int128 lsq_double_word;

#define LSQ_TOP_BIT (1ul << 63)

// An exponent this far from the ends of the range neither overflows nor underflows, whatever is done to two
// such numbers here. Zero, infinity and NaN are outside.
LSQ_INLINE int lsq_is_ordinary(mpfr_exp_t exponent) {
  return (unsigned long)exponent + (1ul << 28) < (2ul << 28);
}

LSQ_INLINE int lsq_are_ordinary(const lsq_number *x, const lsq_number *y) {
  return lsq_is_ordinary(x->exponent) & lsq_is_ordinary(y->exponent);
}

// a + b + carry, and what is carried out.
LSQ_INLINE mp_limb_t lsq_add_with_carry(mp_limb_t a, mp_limb_t b, mp_limb_t *carry) {
  return __builtin_addcl(a, b, *carry, carry);
}

// The word, hidden from the compiler's optimisations. A shift by it stays two shifts and an or, where the
// compiler would choose x86's double shift, which is slow on many processors.
LSQ_INLINE mp_limb_t lsq_opaque(mp_limb_t word) {
  __asm__("" : "+r"(word));
  return word;
}

LSQ_INLINE lsq_number *lsq_at(void *start, long bytes) {
  return (lsq_number *)((char *)start + bytes);
}
LSQ_INLINE const lsq_number *lsq_const_at(const void *start, long bytes) {
  return (const lsq_number *)((const char *)start + bytes);
}

// The lowest bits of the lowest word that numbers of `bits` bits do not use: they are zero.
LSQ_INLINE int lsq_unused(long bits) { return (int)(-bits & 63); }

// The part of a result that rounding drops, in one word, for a result whose last bit is bit `unused` of its
// lowest word, with the guard below: half a unit is its top bit, and its lowest shows whether there is
// anything further down.
LSQ_INLINE mp_limb_t lsq_rest(mp_limb_t lowest, mp_limb_t guard, int unused) {
  return unused == 0 ? guard : lowest << (64 - unused) | (guard != 0);
}

// Rounds n words and the guard to nearest, ties to even; the last bit that stays is bit `unused` of the lowest
// word. Returns what is carried out of the top, which leaves zeros.
LSQ_INLINE mp_limb_t lsq_round_n(
    mp_limb_t *result, const mp_limb_t *words, mp_limb_t guard, int unused, int n) {
  mp_limb_t below = (1ul << unused) - 1, odd = words[0] >> unused & 1, carry = 0;
  (void)lsq_add_with_carry(lsq_rest(words[0], guard, unused), LSQ_TOP_BIT - 1 + odd, &carry);
  // Ones below the last bit hand it the carry.
  result[0] = lsq_add_with_carry(words[0] | below, 0, &carry) & ~below;
  LSQ_UNROLL for (int i = 1; i < n; i++) result[i] = lsq_add_with_carry(words[i], 0, &carry);
  return carry;
}

// Sets the words and the exponent to n words, which are overwritten, without the bits that are not used, and to
// the next number up where `isUp` is 1. Of any n.
LSQ_INLINE void lsq_set_up(
    lsq_number *result, mp_limb_t *words, mpfr_exp_t exponent, mp_limb_t isUp, int unused, int n) {
  // Ones below the last bit hand it the carry.
  if (unused != 0) words[0] |= (1ul << unused) - 1;
  mp_limb_t carry = mpn_add_1(result->words, words, n, isUp);
  if (unused != 0) result->words[0] &= ~0ul << unused;
  if (carry != 0) result->words[n - 1] = LSQ_TOP_BIT;
  result->exponent = exponent + (long)carry;
}

// MPFR's header for a number.
LSQ_INLINE __mpfr_struct lsq_view(const lsq_number *x, long bits) {
  __mpfr_struct header = {bits, (int)x->sign, x->exponent, (mp_limb_t *)x->words};
  return header;
}

// Copies exponent, sign and n words.
LSQ_INLINE void lsq_copy(lsq_number *result, const lsq_number *x, int n) {
  memcpy(result, x, sizeof(lsq_number) + sizeof(mp_limb_t) * (size_t)n);
}

#endif
