// cos x − 1, for which MPFR has no function.
#ifndef LSQ_COSM1_H
#define LSQ_COSM1_H

#include <mpfr.h>

// −x²/2, moved towards zero by less than x⁴/24, where that is below the last of all the bits of x² and of `result`: what is
// left of the series does not change how it rounds.
static inline int lsq_cosm1_small(
    mpfr_ptr result, mpfr_srcptr x, mpfr_prec_t bits, mpfr_rnd_t rounding) {
  mpfr_t value;
  mpfr_init2(value, bits + 1);
  mpfr_sqr(value, x, MPFR_RNDN);
  mpfr_div_2ui(value, value, 1, MPFR_RNDN);
  mpfr_nextbelow(value);
  mpfr_neg(value, value, MPFR_RNDN);
  int ternary = mpfr_set(result, value, rounding);
  mpfr_clear(value);
  return ternary;
}

// −2·sin²(x/2) to 3 units of a last place, at more and more places until that tells how it rounds.
static inline int lsq_cosm1_sine(mpfr_ptr result, mpfr_srcptr x, mpfr_rnd_t rounding) {
  mpfr_prec_t needed = mpfr_get_prec(result) + (rounding == MPFR_RNDN);
  mpfr_t half, value;
  mpfr_init2(half, mpfr_get_prec(x));
  mpfr_div_2ui(half, x, 1, MPFR_RNDN);
  mpfr_init2(value, 64);
  int isDone = 0;
  for (mpfr_prec_t bits = needed + 32; !isDone; bits *= 2) {
    mpfr_set_prec(value, bits);
    mpfr_sin(value, half, MPFR_RNDN);
    mpfr_sqr(value, value, MPFR_RNDN);
    isDone = mpfr_can_round(value, bits - 2, MPFR_RNDN, MPFR_RNDZ, needed);
  }
  mpfr_mul_si(value, value, -2, MPFR_RNDN);
  int ternary = mpfr_set(result, value, rounding);
  mpfr_clear(half);
  mpfr_clear(value);
  return ternary;
}

// cos x − 1, correctly rounded; −0 at zero.
static inline int lsq_cosm1(mpfr_ptr result, mpfr_srcptr x, mpfr_rnd_t rounding) {
  if (!mpfr_number_p(x)) return mpfr_cos(result, x, rounding);
  if (mpfr_zero_p(x)) return mpfr_set_zero(result, -1), 0;
  mpfr_exp_t least = mpfr_get_emin(), greatest = mpfr_get_emax();
  mpfr_set_emin(mpfr_get_emin_min());
  mpfr_set_emax(mpfr_get_emax_max());
  mpfr_prec_t square = 2 * mpfr_get_prec(x), own = mpfr_get_prec(result);
  mpfr_prec_t bits = (square > own ? square : own) + 2;
  int ternary = 2 * mpfr_get_exp(x) - 3 < -bits ? lsq_cosm1_small(result, x, bits, rounding)
                                                : lsq_cosm1_sine(result, x, rounding);
  mpfr_set_emin(least);
  mpfr_set_emax(greatest);
  return mpfr_check_range(result, ternary, rounding);
}

#endif
