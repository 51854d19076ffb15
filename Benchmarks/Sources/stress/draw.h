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

// Words at random or with long runs of ones or zeros, and an exponent alike that of `near`, close to it
// or anywhere up to 64·n + 8 from it; one in 64 is zero, infinite, NaN or near the ends of the range.
static inline void draw(uint64_t *state, number *x, long n, mpfr_exp_t near) {
  uint64_t kind = next_random(state);
  if (!lsq_is_ordinary(near)) near = 0;
  int isRandom = (kind >> 50 & 3) == 0;
  for (long i = 0; i < n; i++) {
    switch (isRandom ? 7 : kind >> (3 * i % 39) & 7) {
      case 0: x->words[i] = 0; break;
      case 1: x->words[i] = ~0ul; break;
      case 2: x->words[i] = 1ul << (next_random(state) & 63); break;
      case 3: x->words[i] = ~0ul << (next_random(state) & 63); break;
      case 4: x->words[i] = ~0ul >> (next_random(state) & 63); break;
      default: x->words[i] = next_random(state);
    }
  }
  x->words[n - 1] |= LSQ_TOP_BIT;
  x->sign = kind >> 40 & 1 ? -1 : 1;
  long span = 64 * n + 8;
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

#endif
