// exp(x), rounded.
//
//   x = q·ln 2 + r,   r = i/2⁷ + j/2¹⁴ + k/2²¹ + s,   0 ≤ s < 2⁻²¹,
//   exp x = 2^q·exp(i/2⁷)·exp(j/2¹⁴)·exp(k/2²¹)·exp s,
//
// in fixed point of w = n + 1 words. exp s is its Taylor sum by Horner's rule; what is multiplied by sᵏ is
// computed in as many words fewer as sᵏ is small. The products and sums that are cut off, all of them,
// leave the result wrong by less than 4·w + 18 units of the last of the w words. Of the n words that stay
// this is decided unless the word below them is that close to a half; exp x is never half way.
#ifndef LSQ_EXPONENTIAL_H
#define LSQ_EXPONENTIAL_H

#include "exponential_tables.h"
#include "number.h"

// The upper n words of x·y, too small by less than n + 1 units: products of words that lie below the last
// are left out. The result may be an operand.
LSQ_INLINE void lsq_multiply_upper(mp_limb_t *result, const mp_limb_t *x, const mp_limb_t *y, int n) {
  // The word below the n others, and they.
  mp_limb_t sum[LSQ_MAXIMUM_N + 2];
  mp_limb_t low[LSQ_MAXIMUM_N + 1], high[LSQ_MAXIMUM_N + 1];
  LSQ_UNROLL for (int i = 0; i <= n; i++) sum[i] = 0;
  LSQ_UNROLL for (int i = 0; i < n; i++) {
    LSQ_UNROLL for (int j = 0; j <= i; j++) {
      lsq_double_word t = (lsq_double_word)x[i] * y[n - 1 - i + j];
      low[j] = (mp_limb_t)t;
      high[j] = (mp_limb_t)(t >> 64);
    }
    mp_limb_t carry = 0;
    LSQ_UNROLL for (int j = 0; j <= i; j++) sum[j] = lsq_add_with_carry(sum[j], low[j], &carry);
    sum[i + 1] += carry;
    carry = 0;
    LSQ_UNROLL for (int j = 0; j <= i; j++)
      sum[j + 1] = lsq_add_with_carry(sum[j + 1], high[j], &carry);
    if (i + 2 <= n) sum[i + 2] = carry;
  }
  LSQ_UNROLL for (int i = 0; i < n; i++) result[i] = sum[i + 1];
}

// The same with GMP, for more words: the whole product takes less time than half of it by rows.
static void multiply_upper_wide(mp_limb_t *result, const mp_limb_t *x, const mp_limb_t *y, int n) {
  mp_limb_t product[2 * LSQ_EXPONENTIAL_WORDS];
  mpn_mul_n(product, x, y, n);
  memcpy(result, product + n, sizeof(mp_limb_t) * (size_t)n);
}

// sum = sum·s + term, of n words each.
LSQ_INLINE void horner_step_n(mp_limb_t *sum, const mp_limb_t *s, const mp_limb_t *term, int n) {
  lsq_multiply_upper(sum, s, sum, n);
  mp_limb_t carry = 0;
  LSQ_UNROLL for (int i = 0; i < n; i++) sum[i] = lsq_add_with_carry(sum[i], term[i], &carry);
}

static void horner_step(mp_limb_t *sum, const mp_limb_t *s, const mp_limb_t *term, int n) {
  switch (n) {
    case 1: horner_step_n(sum, s, term, 1); return;
    case 2: horner_step_n(sum, s, term, 2); return;
    case 3: horner_step_n(sum, s, term, 3); return;
    case 4: horner_step_n(sum, s, term, 4); return;
    case 5: horner_step_n(sum, s, term, 5); return;
    case 6: horner_step_n(sum, s, term, 6); return;
    case 7: horner_step_n(sum, s, term, 7); return;
    case 8: horner_step_n(sum, s, term, 8); return;
    default: break;
  }
  multiply_upper_wide(sum, s, sum, n);
  mpn_add_n(sum, sum, term, n);
}

// sum = sum·s of n words.
static void multiply_upper(mp_limb_t *sum, const mp_limb_t *s, int n) {
  switch (n) {
    case 3: lsq_multiply_upper(sum, s, sum, 3); return;
    case 4: lsq_multiply_upper(sum, s, sum, 4); return;
    case 5: lsq_multiply_upper(sum, s, sum, 5); return;
    case 6: lsq_multiply_upper(sum, s, sum, 6); return;
    case 7: lsq_multiply_upper(sum, s, sum, 7); return;
    case 8: lsq_multiply_upper(sum, s, sum, 8); return;
    default: multiply_upper_wide(sum, s, sum, n);
  }
}

// sum = sum + sum·factor.
LSQ_INLINE void add_multiple(mp_limb_t *sum, const mp_limb_t *factor, int w) {
  mp_limb_t product[LSQ_EXPONENTIAL_WORDS];
  memcpy(product, factor, sizeof(mp_limb_t) * (size_t)w);
  multiply_upper(product, sum, w);
  mpn_add_n(sum, sum, product, w);
}

// |x| in w words and one above them for its integer part. |x| < 2^20.
LSQ_INLINE void set_fixed(mp_limb_t *fixed, const lsq_number *x, int w) {
  int n = w - 1;
  fixed[0] = fixed[w] = 0;
  memcpy(fixed + 1, x->words, sizeof(mp_limb_t) * (size_t)n);
  if (x->exponent > 0) {
    mpn_lshift(fixed, fixed, w + 1, (unsigned)x->exponent);
  } else if (x->exponent < 0) {
    int whole = (int)(-x->exponent / 64);
    unsigned part = (unsigned)(-x->exponent % 64);
    if (part != 0) mpn_rshift(fixed, fixed, w, part);
    if (whole == 0) return;
    for (int i = 0; i < w; i++) fixed[i] = i + whole < w ? fixed[i + whole] : 0;
  }
}

// ⌊x/ln 2⌋, or one less where that is almost reached.
LSQ_INLINE long quotient_by_ln2(const mp_limb_t *fixed, long sign, int w) {
  double size = (double)(long)fixed[w] + (double)(long)(fixed[w - 1] >> 11) * 0x1p-53;
  double quotient = (sign < 0 ? -size : size) * 1.4426950408889634 - 0x1p-20;
  long whole = (long)quotient;
  return whole - (quotient < (double)whole);
}

// r = x − q·ln 2 in w words, of which less than two units are lost; 0 if it is not in [0, ln 2 + 2⁻¹⁹).
LSQ_INLINE int reduce(mp_limb_t *r, mp_limb_t *fixed, long sign, long q, int w) {
  mp_limb_t multiple[LSQ_EXPONENTIAL_WORDS + 2];
  multiple[w + 1] = mpn_mul_1(
      multiple, lsq_exponential.ln2 + LSQ_TABLE_WORDS - w - 1, w + 1, (mp_limb_t)(q < 0 ? -q : q));
  if (sign < 0) mpn_sub_n(fixed, multiple + 1, fixed, w + 1);
  else if (q < 0) mpn_add_n(fixed, fixed, multiple + 1, w + 1);
  else mpn_sub_n(fixed, fixed, multiple + 1, w + 1);
  memcpy(r, fixed, sizeof(mp_limb_t) * (size_t)w);
  return fixed[w] == 0 && fixed[w - 1] < lsq_exponential.ln2[LSQ_TABLE_WORDS - 1] + (1ul << 45);
}

// s + Σ cₖ·sᵏ for k from 2 to `last`, in w words. s < 2^−bits, and the cₖ are no more than a half.
static void sum_series(
    mp_limb_t *result, const mp_limb_t *s, const lsq_table_entry *c, int last, int bits, int w) {
  mp_limb_t sum[LSQ_EXPONENTIAL_WORDS];
  memset(sum, 0, sizeof sum);
  for (int k = last; k >= 2; k--) {
    // The words that what is multiplied by sᵏ needs for an error below 2⁻⁸ units.
    int used = (64 * w + 8 - bits * k + 63) / 64;
    if (used > w) used = w;
    if (used < 1) used = 1;
    horner_step(sum + w - used, s + w - used, c[k] + LSQ_TABLE_WORDS - used, used);
  }
  // s + s·(s·sum).
  multiply_upper(sum, s, w);
  multiply_upper(sum, s, w);
  mpn_add_n(result, sum, s, w);
}

// Sets w words to exp(±x)/2^q, between a quarter and one, and q, for x in w words and one above them, which
// are overwritten; returns 0 if it cannot.
static int set_power(mp_limb_t *power, long *exponent, mp_limb_t *fixed, long sign, int w) {
  mp_limb_t s[LSQ_EXPONENTIAL_WORDS], rest[LSQ_EXPONENTIAL_WORDS];
  const int unused = LSQ_TABLE_WORDS - w;
  lsq_prepare_exponential();
  long q = quotient_by_ln2(fixed, sign, w);
  if (LSQ_RARELY(!reduce(s, fixed, sign, q, w))) return 0;
  mp_limb_t leading = s[w - 1];
  s[w - 1] = leading << LSQ_TABLE_BITS >> LSQ_TABLE_BITS;
  sum_series(rest, s, lsq_exponential.factorials, lsq_exponential_terms[w], LSQ_TABLE_BITS, w);
  mp_limb_t i = leading >> (64 - LSQ_STEP_BITS);
  mp_limb_t j = leading << LSQ_STEP_BITS >> (64 - LSQ_STEP_BITS);
  mp_limb_t k = leading << 2 * LSQ_STEP_BITS >> (64 - LSQ_STEP_BITS);
  memcpy(power, lsq_exponential.coarse[i] + unused, sizeof(mp_limb_t) * (size_t)w);
  add_multiple(power, lsq_exponential.fine[j] + unused, w);
  add_multiple(power, lsq_exponential.finest[k] + unused, w);
  add_multiple(power, rest, w);
  // The coarse powers are quarters, so that nothing is carried out.
  *exponent = q + 2;
  return 1;
}

// value = power·2^exponent, rounded from n + 1 words; returns 0, with nothing done, where they do not decide.
LSQ_INLINE int round_power(lsq_number *value, mp_limb_t *power, long exponent, int n) {
  int w = n + 1;
  unsigned zeros = (unsigned)__builtin_clzl(power[w - 1]);
  if (zeros != 0) mpn_lshift(power, power, w, zeros);
  if (LSQ_RARELY(power[0] + LSQ_TOP_BIT + (1ul << 10) < 2ul << 10)) return 0;
  mp_limb_t carry = mpn_add_1(value->words, power + 1, n, power[0] >> 63);
  if (carry) value->words[n - 1] = LSQ_TOP_BIT;
  value->exponent = exponent - (long)zeros + (long)carry;
  value->sign = 1;
  return 1;
}

// value = exp(value); returns 0, with nothing done, for numbers that are not made here or that this does
// not decide.
static int form_exponential(void *argument, long bits) {
  lsq_number *value = argument;
  int n = (int)(bits / 64), w = n + 1;
  if (bits % 64 != 0 || n < 2 || n > LSQ_MAXIMUM_WIDE_N) return 0;
  if (value->exponent > 20 || value->exponent < -bits) return 0;
  mp_limb_t fixed[LSQ_EXPONENTIAL_WORDS + 1], power[LSQ_EXPONENTIAL_WORDS];
  long exponent;
  set_fixed(fixed, value, w);
  if (LSQ_RARELY(!set_power(power, &exponent, fixed, value->sign, w))) return 0;
  return round_power(value, power, exponent, n);
}

#endif
