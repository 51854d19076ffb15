// The Airy function by its asymptotic expansion where that converges, since MPFR's power series takes as
// many bits as the result is small: seconds at a thousand, more memory than there is at a million.
//
// Source: NIST Digital Library of Mathematical Functions, 9.7.5, 9.7.9 and 9.7(iii).
#ifndef LSQ_AIRY_H
#define LSQ_AIRY_H

#include <mpfr.h>

// With ζ = ⅔|x|^(3/2), t₀ = 1 and t_k = t_{k−1}·(6k−5)(6k−3)(6k−1)/(216·k·(2k−1)·ζ):
//
//   Ai(x)  = e^(−ζ)·(Σ t_2k − Σ t_2k+1) / (2√π·x^¼)                            for x > 0,
//   Ai(−x) = (cos(ζ−π/4)·Σ(−1)ᵏ t_2k + sin(ζ−π/4)·Σ(−1)ᵏ t_2k+1) / (√π·x^¼).
//
// What is cut off is less than the first term that is left out, and up to k = ζ each term is less than half
// of the one before, so that ζ > bits + 32 is enough. Sets `value` to Ai(x) and returns the number of its
// bits that are right. The precision of `value` exceeds `bits` by 64 and by the exponent of ζ.
static inline mpfr_exp_t lsq_airy_expansion(
    mpfr_ptr value, mpfr_srcptr x, mpfr_srcptr zeta, mpfr_prec_t bits) {
  const int isPositive = mpfr_sgn(x) > 0;
  mpfr_t even, odd, term, sine, cosine;
  mpfr_inits2(mpfr_get_prec(value), even, odd, term, sine, cosine, (mpfr_ptr)0);
  mpfr_set_ui(term, 1, MPFR_RNDN);
  mpfr_set(even, term, MPFR_RNDN);
  mpfr_set_ui(odd, 0, MPFR_RNDN);
  for (unsigned long k = 1; mpfr_get_exp(term) > -bits - 16; k++) {
    mpfr_mul_ui(term, term, 6 * k - 5, MPFR_RNDN);
    mpfr_mul_ui(term, term, 6 * k - 3, MPFR_RNDN);
    mpfr_mul_ui(term, term, 6 * k - 1, MPFR_RNDN);
    mpfr_div_ui(term, term, 216, MPFR_RNDN);
    mpfr_div_ui(term, term, k, MPFR_RNDN);
    mpfr_div_ui(term, term, 2 * k - 1, MPFR_RNDN);
    mpfr_div(term, term, zeta, MPFR_RNDN);
    mpfr_ptr sum = k % 2 ? odd : even;
    if (!isPositive && k / 2 % 2)
      mpfr_sub(sum, sum, term, MPFR_RNDN);
    else
      mpfr_add(sum, sum, term, MPFR_RNDN);
  }
  mpfr_exp_t right = bits;
  if (isPositive) {
    mpfr_sub(value, even, odd, MPFR_RNDN);
    mpfr_neg(term, zeta, MPFR_RNDN);
    mpfr_exp(term, term, MPFR_RNDN);
    mpfr_mul(value, value, term, MPFR_RNDN);
    mpfr_div_2ui(value, value, 1, MPFR_RNDN);
  } else {
    mpfr_const_pi(term, MPFR_RNDN);
    mpfr_div_2ui(term, term, 2, MPFR_RNDN);
    mpfr_sub(term, zeta, term, MPFR_RNDN);
    mpfr_sin_cos(sine, cosine, term, MPFR_RNDN);
    mpfr_mul(even, even, cosine, MPFR_RNDN);
    mpfr_mul(odd, odd, sine, MPFR_RNDN);
    mpfr_add(value, even, odd, MPFR_RNDN);
    // Near a zero the leading bits cancel.
    right = mpfr_zero_p(value) ? 0 : bits + mpfr_get_exp(value) - 1;
  }
  mpfr_abs(term, x, MPFR_RNDN);
  mpfr_sqrt(term, term, MPFR_RNDN);
  mpfr_sqrt(term, term, MPFR_RNDN);
  mpfr_div(value, value, term, MPFR_RNDN);
  mpfr_const_pi(term, MPFR_RNDN);
  mpfr_sqrt(term, term, MPFR_RNDN);
  mpfr_div(value, value, term, MPFR_RNDN);
  mpfr_clears(even, odd, term, sine, cosine, (mpfr_ptr)0);
  return right;
}

// Ai(x), correctly rounded; the ternary value is that of mpfr_ai.
static inline int lsq_airy(mpfr_ptr result, mpfr_srcptr x, mpfr_rnd_t rounding) {
  if (!mpfr_regular_p(x) || mpfr_get_exp(x) < 5) return mpfr_ai(result, x, rounding);
  mpfr_t zeta, value;
  if (mpfr_sgn(x) > 0 && mpfr_get_exp(x) > 40) {
    // Below MPFR's default range, as e^(−2⁶⁰) is.
    mpfr_init2(value, 2);
    mpfr_set_si_2exp(value, -1, 60, MPFR_RNDN);
    int ternary = mpfr_exp(result, value, rounding);
    mpfr_clear(value);
    return ternary;
  }
  mpfr_exp_t least = mpfr_get_emin(), greatest = mpfr_get_emax();
  mpfr_set_emin(mpfr_get_emin_min());
  mpfr_set_emax(mpfr_get_emax_max());
  int ternary = 0, isDone = 0;
  mpfr_init2(zeta, 64);
  mpfr_init2(value, 64);
  for (mpfr_prec_t bits = mpfr_get_prec(result) + 32; !isDone; bits *= 2) {
    // ζ² = 4|x|³/9.
    mpfr_prec_t working = bits + 64 + 2 * mpfr_get_exp(x);
    mpfr_set_prec(zeta, working);
    mpfr_set_prec(value, working);
    mpfr_abs(zeta, x, MPFR_RNDN);
    mpfr_pow_ui(zeta, zeta, 3, MPFR_RNDN);
    mpfr_mul_2ui(zeta, zeta, 2, MPFR_RNDN);
    mpfr_div_ui(zeta, zeta, 9, MPFR_RNDN);
    mpfr_sqrt(zeta, zeta, MPFR_RNDN);
    if (mpfr_cmp_ui(zeta, bits + 32) < 0) break;
    mpfr_exp_t right = lsq_airy_expansion(value, x, zeta, bits);
    isDone = mpfr_can_round(
        value, right, MPFR_RNDN, MPFR_RNDZ, mpfr_get_prec(result) + (rounding == MPFR_RNDN));
    if (isDone) ternary = mpfr_set(result, value, rounding);
  }
  mpfr_set_emin(least);
  mpfr_set_emax(greatest);
  mpfr_clear(zeta);
  mpfr_clear(value);
  return isDone ? mpfr_check_range(result, ternary, rounding) : mpfr_ai(result, x, rounding);
}

#endif
