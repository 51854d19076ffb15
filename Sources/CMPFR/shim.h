// What the Swift side needs of MPFR beyond its plain functions.
#ifndef LSQ_CMPFR_SHIM_H
#define LSQ_CMPFR_SHIM_H

#include <mpfr.h>

#include "airy.h"
#include "cosm1.h"

#if MPFR_VERSION < MPFR_VERSION_NUM(4, 2, 0)
#error "MPFR 4.2 or newer is needed"
#endif

// MPFR marks zero, infinity and NaN by exponents of their own. The custom interface, whose macros
// Swift cannot see, tells which.
static inline mpfr_exp_t lsq_exponent_of_kind(int kind) {
  mp_limb_t limb = 0;
  mpfr_t x;
  mpfr_custom_init_set(x, kind, 0, GMP_NUMB_BITS, &limb);
  return mpfr_custom_get_exp(x);
}

static inline mpfr_exp_t lsq_exponent_of_zero(void) { return lsq_exponent_of_kind(MPFR_ZERO_KIND); }
static inline mpfr_exp_t lsq_exponent_of_infinity(void) { return lsq_exponent_of_kind(MPFR_INF_KIND); }
static inline mpfr_exp_t lsq_exponent_of_nan(void) { return lsq_exponent_of_kind(MPFR_NAN_KIND); }

// Room for the widest number, all zero.
#define LSQ_MAXIMUM_WORDS 1152
static inline const void *lsq_blank(void) {
  static const mp_limb_t zeros[2 + LSQ_MAXIMUM_WORDS];
  return zeros;
}

// Sets all of the thread's flags to what mpfr_flags_save returned.
static inline void lsq_restore_flags(mpfr_flags_t flags) { mpfr_flags_restore(flags, MPFR_FLAGS_ALL); }

// Rounds an integer of `count` words, least significant first, to the precision of `result`.
static inline int lsq_set_words(
    mpfr_ptr result, const unsigned long *words, size_t count, int isNegative,
    mpfr_exp_t exponent, mpfr_rnd_t rounding) {
  const mpfr_exp_t far = 1l << 28;
  if (count > 0 && words[count - 1] >> (GMP_NUMB_BITS - 1) && -far < exponent && exponent < far) {
    // The words are those of a number of MPFR's as they stand.
    __mpfr_struct number = {
        (mpfr_prec_t)count * GMP_NUMB_BITS, isNegative ? -1 : 1,
        exponent + (mpfr_exp_t)count * GMP_NUMB_BITS, (mp_limb_t *)words};
    return mpfr_set(result, &number, rounding);
  }
  mpz_t integer;
  mpz_init(integer);
  mpz_import(integer, count, -1, sizeof(unsigned long), 0, 0, words);
  if (isNegative) mpz_neg(integer, integer);
  int ternary = mpfr_set_z_2exp(result, integer, exponent, rounding);
  mpz_clear(integer);
  return ternary;
}

// x + (y − x)·t with t the integer of `count` words, least significant first, times 2^exponent. The
// distance is cut off after 64 bits more than `result` has, so that it is never too long.
static inline int lsq_between(
    mpfr_ptr result, mpfr_srcptr x, mpfr_srcptr y, const unsigned long *words, size_t count,
    mpfr_exp_t exponent, mpfr_rnd_t rounding) {
  mpfr_t distance, t;
  mpfr_exp_t least = mpfr_get_emin(), greatest = mpfr_get_emax();
  mpfr_set_emin(mpfr_get_emin_min());
  mpfr_set_emax(mpfr_get_emax_max());
  mpfr_init2(distance, mpfr_get_prec(result) + 64);
  mpfr_sub(distance, y, x, MPFR_RNDZ);
  mpfr_init2(t, count * GMP_NUMB_BITS);
  lsq_set_words(t, words, count, 0, exponent, MPFR_RNDZ);
  int ternary = mpfr_fma(result, distance, t, x, rounding);
  mpfr_clear(t);
  mpfr_clear(distance);
  mpfr_set_emin(least);
  mpfr_set_emax(greatest);
  return ternary;
}

#endif
