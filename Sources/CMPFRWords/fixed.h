// Numbers in fixed point: w words behind the point, least significant first, and sometimes one before it. The
// elementary functions are computed in them, with the constants of function_tables.h.
#ifndef LSQ_FIXED_H
#define LSQ_FIXED_H

#include "function_tables.h"
#include "number.h"

// The largest error of a result, in units of its last word, when it is rounded.
#define LSQ_FIXED_ERROR (1ul << 11)

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

// The same with GMP, for more words: the whole product then takes less time than half of it by rows.
static void multiply_upper_wide(mp_limb_t *result, const mp_limb_t *x, const mp_limb_t *y, int n) {
  mp_limb_t product[2 * LSQ_FIXED_WORDS];
  mpn_mul_n(product, x, y, n);
  memcpy(result, product + n, sizeof(mp_limb_t) * (size_t)n);
}

// sum = sum·s + term, of n words each.
LSQ_INLINE void horner_step_n(mp_limb_t *sum, const mp_limb_t *s, const mp_limb_t *term, int n) {
  lsq_multiply_upper(sum, s, sum, n);
  mp_limb_t carry = 0;
  LSQ_UNROLL for (int i = 0; i < n; i++) sum[i] = lsq_add_with_carry(sum[i], term[i], &carry);
}

// Does `call` with n, where it is small enough to be known here, and returns.
#define LSQ_FOR_COUNT(count, call)                \
  switch (count) {                                \
    case 1: { enum { n = 1 }; call; return; }     \
    case 2: { enum { n = 2 }; call; return; }     \
    case 3: { enum { n = 3 }; call; return; }     \
    case 4: { enum { n = 4 }; call; return; }     \
    case 5: { enum { n = 5 }; call; return; }     \
    case 6: { enum { n = 6 }; call; return; }     \
    case 7: { enum { n = 7 }; call; return; }     \
    case 8: { enum { n = 8 }; call; return; }     \
    default: break;                               \
  }

static void horner_step(mp_limb_t *sum, const mp_limb_t *s, const mp_limb_t *term, int count) {
  LSQ_FOR_COUNT(count, horner_step_n(sum, s, term, n))
  multiply_upper_wide(sum, s, sum, count);
  mpn_add_n(sum, sum, term, count);
}

// sum = sum·s, of `count` words.
static void multiply_upper(mp_limb_t *sum, const mp_limb_t *s, int count) {
  LSQ_FOR_COUNT(count, lsq_multiply_upper(sum, s, sum, n))
  multiply_upper_wide(sum, s, sum, count);
}

// sum = sum + sum·factor.
LSQ_INLINE void add_multiple(mp_limb_t *sum, const mp_limb_t *factor, int w) {
  mp_limb_t product[LSQ_FIXED_WORDS];
  memcpy(product, factor, sizeof(mp_limb_t) * (size_t)w);
  multiply_upper(product, sum, w);
  mpn_add_n(sum, sum, product, w);
}

// The words of a width in which functions are made here; 0 for other widths.
LSQ_INLINE int words_of_functions(long bits) {
  return bits > 64 && bits <= 64 * LSQ_MAXIMUM_WIDE_N ? (int)((bits + 63) / 64) : 0;
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

// The number in `double`.
LSQ_INLINE double leading_part(const mp_limb_t *fixed, int w) {
  return (double)(long)fixed[w] + (double)(long)(fixed[w - 1] >> 11) * 0x1p-53;
}

// The words, of w, that what is multiplied by a number below 2^−bits needs for an error below 2⁻⁸ units.
LSQ_INLINE int words_needed(int bits, int w) {
  int needed = (64 * w + 8 - bits + 63) / 64;
  return needed > w ? w : needed < 1 ? 1 : needed;
}

// s + Σ cₖ·sᵏ for k from 2 to `last`, in w words. s < 2^−bits, and the cₖ are no more than a half.
static void sum_series(
    mp_limb_t *result, const mp_limb_t *s, const lsq_table_entry *c, int last, int bits, int w) {
  mp_limb_t sum[LSQ_FIXED_WORDS];
  memset(sum, 0, sizeof sum);
  for (int k = last; k >= 2; k--) {
    int used = words_needed(bits * k, w);
    horner_step(sum + w - used, s + w - used, c[k] + LSQ_TABLE_WORDS - used, used);
  }
  // s + s·(s·sum).
  multiply_upper(sum, s, w);
  multiply_upper(sum, s, w);
  mpn_add_n(result, sum, s, w);
}

// Σ (−1)ᵏ·c₂ₖ·zᵏ for k from 0 to `last`, in w words. z < 2^−bits, and the terms fall.
static void sum_alternating(
    mp_limb_t *sum, const mp_limb_t *z, const lsq_table_entry *c, int last, int bits, int w) {
  memset(sum, 0, sizeof(mp_limb_t) * (size_t)w);
  for (int k = last; k >= 0; k--) {
    int used = words_needed(bits * k, w);
    mp_limb_t *upper = sum + w - used;
    multiply_upper(upper, z + w - used, used);
    mpn_sub_n(upper, c[2 * k] + LSQ_TABLE_WORDS - used, upper, used);
  }
}

// value = ±fixed·2^exponent, rounded from n + 1 words and one above them to `bits` bits, which are n words; returns
// 0, with nothing done, where they do not decide.
LSQ_INLINE int round_fixed(
    lsq_number *value, mp_limb_t *fixed, long exponent, long sign, long bits, int n) {
  int top = fixed[n + 1] != 0 ? n + 1 : n;
  // As where x is close to 1.
  if (LSQ_RARELY(top == n && fixed[top] >> 20 == 0)) return 0;
  unsigned zeros = (unsigned)__builtin_clzl(fixed[top]);
  if (zeros != 0) mpn_lshift(fixed, fixed, top + 1, zeros);
  // The leading bits of what does not stay, and their error.
  mp_limb_t *words = fixed + top - n + 1;
  int unused = lsq_unused(bits);
  mp_limb_t rest = unused == 0 ? words[-1] : words[0] << (64 - unused) | words[-1] >> unused;
  mp_limb_t error = ((top == n ? LSQ_FIXED_ERROR << zeros : LSQ_FIXED_ERROR) >> unused) + 1;
  if (LSQ_RARELY(rest + LSQ_TOP_BIT + error < 2 * error)) return 0;
  lsq_set_up(value, words, exponent + 64 * (top - n) - (long)zeros, rest >> 63, unused, n);
  value->sign = sign;
  return 1;
}

#endif
