// Random operands in which the hard cases abound, from a seed.
#ifndef DRAW_H
#define DRAW_H

#include <stdint.h>

#include "../../../Sources/CMPFRWords/number.h"

// As lsq_number, with room for the words.
typedef struct {
  mpfr_exp_t exponent;
  long sign;
  mp_limb_t words[LSQ_MAXIMUM_WIDE_N];
} number;

// SplitMix64.
static inline uint64_t next_random(uint64_t *state) {
  uint64_t z = *state += 0x9E3779B97F4A7C15u;
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
  return z ^ (z >> 31);
}

static inline long words_of(long bits) { return (bits + 63) / 64; }

// The last bit of a width, in the lowest word.
static inline mp_limb_t last_bit(long bits) { return 1ul << lsq_unused(bits); }

// Words at random, of few bits or with long runs of ones or zeros, and an exponent equal to `near`, close to it or up
// to `bits` + 8 away from it; one in 64 is zero, infinite, NaN or near the ends of the range.
static inline void draw(uint64_t *state, number *x, long bits, mpfr_exp_t near) {
  uint64_t kind = next_random(state);
  long n = words_of(bits);
  if (!lsq_is_ordinary(near)) near = 0;
  int isRandom = (kind >> 50 & 3) == 0;
  for (long i = 0; i < n; i++) {
    switch (isRandom ? 7 : kind >> (3 * i % 39) & 7) {
      case 0: x->words[i] = 0; break;
      case 1: x->words[i] = ~0ul; break;
      case 2: x->words[i] = 1ul << (next_random(state) & 63); break;
      case 3: x->words[i] = ~0ul << (next_random(state) & 63); break;
      case 4: x->words[i] = ~0ul >> (next_random(state) & 63); break;
      case 5: x->words[i] = 1ul << (next_random(state) & 63) | 1ul << (next_random(state) & 63); break;
      default: x->words[i] = next_random(state);
    }
  }
  x->words[n - 1] |= LSQ_TOP_BIT;
  x->words[0] &= -last_bit(bits);
  if ((kind >> 52 & 3) == 0) x->words[0] |= last_bit(bits);
  x->sign = kind >> 40 & 1 ? -1 : 1;
  long span = bits + 8;
  switch (kind >> 41 & 3) {
    case 0: x->exponent = near; break;
    case 1: x->exponent = near + (long)(next_random(state) % 5) - 2; break;
    case 2: x->exponent = near + (long)(next_random(state) % 131) - 65; break;
    default: x->exponent = near + (long)(next_random(state) % (uint64_t)(2 * span + 1)) - span;
  }
  if (kind >> 58 != 0) return;
  switch (kind >> 43 & 7) {
    case 0: x->exponent = __MPFR_EXP_INF; break;
    case 1: x->exponent = __MPFR_EXP_NAN; break;
    case 2: x->exponent = (1l << 30) - 2 - (long)(kind >> 46 & 3); break;
    case 3: x->exponent = 2 - (1l << 30) + (long)(kind >> 46 & 3); break;
    default: x->exponent = __MPFR_EXP_ZERO;
  }
}

// Sets the highest bit, and those `place` and `other` places below it, alone.
static inline void set_bits(number *x, long place, long other, long bits) {
  long n = words_of(bits), places[] = {0, place, other};
  for (long i = 0; i < n; i++) x->words[i] = 0;
  for (int k = 0; k < 3; k++) x->words[n - 1 - places[k] / 64] |= LSQ_TOP_BIT >> places[k] % 64;
}

// Keeps the highest `kept` bits and sets the last of them; `kept` is from 2 to the width.
static inline void shorten(number *x, long kept, long bits) {
  long last = 64 * words_of(bits) - kept;
  for (long i = 0; i < last / 64; i++) x->words[i] = 0;
  x->words[last / 64] = (x->words[last / 64] >> last % 64 | 1) << last % 64;
}

#endif
