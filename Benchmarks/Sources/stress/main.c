// Compares the word layer (Sources/CMPFR/words.h) with MPFR on random operands, bit for bit.
//
//   stress [operands in millions per width, 20 if not given] [seed, 1 if not given]
//
// Operands mix random words with long runs of ones and zeros, and exponents of every distance that
// matters, so that ties, carries through all words, cancellation and sticky bits all occur.

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "../../../Sources/CMPFR/words.h"

typedef struct {
  mpfr_exp_t exponent;
  long sign;
  mp_limb_t words[LSQ_MAXIMUM_N];
} number;

static uint64_t state;

// SplitMix64.
static uint64_t next_random(void) {
  uint64_t z = state += 0x9E3779B97F4A7C15u;
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
  return z ^ (z >> 31);
}

static void draw(number *x, long n, mpfr_exp_t near) {
  uint64_t kind = next_random();
  for (long i = 0; i < n; i++) {
    switch (kind >> (2 * i) & 7) {
      case 0: x->words[i] = 0; break;
      case 1: x->words[i] = ~0ul; break;
      case 2: x->words[i] = 1ul << (next_random() & 63); break;
      case 3: x->words[i] = ~0ul << (next_random() & 63); break;
      default: x->words[i] = next_random();
    }
  }
  x->words[n - 1] |= 1ul << 63;
  x->sign = kind >> 40 & 1 ? -1 : 1;
  long span = 64 * n + 8;
  switch (kind >> 41 & 3) {
    case 0: x->exponent = near; break;
    case 1: x->exponent = near + (long)(next_random() % 5) - 2; break;
    default: x->exponent = near + (long)(next_random() % (2 * span + 1)) - span;
  }
}

static void view(mpfr_t header, number *x, long n) {
  header->_mpfr_prec = 64 * n;
  header->_mpfr_sign = (int)x->sign;
  header->_mpfr_exp = x->exponent;
  header->_mpfr_d = x->words;
}

static int is_same(const number *x, mpfr_t y, long n) {
  if (x->exponent != y->_mpfr_exp || x->sign != y->_mpfr_sign) return 0;
  return x->exponent == __MPFR_EXP_ZERO
      || memcmp(x->words, y->_mpfr_d, sizeof(mp_limb_t) * (size_t)n) == 0;
}

int main(int count, char **arguments) {
  long millions = count > 1 ? atol(arguments[1]) : 20;
  uint64_t seed = count > 2 ? strtoull(arguments[2], NULL, 10) : 1;
  int failures = 0;
  const long counts[] = {2, 3, 4, 5, 6, 7, 8};
  for (unsigned w = 0; w < sizeof counts / sizeof *counts && failures == 0; w++) {
    long n = counts[w];
    state = seed * 1000 + (uint64_t)n;
    long bits = 64 * n, left_to_mpfr = 0, ties = 0, cancelled = 0;
    for (long i = 0; i < millions * 1000000 && failures < 10; i++) {
      number x, y, z, product, sum, difference, chained;
      draw(&x, n, 0);
      draw(&y, n, x.exponent);
      if (i % 16 == 0) {  // Almost equal numbers.
        long exponent = y.exponent;
        y = x;
        y.exponent = i % 32 == 0 ? x.exponent : exponent;
        y.words[0] ^= next_random() & 3;
      }
      draw(&z, n, x.exponent + y.exponent);
      mpfr_t a, b, c, product_mpfr, sum_mpfr, difference_mpfr, chained_mpfr;
      number room[4];
      view(a, &x, n);
      view(b, &y, n);
      view(c, &z, n);
      view(product_mpfr, &room[0], n);
      view(sum_mpfr, &room[1], n);
      view(difference_mpfr, &room[2], n);
      view(chained_mpfr, &room[3], n);
      mpfr_mul(product_mpfr, a, b, MPFR_RNDN);
      ties += mpfr_add(sum_mpfr, a, b, MPFR_RNDN) == 0;
      mpfr_sub(difference_mpfr, a, b, MPFR_RNDN);
      cancelled += mpfr_zero_p(difference_mpfr);
      if (i % 2) mpfr_add(chained_mpfr, c, product_mpfr, MPFR_RNDN);
      else mpfr_sub(chained_mpfr, c, product_mpfr, MPFR_RNDN);
      // In place, in each of the ways that operands and result can be one.
      product = i % 3 == 0 ? x : y;
      int done = i % 3 == 0 ? lsq_multiply(&product, &product, &y, bits)
                            : lsq_multiply(&product, &x, &product, bits);
      sum = i % 3 == 0 ? x : y;
      done &= i % 3 == 0 ? lsq_add(&sum, &sum, &y, 1, bits) : lsq_add(&sum, &x, &sum, 1, bits);
      difference = i % 3 == 0 ? x : y;
      done &= i % 3 == 0 ? lsq_add(&difference, &difference, &y, -1, bits)
                         : lsq_add(&difference, &x, &difference, -1, bits);
      chained = z;
      done &= lsq_add_product(&chained, &x, &y, i % 2 ? 1 : -1, bits);
      if (!done) {
        left_to_mpfr++;
        continue;
      }
      const char *wrong = !is_same(&product, product_mpfr, n) ? "product"
          : !is_same(&sum, sum_mpfr, n) ? "sum"
          : !is_same(&difference, difference_mpfr, n) ? "difference"
          : !is_same(&chained, chained_mpfr, n) ? "sum with a product" : NULL;
      if (wrong) {
        printf("%ld bits: wrong %s of operands %ld, seed %" PRIu64 "\n", bits, wrong, i, seed);
        failures++;
      }
    }
    if (failures) break;
    printf("%ld bits: %ld million operands, seed %" PRIu64 ": four operations identical to MPFR's"
        " (%ld exact sums, %ld zero differences, %ld left to MPFR)\n",
        bits, millions, seed, ties, cancelled, left_to_mpfr);
    fflush(stdout);
  }
  return failures != 0;
}
