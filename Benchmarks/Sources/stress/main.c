// Compares the word layer (Sources/CMPFRWords) with MPFR on random operands, bit for bit.
//
//   stress [pairs in millions at each width up to 512 bits, 14 if not given] [seed, 1 if not given]
//
// These are the widths of whole words. Widths that take as many words without using all of their bits share half as
// many pairs: the least such width, the greatest and others at random. Above, up to 1024 bits, there are a quarter as
// many.
//
// Operands come in lanes of 8 pairs, and with each pair a third number. Every pair is multiplied, added,
// subtracted, and its product added to the third or subtracted from it; every fourth lane also goes through the
// kernels of quotients, squares, rotations and the like, and of these every fourth has eight numbers for each of
// exp, log, pow, sin and cos. Both compilations of the kernels are examined, the plain one and that for BMI2, if this
// processor has it.

#include <inttypes.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#include "../../../Sources/CMPFRWords/fallback.h"
#include "../../../Sources/CMPFRWords/kernels.h"
#include "draw.h"

enum { laneCount = 8 };
typedef number lane[laneCount];

typedef struct {
  long n, count;
  int isWhole;
  uint64_t seed;
  const char *wrong;
  long wrongLane, wrongBits, exact, zeros, functions;
} examination;

static int hasBMI2;

static __mpfr_struct view(const number *x, long bits) { return lsq_view((const lsq_number *)x, bits); }

static int is_same(const number *x, const number *y, long bits) {
  if (x->exponent != y->exponent) return 0;
  if (x->exponent == __MPFR_EXP_NAN) return 1;
  if (x->sign != y->sign) return 0;
  return x->exponent == __MPFR_EXP_ZERO || x->exponent == __MPFR_EXP_INF
      || memcmp(x->words, y->words, sizeof(mp_limb_t) * (size_t)words_of(bits)) == 0;
}

static int are_same(const lane x, const lane y, long bits) {
  for (int i = 0; i < laneCount; i++)
    if (!is_same(&x[i], &y[i], bits)) return 0;
  return 1;
}

// result = operation(x, y) by MPFR. Returns the ternary value.
static int by_mpfr(
    lsq_operation *operation, number *result, const number *x, const number *y, long bits) {
  number room = {0, 1, {0}};
  __mpfr_struct r = view(&room, bits), a = view(x, bits), b = view(y, bits);
  int ternary = operation(&r, &a, &b, MPFR_RNDN);
  room.sign = r._mpfr_sign;
  room.exponent = r._mpfr_exp;
  *result = room;
  return ternary;
}

// Draws the lanes, with products that nearly cancel the third numbers or are half way between two numbers, and
// quotients that are nearly exact, among them.
static void draw_lanes(uint64_t *state, lane x, lane y, lane z, long bits) {
  for (int i = 0; i < laneCount; i++) {
    draw(state, &x[i], bits, 0);
    draw(state, &y[i], bits, x[i].exponent);
    uint64_t kind = next_random(state);
    if (kind % 16 == 0 && lsq_is_ordinary(x[i].exponent)) {  // Almost equal numbers.
      mpfr_exp_t exponent = y[i].exponent;
      y[i] = x[i];
      if (!(kind & 16) && lsq_is_ordinary(exponent)) y[i].exponent = exponent;
      y[i].words[0] ^= (kind >> 8 & 3) * last_bit(bits);
    }
    if (kind % 16 == 3) {  // A product that is half way between two numbers, or close to that.
      long kept = 2 + (long)(kind >> 8 & 1023) % (bits - 3);
      shorten(&x[i], kept, bits);
      shorten(&y[i], bits + 1 - kept + (long)(kind >> 18 & 1), bits);
    }
    if (kind % 16 == 4) {  // (1 + 2^−a + 2^−b)·(1 + 2^(a − bits)), which is half way but for a bit far below.
      long a = 1 + (long)(kind >> 8 & 1023) % (bits - 2);
      set_bits(&x[i], a, a + 1 + (long)(kind >> 18 & 1023) % (bits - 1 - a), bits);
      set_bits(&y[i], bits - a, bits - a, bits);
    }
    if (kind % 16 == 1) by_mpfr(mpfr_mul, &x[i], &x[i], &y[0], bits);
    draw(state, &z[i], bits, x[i].exponent + y[i].exponent);
    if (kind % 16 == 2) {  // Almost the product.
      by_mpfr(mpfr_mul, &z[i], &x[i], &y[i], bits);
      if (kind & 16) z[i].sign = -z[i].sign;
      if (lsq_is_ordinary(z[i].exponent)) {
        z[i].words[0] ^= (kind >> 8 & 3) * last_bit(bits);
        z[i].exponent += (long)(kind >> 10 & 1);
      }
    }
  }
}

// Numbers, and what exp, log, pow, sin and cos make of them.
typedef struct {
  lane exponents, bases, exponentials, logarithms, powers, sines, cosines;
} functions;

// result = f(x) by MPFR.
static void apply_mpfr(lsq_function *f, number *result, const number *x, long bits) {
  number room = {0, 1, {0}};
  __mpfr_struct r = view(&room, bits), a = view(x, bits);
  f(&r, &a, MPFR_RNDN);
  room.sign = r._mpfr_sign;
  room.exponent = r._mpfr_exp;
  *result = room;
}

// x = f(a number half way between two that are close to x).
static void draw_near_middle(lsq_function *f, number *x, long bits) {
  mpfr_t middle;
  __mpfr_struct value = view(x, bits);
  mpfr_init2(middle, bits + 1);
  mpfr_set(middle, &value, MPFR_RNDN);
  mpfr_nextabove(middle);
  f(&value, middle, MPFR_RNDN);
  mpfr_clear(middle);
  x->sign = value._mpfr_sign;
  x->exponent = value._mpfr_exp;
}

// Draws exponents of every size that exp knows, some close to a multiple of ln 2 or π/2, or to the logarithm of a
// number that is half way between two others; and bases of every size, most of them positive, some close to 1,
// or to the exponential of such a number, or with short exponents, so that powers are exact or half way.
static void draw_functions(uint64_t *state, functions *all, long bits) {
  for (int i = 0; i < laneCount; i++) {
    number *x = &all->exponents[i], *base = &all->bases[i];
    draw(state, x, bits, 0);
    draw(state, base, bits, 0);
    uint64_t kind = next_random(state);
    if (lsq_is_ordinary(x->exponent)) {
      if (kind % 4 != 0) x->exponent = (long)(kind >> 8 & 31) - 10;
      if (kind % 16 == 1) {
        __mpfr_struct value = view(x, bits);
        if (kind & 16) mpfr_const_log2(&value, MPFR_RNDN);
        else mpfr_const_pi(&value, MPFR_RNDN);
        mpfr_mul_si(&value, &value, (long)(kind >> 16 & 1023) - 512, MPFR_RNDN);
        mpfr_div_2ui(&value, &value, kind >> 5 & 1, MPFR_RNDN);
        x->sign = value._mpfr_sign;
        x->exponent = value._mpfr_exp;
      } else if (kind % 16 == 2) {
        x->sign = 1;
        draw_near_middle(mpfr_log, x, bits);
      }
    }
    kind >>= 32;
    if (lsq_is_ordinary(base->exponent)) {
      if (kind % 8 != 0) base->sign = 1;
      if (kind % 4 != 0) base->exponent = (long)(kind >> 8 & 15) - 7;
      if (kind % 16 == 1 || kind % 16 == 5) {  // 1 + or − a power of two.
        __mpfr_struct value = view(base, bits);
        mpfr_set_si_2exp(&value, kind % 16 == 1 ? 1 : -1, -(long)(kind >> 8) % bits, MPFR_RNDN);
        mpfr_add_ui(&value, &value, 1, MPFR_RNDN);
        base->sign = value._mpfr_sign;
        base->exponent = value._mpfr_exp;
      } else if (kind % 16 == 2) {
        draw_near_middle(mpfr_exp, base, bits);
      } else if (kind % 16 == 3 && lsq_is_ordinary(x->exponent)) {
        long n = words_of(bits);
        for (int j = 0; j < n - 1; j++) base->words[j] = x->words[j] = 0;
        base->words[n - 1] = (kind >> 12 | LSQ_TOP_BIT) & ~0ul << 56;
        x->words[n - 1] &= ~0ul << 61;
        x->exponent = (long)(kind >> 20 & 7) - 2;
      }
    }
    apply_mpfr(mpfr_exp, &all->exponentials[i], x, bits);
    apply_mpfr(mpfr_log, &all->logarithms[i], base, bits);
    by_mpfr(mpfr_pow, &all->powers[i], base, x, bits);
    // MPFR takes as many bits as the angle is large.
    if (x->exponent > 1000) continue;
    apply_mpfr(mpfr_sin, &all->sines[i], x, bits);
    apply_mpfr(mpfr_cos, &all->cosines[i], x, bits);
  }
}

// The first of these functions that is made by them and differs from MPFR's, if any.
static const char *examine_functions(const lsq_functions *compiled, const functions *all, long *made, long bits) {
  for (int i = 0; i < laneCount; i++) {
    number value = all->exponents[i];
    if (compiled->form_exponential(&value, bits) && ++*made
        && !is_same(&value, &all->exponentials[i], bits))
      return "exponential";
    value = all->bases[i];
    if (compiled->form_logarithm(&value, bits) && ++*made && !is_same(&value, &all->logarithms[i], bits))
      return "logarithm";
    value = all->bases[i];
    if (compiled->form_power(&value, &all->exponents[i], bits) && ++*made
        && !is_same(&value, &all->powers[i], bits))
      return "power";
    number cosine;
    if (compiled->form_sine_cosine(&value, &cosine, &all->exponents[i], bits)) {
      *made += 2;
      if (!is_same(&value, &all->sines[i], bits)) return "sine";
      if (!is_same(&cosine, &all->cosines[i], bits)) return "cosine";
    }
  }
  return NULL;
}

// The first operation of these kernels that differs from MPFR's, if any.
static const char *examine(
    const lsq_kernels *kernels, const lane x, const lane y, const lane z, const lane product,
    const lane sum, const lane difference, long bits, int round) {
  const long size = sizeof(number);
  lane a, b, expected, other;
  for (int i = 0; i < laneCount; i++) {
    // Operands that coincide with the result, or with each other.
    number value = x[i];
    kernels->form_product(&value, &y[i], bits);
    if (!is_same(&value, &product[i], bits)) return "product";
    value = x[i];
    kernels->form_sum(&value, &y[i], 1, bits);
    if (!is_same(&value, &sum[i], bits)) return "sum";
    value = x[i];
    kernels->form_sum(&value, &y[i], -1, bits);
    if (!is_same(&value, &difference[i], bits)) return "difference";
  }
  long flip = round % 2 == 0 ? 1 : -1;
  memcpy(a, z, sizeof a);
  kernels->add_products(a, size, x, size, y, size, laneCount, flip, bits);
  for (int i = 0; i < laneCount; i++)
    by_mpfr(flip < 0 ? mpfr_sub : mpfr_add, &expected[i], &z[i], &product[i], bits);
  if (!are_same(a, expected, bits)) return "sums with products";
  if (round % 4 != 0) return NULL;

  // One accumulator, and one factor.
  a[0] = z[0];
  kernels->add_products(a, 0, x, size, y, size, laneCount, 1, bits);
  expected[0] = z[0];
  for (int i = 0; i < laneCount; i++)
    by_mpfr(mpfr_add, &expected[0], &expected[0], &product[i], bits);
  if (!is_same(&a[0], &expected[0], bits)) return "inner product";
  memcpy(a, x, sizeof a);
  kernels->multiply_lane(a, size, laneCount, &y[0], bits);
  for (int i = 0; i < laneCount; i++) by_mpfr(mpfr_mul, &expected[i], &x[i], &y[0], bits);
  if (!are_same(a, expected, bits)) return "products with a factor";
  memcpy(a, x, sizeof a);
  kernels->divide_lane(a, size, laneCount, &y[0], bits);
  for (int i = 0; i < laneCount; i++) by_mpfr(mpfr_div, &expected[i], &x[i], &y[0], bits);
  if (!are_same(a, expected, bits)) return "quotients by a divisor";

  number small = {-30, 1, {0}}, large = {30, 1, {0}};
  small.words[words_of(bits) - 1] = large.words[words_of(bits) - 1] = LSQ_TOP_BIT;
  a[0] = z[0];
  expected[0] = z[0];
  long done = kernels->add_squares(a, x, size, laneCount, &small, &large, bits), i = 0;
  for (; i < done; i++) {
    number square;
    if (x[i].exponent == __MPFR_EXP_ZERO) continue;
    if (x[i].exponent <= -30 || x[i].exponent >= 30) return "choice of squares";
    by_mpfr(mpfr_mul, &square, &x[i], &x[i], bits);
    by_mpfr(mpfr_add, &expected[0], &expected[0], &square, bits);
  }
  if (!is_same(&a[0], &expected[0], bits)) return "sum of squares";

  // (x, y) = (c·x + s·y, c·y − s·x) with c and s from the third lane; the first alone is `combine`.
  const number *c = &z[1], *s = &z[2];
  for (i = 0; i < laneCount; i++) {
    number u, v;
    by_mpfr(mpfr_mul, &u, c, &x[i], bits);
    by_mpfr(mpfr_mul, &v, s, &y[i], bits);
    by_mpfr(mpfr_add, &expected[i], &u, &v, bits);
    by_mpfr(mpfr_mul, &u, c, &y[i], bits);
    by_mpfr(mpfr_mul, &v, s, &x[i], bits);
    by_mpfr(mpfr_sub, &other[i], &u, &v, bits);
  }
  memcpy(a, x, sizeof a);
  kernels->combine(a, size, c, y, size, s, laneCount, bits);
  if (!are_same(a, expected, bits)) return "combination";
  memcpy(a, x, sizeof a);
  memcpy(b, y, sizeof b);
  kernels->rotate(a, size, b, size, laneCount, c, s, bits);
  return are_same(a, expected, bits) && are_same(b, other, bits) ? NULL : "rotation";
}

// A width of n words that does not use all of their bits.
static long draw_width(uint64_t *state, long n) {
  uint64_t kind = next_random(state);
  switch (kind & 3) {
    case 0: return 64 * n - 63;
    case 1: return 64 * n - 1;
    default: return 64 * n - 1 - (long)((kind >> 2) % 63);
  }
}

static void *run(void *argument) {
  examination *e = argument;
  uint64_t state = e->seed * 1000 + (uint64_t)e->n + (e->isWhole ? 0 : 500);
  const struct {
    const lsq_kernels *kernels;
    const lsq_functions *functions;
  } compiled[] = {
      {e->isWhole ? &lsq_plain_kernels : &lsq_plain_partial_kernels, &lsq_plain_functions},
#ifdef LSQ_HAS_BMI2_KERNELS
      {e->isWhole ? &lsq_bmi2_kernels : &lsq_bmi2_partial_kernels, &lsq_bmi2_functions},
#endif
  };
  const size_t compilations = hasBMI2 ? sizeof compiled / sizeof *compiled : 1;
  for (long i = 0; i < e->count / laneCount; i++) {
    lane x, y, z, product, sum, difference;
    functions all;
    long bits = e->isWhole ? 64 * e->n : draw_width(&state, e->n);
    draw_lanes(&state, x, y, z, bits);
    for (int j = 0; j < laneCount; j++) {
      by_mpfr(mpfr_mul, &product[j], &x[j], &y[j], bits);
      e->exact += by_mpfr(mpfr_add, &sum[j], &x[j], &y[j], bits) == 0;
      by_mpfr(mpfr_sub, &difference[j], &x[j], &y[j], bits);
      e->zeros += difference[j].exponent == __MPFR_EXP_ZERO;
    }
    if (i % 16 == 0) draw_functions(&state, &all, bits);
    for (size_t k = 0; k < compilations && !e->wrong; k++) {
      e->wrong = examine(compiled[k].kernels, x, y, z, product, sum, difference, bits, (int)(i & 3));
      if (!e->wrong && i % 16 == 0)
        e->wrong = examine_functions(compiled[k].functions, &all, &e->functions, bits);
    }
    if (e->wrong) {
      e->wrongLane = i;
      e->wrongBits = bits;
      break;
    }
  }
  mpfr_free_cache();
  return NULL;
}

int main(int count, char **arguments) {
  long millions = count > 1 ? atol(arguments[1]) : 14;
  uint64_t seed = count > 2 ? strtoull(arguments[2], NULL, 10) : 1;
#ifdef LSQ_HAS_BMI2_KERNELS
  hasBMI2 = __builtin_cpu_supports("bmi2") && __builtin_cpu_supports("lzcnt");
#endif
  enum { kinds = 2 * (LSQ_MAXIMUM_WIDE_N - 1) };
  examination all[kinds] = {{0}};
  pthread_t threads[kinds];
  for (int k = 0; k < kinds; k++) {
    int n = k / 2 + 2, isWhole = k % 2 == 1;
    long pairs = millions * 1000000 / (n > LSQ_MAXIMUM_N ? 4 : 1) / (isWhole ? 1 : 2);
    all[k] = (examination){.n = n, .count = pairs, .isWhole = isWhole, .seed = seed};
    pthread_create(&threads[k], NULL, run, &all[k]);
  }
  int failures = 0;
  long total = 0;
  for (int k = 0; k < kinds; k++) {
    pthread_join(threads[k], NULL);
    examination e = all[k];
    if (e.wrong) {
      printf("%ld bits: wrong %s in lane %ld of %s words, seed %" PRIu64 "\n", e.wrongBits, e.wrong,
          e.wrongLane, e.isWhole ? "whole" : "partial", seed);
      failures++;
    } else {
      total += e.count;
      if (e.isWhole) printf("%ld bits", 64 * e.n);
      else printf("%ld to %ld bits", 64 * e.n - 63, 64 * e.n - 1);
      printf(": %ld pairs, seed %" PRIu64 ", identical to MPFR's (%ld exact sums, %ld zero differences,"
          " %ld values of functions)\n",
          e.count, seed, e.exact, e.zeros, e.functions);
    }
    fflush(stdout);
  }
  if (failures == 0)
    printf("%ld pairs in all, kernels for %s\n", total,
        hasBMI2 ? "the plain processor and for BMI2" : "the plain processor alone");
  return failures != 0;
}
