#include "wide.h"

#include "fallback.h"
#include "sum.h"

// Room for a number.
typedef mp_limb_t lsq_room[2 + LSQ_MAXIMUM_WIDE_N];

// The number of words, if sums and products of `bits` bits are computed here.
static int word_count(long bits) {
  return bits <= 64 * LSQ_MAXIMUM_WIDE_N ? (int)((bits + 63) / 64) : 0;
}

// Sets the words and the exponent to n words, rounded to nearest, ties to even. The guard is the word below them.
LSQ_INLINE void set_rounded(
    lsq_number *result, mp_limb_t *words, mpfr_exp_t exponent, int unused, int n) {
  mp_limb_t rest = lsq_rest(words[0], words[-1], unused);
  mp_limb_t odd = (unused == 0 ? words[0] : words[0] >> unused) & 1;
  lsq_set_up(result, words, exponent, rest >> 63 & ((rest << 1 != 0) | odd), unused, n);
}

// The words from n − 2 up of x·y, without what the products of words below them carry: it is less than
// n − 1 units of word n − 1.
static void multiply_high(mp_limb_t *product, const mp_limb_t *x, const mp_limb_t *y, int n) {
  product[2] = mpn_mul_1(product, y + n - 2, 2, x[0]);
  for (long size = 3, all = n; size <= all; size++)
    product[size] = mpn_addmul_1(product, y + n - size, size, x[size - 2]);
  product[n + 1] = mpn_addmul_1(product + 1, y, n, x[n - 1]);
}

// x·y of operands that end in words of zeros, such as data from a narrower type; it often is exact.
static void multiply_short(mp_limb_t *product, const mp_limb_t *x, const mp_limb_t *y, int n) {
  int xZeros = 0, yZeros = 0;
  while (x[xZeros] == 0) xZeros++;
  while (y[yZeros] == 0) yZeros++;
  int zeros = xZeros + yZeros;
  memset(product, 0, sizeof(mp_limb_t) * (size_t)zeros);
  if (xZeros <= yZeros) mpn_mul(product + zeros, x + xZeros, n - xZeros, y + yZeros, n - yZeros);
  else mpn_mul(product + zeros, y + yZeros, n - yZeros, x + xZeros, n - xZeros);
}

// x·y rounded, of two ordinary numbers. The result may be an operand.
static void multiply(
    lsq_number *result, const lsq_number *x, const lsq_number *y, int unused, int n) {
  mp_limb_t product[2 * LSQ_MAXIMUM_WIDE_N];
  mp_limb_t *high = product + n - 2;
  // Whether the guard, high[1], must take account of the words below it, which then are those of the
  // whole product.
  int isOpen = 1;
  if (x == y) {
    mpn_sqr(product, x->words, n);
  } else if (x->words[0] == 0 || y->words[0] == 0) {
    multiply_short(product, x->words, y->words, n);
  } else {
    multiply_high(high, x->words, y->words, n);
    // The guard decides unless its bits below the half are zero, which may be a tie, or the rest could
    // carry through them.
    isOpen = ((high[1] - 1) & ~0ul >> 2) >= (~0ul >> 2) - (mp_limb_t)n;
    if (LSQ_RARELY(isOpen)) mpn_mul_n(product, x->words, y->words, n);
  }
  if (isOpen) high[1] |= !mpn_zero_p(product, n - 1);
  mpfr_exp_t exponent = x->exponent + y->exponent;
  result->sign = x->sign * y->sign;
  if (high[n + 1] >> 63 == 0) {
    mpn_lshift(high + 1, high + 1, n + 1, 1);
    exponent--;
  }
  set_rounded(result, high + 2, exponent, unused, n);
}

// y shifted right by `distance` bits, as n words and one below them; returns whether anything but zeros
// lay further down.
static mp_limb_t shift(mp_limb_t *result, const mp_limb_t *y, unsigned long distance, int n) {
  unsigned long whole = distance / 64;
  unsigned part = distance % 64;
  if (whole > (unsigned long)n) {
    memset(result, 0, sizeof(mp_limb_t) * (size_t)(n + 1));
    return 1;
  }
  // With no whole word the guard takes what is shifted out of the last word.
  if (whole == 0) {
    result[0] = 0;
    if (part != 0) result[0] = mpn_rshift(result + 1, y, n, part);
    else memcpy(result + 1, y, sizeof(mp_limb_t) * (size_t)n);
    return 0;
  }
  const mp_limb_t *first = y + whole - 1;
  int count = n + 1 - (int)whole;
  mp_limb_t rest = 0;
  memset(result + count, 0, sizeof(mp_limb_t) * whole);
  if (part != 0) rest = mpn_rshift(result, first, count, part);
  else memcpy(result, first, sizeof(mp_limb_t) * (size_t)count);
  return rest != 0 || (whole > 1 && !mpn_zero_p(y, (mp_size_t)whole - 1));
}

void lsq_add_far(
    lsq_number *result, const lsq_number *a, const lsq_number *y, long ySign, int unused, int n) {
  const lsq_number *x = a;
  long sign = a->sign, otherSign = ySign;
  if (x->exponent < y->exponent) {
    x = y;
    y = a;
    sign = ySign;
    otherSign = a->sign;
  }
  mpfr_exp_t exponent = x->exponent;
  mp_limb_t shifted[LSQ_MAXIMUM_WIDE_N + 1], sum[LSQ_MAXIMUM_WIDE_N + 1];
  mp_limb_t rest = shift(shifted, y->words, (unsigned long)(exponent - y->exponent), n);
  if (sign == otherSign) {
    sum[0] = shifted[0];
    if (mpn_add_n(sum + 1, x->words, shifted + 1, n) != 0) {
      rest |= mpn_rshift(sum, sum, n + 1, 1);
      sum[n] |= LSQ_TOP_BIT;
      exponent++;
    }
  } else {
    // A rest takes one more from the last word and leaves a rest above zero.
    sum[0] = -(shifted[0] + rest);
    mp_limb_t borrow = mpn_sub_n(sum + 1, x->words, shifted + 1, n);
    if ((shifted[0] | rest) != 0) borrow |= mpn_sub_1(sum + 1, sum + 1, n, 1);
    if (borrow != 0) {
      // The exponents were alike and y the greater.
      mpn_neg(sum, sum, n + 1);
      sign = -sign;
    }
    // With a rest at most one bit is lost in front; without one the shift brings in zeros rightly.
    int empty = 0;
    while (empty <= n && sum[n - empty] == 0) empty++;
    if (empty > n) {
      result->sign = 1;
      result->exponent = __MPFR_EXP_ZERO;
      return;
    }
    if (empty != 0) {
      memmove(sum + empty, sum, sizeof(mp_limb_t) * (size_t)(n + 1 - empty));
      memset(sum, 0, sizeof(mp_limb_t) * (size_t)empty);
    }
    unsigned zeros = (unsigned)__builtin_clzl(sum[n]);
    if (zeros != 0) mpn_lshift(sum, sum, n + 1, zeros);
    exponent -= 64 * empty + (long)zeros;
  }
  sum[0] |= rest != 0;
  result->sign = sign;
  set_rounded(result, sum + 1, exponent, unused, n);
}

void lsq_wide_form_sum(lsq_number *value, const lsq_number *y, long flip, long bits) {
  int n = word_count(bits);
  if (n != 0 && lsq_are_ordinary(value, y))
    lsq_add_far(value, value, y, flip < 0 ? -y->sign : y->sign, lsq_unused(bits), n);
  else
    lsq_fall_back_sum(value, y, flip, bits);
}

void lsq_wide_form_product(lsq_number *value, const lsq_number *y, long bits) {
  int n = word_count(bits);
  if (n != 0 && lsq_are_ordinary(value, y)) multiply(value, value, y, lsq_unused(bits), n);
  else lsq_fall_back_product(value, y, bits);
}

void lsq_wide_add_product(
    lsq_number *sum, const lsq_number *x, const lsq_number *y, long flip, long bits) {
  int n = word_count(bits);
  if (n != 0 && lsq_are_ordinary(x, y) && lsq_is_ordinary(sum->exponent)) {
    lsq_room room;
    lsq_number *product = (lsq_number *)room;
    multiply(product, x, y, lsq_unused(bits), n);
    lsq_add_far(sum, sum, product, flip < 0 ? -product->sign : product->sign, lsq_unused(bits), n);
  } else {
    lsq_fall_back_add_product(sum, x, y, flip, bits);
  }
}

void lsq_wide_combine(
    lsq_number *x, const lsq_number *a, const lsq_number *y, const lsq_number *b, long flip,
    long bits) {
  int n = word_count(bits);
  if (n != 0 && lsq_are_ordinary(x, a) && lsq_are_ordinary(y, b)) {
    lsq_room room, otherRoom;
    lsq_number *first = (lsq_number *)room, *second = (lsq_number *)otherRoom;
    multiply(first, a, x, lsq_unused(bits), n);
    multiply(second, b, y, lsq_unused(bits), n);
    lsq_add_far(x, first, second, flip < 0 ? -second->sign : second->sign, lsq_unused(bits), n);
  } else {
    lsq_fall_back_combine(x, a, y, b, flip, bits);
  }
}
