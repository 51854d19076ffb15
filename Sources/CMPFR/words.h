// Addition, subtraction and multiplication of numbers of 64·n bits, n = 2…8, on GMP's word layer.
//
// The law: the result is what mpfr_add, mpfr_sub or mpfr_mul makes with MPFR_RNDN at 64·n bits of the same
// operands, bit for bit, and no flag of MPFR is touched. Whatever is not an ordinary sum or product of two
// ordinary numbers with an exponent well inside MPFR's range is left alone: the functions return 0, and the
// caller asks MPFR. Benchmarks/Sources/stress proves the law on random operands.
//
// A number lies in memory as MPFloat's does: exponent, sign (±1), n words, least significant first, the
// top bit set; its value is ±0.1…·2^exponent. The result may be either operand or both.
#ifndef LSQ_CMPFR_WORDS_H
#define LSQ_CMPFR_WORDS_H

#include <mpfr.h>
#include <string.h>

typedef struct {
  mpfr_exp_t exponent;
  long sign;
  mp_limb_t words[];
} lsq_number;

#define LSQ_MAXIMUM_N 8
#define LSQ_WORDS_INLINE static inline __attribute__((always_inline))
typedef unsigned __int128 lsq_double_word;

// An exponent this far from the ends of the range neither overflows nor underflows, whatever is done to two
// such numbers here. Zero, infinity and NaN are outside.
LSQ_WORDS_INLINE int lsq_is_ordinary(mpfr_exp_t exponent) {
  return (unsigned long)exponent + (1ul << 28) < (2ul << 28);
}

// Adds to `n` words the word `carry` and returns what is carried out.
LSQ_WORDS_INLINE mp_limb_t lsq_increment(mp_limb_t *x, long n) {
  for (long i = 0; i < n; i++)
    if (++x[i] != 0) return 0;
  return 1;
}

// Rounds up, to nearest with ties to even, by the bits behind the last word: the next one `half`, and
// whether any of the `rest` is set.
LSQ_WORDS_INLINE void lsq_round(
    lsq_number *result, const mp_limb_t *words, long n, mpfr_exp_t exponent, mp_limb_t half,
    mp_limb_t rest) {
  for (long i = 0; i < n; i++) result->words[i] = words[i];
  if (half != 0 && ((rest != 0) | (words[0] & 1)) != 0 && lsq_increment(result->words, n) != 0) {
    result->words[n - 1] = 1ul << 63;
    exponent++;
  }
  result->exponent = exponent;
}

// The whole product of 2n words.
LSQ_WORDS_INLINE void lsq_multiply_words(
    mp_limb_t *product, const mp_limb_t *x, const mp_limb_t *y, long n) {
  if (n > 4) {
    mpn_mul_n(product, x, y, n);
    return;
  }
  for (long i = 0; i < 2 * n; i++) product[i] = 0;
#pragma clang loop unroll(full)
  for (long i = 0; i < n; i++) {
    mp_limb_t carry = 0;
#pragma clang loop unroll(full)
    for (long j = 0; j < n; j++) {
      lsq_double_word t = (lsq_double_word)x[i] * y[j] + product[i + j] + carry;
      product[i + j] = (mp_limb_t)t;
      carry = (mp_limb_t)(t >> 64);
    }
    product[i + n] = carry;
  }
}

LSQ_WORDS_INLINE int lsq_multiply_n(
    lsq_number *result, const lsq_number *x, const lsq_number *y, long n) {
  if (!(lsq_is_ordinary(x->exponent) & lsq_is_ordinary(y->exponent))) return 0;
  mp_limb_t product[2 * LSQ_MAXIMUM_N];
  lsq_multiply_words(product, x->words, y->words, n);
  mpfr_exp_t exponent = x->exponent + y->exponent;
  result->sign = x->sign * y->sign;
  // The product of two numbers in [1/2, 1) may have a zero in front.
  if (product[2 * n - 1] >> 63 == 0) {
    exponent--;
    for (long i = 2 * n - 1; i > n - 2; i--) product[i] = product[i] << 1 | product[i - 1] >> 63;
    product[n - 2] <<= 1;
  }
  mp_limb_t half = product[n - 1] >> 63;
  mp_limb_t rest = product[n - 1] << 1;
  // Only a tie, or what looks like one, needs the words below.
  if (rest == 0)
    for (long i = 0; i < n - 1; i++) rest |= product[i];
  lsq_round(result, product + n, n, exponent, half, rest);
  return 1;
}

// x + y, or with `flip` of −1 x − y.
LSQ_WORDS_INLINE int lsq_add_n(
    lsq_number *result, const lsq_number *x, const lsq_number *y, long flip, long n) {
  if (!(lsq_is_ordinary(x->exponent) & lsq_is_ordinary(y->exponent))) return 0;
  long sign = x->sign;
  int isDifference = sign != y->sign * flip;
  // x is the one of greater exponent.
  if (x->exponent < y->exponent) {
    const lsq_number *other = x;
    x = y;
    y = other;
    sign = isDifference ? -sign : sign;
  }
  mpfr_exp_t exponent = x->exponent;
  unsigned long distance = (unsigned long)(exponent - y->exponent);
  // y shifted by the distance, with one word more below; what is further down is the rest.
  mp_limb_t shifted[LSQ_MAXIMUM_N + 1];
  mp_limb_t rest = 0;
  if (distance < 64) {
    unsigned part = (unsigned)distance;
    shifted[0] = y->words[0] << 1 << (63 - part);
    for (long i = 0; i < n - 1; i++)
      shifted[i + 1] = y->words[i] >> part | y->words[i + 1] << 1 << (63 - part);
    shifted[n] = y->words[n - 1] >> part;
  } else if (distance > 64ul * n + 2) {
    for (long i = 0; i <= n; i++) shifted[i] = 0;
    rest = 1;
  } else {
    long whole = (long)(distance / 64);
    unsigned part = distance % 64;
    // y·2^64 with zeros above.
    mp_limb_t padded[2 * LSQ_MAXIMUM_N + 3];
    padded[0] = 0;
    for (long i = 0; i < n; i++) padded[i + 1] = y->words[i];
    for (long i = n + 1; i < 2 * n + 3; i++) padded[i] = 0;
    for (long i = 0; i < whole; i++) rest |= padded[i];
    rest |= padded[whole] << 1 << (63 - part);
    for (long i = 0; i <= n; i++)
      shifted[i] = padded[i + whole] >> part | padded[i + whole + 1] << 1 << (63 - part);
  }
  mp_limb_t sum[LSQ_MAXIMUM_N + 1];
  if (!isDifference) {
    sum[0] = shifted[0];
    mp_limb_t carry = 0;
    for (long i = 0; i < n; i++) {
      lsq_double_word t = (lsq_double_word)x->words[i] + shifted[i + 1] + carry;
      sum[i + 1] = (mp_limb_t)t;
      carry = (mp_limb_t)(t >> 64);
    }
    if (carry != 0) {
      rest |= sum[0] & 1;
      for (long i = 0; i < n; i++) sum[i] = sum[i] >> 1 | sum[i + 1] << 63;
      sum[n] = sum[n] >> 1 | 1ul << 63;
      exponent++;
    }
  } else {
    // A rest below the last word takes one more from it and leaves a rest above zero.
    mp_limb_t borrow = rest != 0;
    {
      lsq_double_word t = (lsq_double_word)0 - shifted[0] - borrow;
      sum[0] = (mp_limb_t)t;
      borrow = (mp_limb_t)(t >> 64) & 1;
    }
    for (long i = 0; i < n; i++) {
      lsq_double_word t = (lsq_double_word)x->words[i] - shifted[i + 1] - borrow;
      sum[i + 1] = (mp_limb_t)t;
      borrow = (mp_limb_t)(t >> 64) & 1;
    }
    if (borrow != 0) {
      // The exponents were alike and y the greater, so that there is no rest.
      sign = -sign;
      mp_limb_t carry = 1;
      for (long i = 0; i <= n; i++) {
        sum[i] = ~sum[i] + carry;
        carry &= sum[i] == 0;
      }
    }
    // With a rest at most one bit is lost in front; without one the shift brings in zeros rightly.
    long empty = 0;
    while (empty <= n && sum[n] == 0) {
      for (long i = n; i > 0; i--) sum[i] = sum[i - 1];
      sum[0] = 0;
      empty++;
    }
    if (empty > n) {
      result->sign = 1;
      result->exponent = __MPFR_EXP_ZERO;
      return 1;
    }
    int zeros = __builtin_clzl(sum[n]);
    if (zeros != 0) {
      for (long i = n; i > 0; i--) sum[i] = sum[i] << zeros | sum[i - 1] >> (64 - zeros);
      sum[0] <<= zeros;
    }
    exponent -= 64 * empty + zeros;
  }
  result->sign = sign;
  lsq_round(result, sum + 1, n, exponent, sum[0] >> 63, sum[0] << 1 | rest);
  return 1;
}

#define LSQ_FOR_WORDS(bits, call)          \
  switch (bits) {                          \
    case 128: { enum { n = 2 }; return call; } \
    case 192: { enum { n = 3 }; return call; } \
    case 256: { enum { n = 4 }; return call; } \
    case 320: { enum { n = 5 }; return call; } \
    case 384: { enum { n = 6 }; return call; } \
    case 448: { enum { n = 7 }; return call; } \
    case 512: { enum { n = 8 }; return call; } \
    default: return 0;                     \
  }

// result = x·y; 0 if MPFR must do it.
static inline int lsq_multiply(void *result, const void *x, const void *y, long bits) {
  LSQ_FOR_WORDS(bits, lsq_multiply_n((lsq_number *)result, (const lsq_number *)x,
      (const lsq_number *)y, n))
}

// result = x ± y, by the sign of `flip`; 0 if MPFR must do it.
static inline int lsq_add(void *result, const void *x, const void *y, long flip, long bits) {
  LSQ_FOR_WORDS(bits, lsq_add_n((lsq_number *)result, (const lsq_number *)x, (const lsq_number *)y,
      flip, n))
}

// sum = sum ± (x·y rounded), by the sign of `flip`, with two roundings; 0 if MPFR must do it, and then
// the sum is as it was.
LSQ_WORDS_INLINE int lsq_add_product_n(
    lsq_number *sum, const lsq_number *x, const lsq_number *y, long flip, long n) {
  mp_limb_t room[LSQ_MAXIMUM_N + 2];
  lsq_number *product = (lsq_number *)room;
  return lsq_multiply_n(product, x, y, n) && lsq_add_n(sum, sum, product, flip, n);
}

static inline int lsq_add_product(
    void *sum, const void *x, const void *y, long flip, long bits) {
  LSQ_FOR_WORDS(bits, lsq_add_product_n((lsq_number *)sum, (const lsq_number *)x,
      (const lsq_number *)y, flip, n))
}

// What MPFR computes, for numbers of more than 64 bits, with the flags left as they were.
typedef int lsq_operation(mpfr_ptr, mpfr_srcptr, mpfr_srcptr, mpfr_rnd_t);
LSQ_WORDS_INLINE void lsq_call(
    lsq_operation *operation, lsq_number *value, const lsq_number *y, long bits) {
  __mpfr_struct result = {bits, (int)value->sign, value->exponent, value->words};
  __mpfr_struct right = {bits, (int)y->sign, y->exponent, (mp_limb_t *)y->words};
  mpfr_flags_t flags = mpfr_flags_save();
  operation(&result, &result, &right, MPFR_RNDN);
  mpfr_flags_restore(flags, MPFR_FLAGS_ALL);
  value->sign = result._mpfr_sign;
  value->exponent = result._mpfr_exp;
}

// value = value + y, value − y, value·y of more than 64 bits, however they are made. The two do not
// overlap.
static inline void lsq_form_sum(void *value, const void *y, long bits) {
  if (!lsq_add(value, value, y, 1, bits)) lsq_call(mpfr_add, value, y, bits);
}
static inline void lsq_form_difference(void *value, const void *y, long bits) {
  if (!lsq_add(value, value, y, -1, bits)) lsq_call(mpfr_sub, value, y, bits);
}
static inline void lsq_form_product(void *value, const void *y, long bits) {
  if (!lsq_multiply(value, value, y, bits)) lsq_call(mpfr_mul, value, y, bits);
}
static inline void lsq_form_quotient(void *value, const void *y, long bits) {
  lsq_call(mpfr_div, value, y, bits);
}

// sumᵢ = sumᵢ ± (xᵢ·yᵢ rounded), by the sign of `flip`, for i from 0 up to count − 1, with two roundings
// each, at any number of bits of MPFR's own range. Strides are in bytes and may be zero. No sum lies
// among the xᵢ and yᵢ of its own or a later step. The flags are left as they were.
static inline void lsq_add_products(
    void *sum, long sumStride, const void *x, long xStride, const void *y, long yStride, long count,
    long flip, long bits) {
  mpfr_flags_t flags = mpfr_flags_save();
  mp_limb_t words[(bits + 63) / 64];
  for (long i = 0; i < count; i++) {
    lsq_number *s = (lsq_number *)((char *)sum + i * sumStride);
    const lsq_number *a = (const lsq_number *)((const char *)x + i * xStride);
    const lsq_number *b = (const lsq_number *)((const char *)y + i * yStride);
    if (lsq_add_product(s, a, b, flip, bits)) continue;
    __mpfr_struct product = {bits, 1, 0, words};
    __mpfr_struct left = {bits, (int)a->sign, a->exponent, (mp_limb_t *)a->words};
    __mpfr_struct right = {bits, (int)b->sign, b->exponent, (mp_limb_t *)b->words};
    __mpfr_struct total = {bits, (int)s->sign, s->exponent, s->words};
    mpfr_mul(&product, &left, &right, MPFR_RNDN);
    if (flip < 0) mpfr_sub(&total, &total, &product, MPFR_RNDN);
    else mpfr_add(&total, &total, &product, MPFR_RNDN);
    s->sign = total._mpfr_sign;
    s->exponent = total._mpfr_exp;
  }
  mpfr_flags_restore(flags, MPFR_FLAGS_ALL);
}

#endif
