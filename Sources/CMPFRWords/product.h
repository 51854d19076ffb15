// Products, rounded.
#ifndef LSQ_PRODUCT_H
#define LSQ_PRODUCT_H

#include "number.h"

// The m + n words of x·y, of m and n words. Each row's low halves and high halves are two chains of
// carries.
LSQ_INLINE void lsq_multiply_words(
    mp_limb_t *product, const mp_limb_t *x, int m, const mp_limb_t *y, int n) {
  mp_limb_t low[LSQ_MAXIMUM_N + 1], high[LSQ_MAXIMUM_N + 1];
  LSQ_UNROLL for (int i = 0; i <= n; i++) product[i] = 0;
  LSQ_UNROLL for (int i = 0; i < m; i++) {
    LSQ_UNROLL for (int j = 0; j < n; j++) {
      lsq_double_word t = (lsq_double_word)x[i] * y[j];
      low[j] = (mp_limb_t)t;
      high[j] = (mp_limb_t)(t >> 64);
    }
    mp_limb_t carry = 0;
    LSQ_UNROLL for (int j = 0; j < n; j++)
      product[i + j] = lsq_add_with_carry(product[i + j], low[j], &carry);
    product[i + n] = carry;
    carry = 0;
    LSQ_UNROLL for (int j = 0; j < n; j++)
      product[i + 1 + j] = lsq_add_with_carry(product[i + 1 + j], high[j], &carry);
  }
}

// A product that has been rounded but not shifted: its top bit may be zero, and then its last bit is one further
// down, in whole words the highest of `guard`, the word below the n others. The value is ±0.words·2^exponent;
// negative where `sign` is.
typedef struct {
  mpfr_exp_t exponent;
  long sign;
  mp_limb_t guard;
  mp_limb_t words[LSQ_MAXIMUM_N];
} lsq_product;

// The product of two ordinary numbers.
LSQ_INLINE void lsq_multiply_n(
    lsq_product *result, const lsq_number *x, const lsq_number *y, int unused, int n) {
  mp_limb_t product[2 * LSQ_MAXIMUM_N];
  lsq_multiply_words(product, x->words, n, y->words, n);
  mp_limb_t below = product[0];
  LSQ_UNROLL for (int i = 1; i < n - 1; i++) below |= product[i];
  mp_limb_t guard = product[n - 1] | (below != 0);
  // Without a top bit, the last bit that is kept is one further down. Rounding cannot carry into a new word,
  // since (1 − u)² < 1 − u.
  mp_limb_t top = product[2 * n - 1] >> 63;
  if (unused != 0) {
    result->guard = 0;
    (void)lsq_round_n(result->words, product + n, guard, unused - 1 + (int)top, n);
  } else {
    // The last bit is the lowest of product[n] or the highest of the guard. Adding half a unit less one, and
    // one more if that bit is odd, rounds to nearest, ties to even.
    mp_limb_t odd = (top ? product[n] : guard >> 63) & 1;
    mp_limb_t carry = 0;
    guard = lsq_add_with_carry(guard, ((1ul << 62) << top) - 1 + odd, &carry);
    result->guard = guard & ((top ^ 1) << 63);
    LSQ_UNROLL for (int i = 0; i < n; i++)
      result->words[i] = lsq_add_with_carry(product[n + i], 0, &carry);
  }
  result->exponent = x->exponent + y->exponent;
  result->sign = x->sign ^ y->sign;
}

// The product as a number, its top bit set.
LSQ_INLINE void lsq_store_product(lsq_number *result, const lsq_product *product, int n) {
  mp_limb_t isShifted = (product->words[n - 1] >> 63) ^ 1;
  mp_limb_t below = product->guard;
  LSQ_UNROLL for (int i = 0; i < n; i++) {
    mp_limb_t word = product->words[i];
    result->words[i] = isShifted ? word << 1 | below >> 63 : word;
    below = word;
  }
  result->exponent = product->exponent - (long)isShifted;
  result->sign = product->sign >> 63 | 1;
}

#endif
