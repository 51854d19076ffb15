// The source of the kernels, compiled for each kind of processor once for whole words and once for partial ones,
// of which some bits are not used; LSQ_KERNELS is the table's name, and LSQ_UNUSED(bits) their number.
//
// Functions whose names end in _n do the work where n is known; those without choose n. What they have in
// common is the step: ordinary operands are done here, and all others fall back.

#include "fallback.h"
#include "kernels.h"
#include "quotient.h"
#include "sum.h"
#include "wide.h"

// Does `call` with n, where it is known here, and with the bits that are not used; it returns.
#define LSQ_CHOOSE_WORDS(bits, call)          \
  {                                           \
    const int unused = LSQ_UNUSED(bits);      \
    switch (bits + unused) {                  \
      case 128: { enum { n = 2 }; call; }     \
      case 192: { enum { n = 3 }; call; }     \
      case 256: { enum { n = 4 }; call; }     \
      case 320: { enum { n = 5 }; call; }     \
      case 384: { enum { n = 6 }; call; }     \
      case 448: { enum { n = 7 }; call; }     \
      case 512: { enum { n = 8 }; call; }     \
      default: break;                         \
    }                                         \
  }
// The same, and returns.
#define LSQ_FOR_WORDS(bits, call) LSQ_CHOOSE_WORDS(bits, call; return)

// MARK: One operation

static void form_sum(void *value, const void *y, long flip, long bits) {
  if (!LSQ_RARELY(!lsq_are_ordinary(value, y)))
    LSQ_FOR_WORDS(bits, lsq_add_n(value, value, y, flip, unused, n))
  lsq_wide_form_sum(value, y, flip, bits);
}

LSQ_INLINE void form_product_n(lsq_number *value, const lsq_number *y, int unused, int n) {
  lsq_product product;
  lsq_multiply_n(&product, value, y, unused, n);
  lsq_store_product(value, &product, n);
}

static void form_product(void *value, const void *y, long bits) {
  if (!LSQ_RARELY(!lsq_are_ordinary(value, y)))
    LSQ_FOR_WORDS(bits, form_product_n(value, y, unused, n))
  lsq_wide_form_product(value, y, bits);
}

// MARK: Sums of products

LSQ_INLINE void add_product_n(
    lsq_number *sum, const lsq_number *x, const lsq_number *y, long flip, int unused, int n) {
  if (LSQ_RARELY(!(lsq_are_ordinary(x, y) & lsq_is_ordinary(sum->exponent)))) {
    lsq_fall_back_add_product(sum, x, y, flip, 64l * n - unused);
    return;
  }
  lsq_product product;
  lsq_multiply_n(&product, x, y, unused, n);
  lsq_add_product_n(sum, sum, &product, flip, unused, n);
}

LSQ_INLINE void add_products_n(
    void *sum, long sumStride, const void *x, long xStride, const void *y, long yStride, long count,
    long flip, int unused, int n) {
  for (long i = 0; i < count; i++)
    add_product_n(
        lsq_at(sum, i * sumStride), lsq_const_at(x, i * xStride), lsq_const_at(y, i * yStride), flip,
        unused, n);
}

static void add_products(
    void *sum, long sumStride, const void *x, long xStride, const void *y, long yStride, long count,
    long flip, long bits) {
  LSQ_FOR_WORDS(bits, add_products_n(sum, sumStride, x, xStride, y, yStride, count, flip, unused, n))
  for (long i = 0; i < count; i++)
    lsq_wide_add_product(
        lsq_at(sum, i * sumStride), lsq_const_at(x, i * xStride), lsq_const_at(y, i * yStride), flip,
        bits);
}

// Whether small < |x| < large is evident from the exponents. The exponents of zero, infinity and
// NaN are below all others.
LSQ_INLINE int is_between(const lsq_number *x, const lsq_number *small, const lsq_number *large) {
  return (x->exponent > small->exponent) & (x->exponent < large->exponent);
}

LSQ_INLINE long add_squares_n(
    lsq_number *sum, const void *x, long stride, long count, const lsq_number *small,
    const lsq_number *large, int unused, int n) {
  for (long i = 0; i < count; i++) {
    const lsq_number *element = lsq_const_at(x, i * stride);
    if (is_between(element, small, large)) add_product_n(sum, element, element, 1, unused, n);
    else if (element->exponent != __MPFR_EXP_ZERO) return i;
  }
  return count;
}

static long add_squares(
    void *sum, const void *x, long stride, long count, const void *small, const void *large,
    long bits) {
  const lsq_number *least = small;
  if (!lsq_is_ordinary(least->exponent) || least->sign < 0) return 0;
  LSQ_CHOOSE_WORDS(bits, return add_squares_n(sum, x, stride, count, small, large, unused, n))
  long done = 0;
  for (; done < count; done++) {
    const lsq_number *element = lsq_const_at(x, done * stride);
    if (is_between(element, small, large)) lsq_wide_add_product(sum, element, element, 1, bits);
    else if (element->exponent != __MPFR_EXP_ZERO) break;
  }
  return done;
}

// MARK: Lanes times a factor and by a divisor

LSQ_INLINE void multiply_lane_n(
    void *x, long stride, long count, const lsq_number *factor, int unused, int n) {
  for (long i = 0; i < count; i++) {
    lsq_number *element = lsq_at(x, i * stride);
    if (LSQ_RARELY(!lsq_are_ordinary(element, factor)))
      lsq_fall_back_product(element, factor, 64l * n - unused);
    else
      form_product_n(element, factor, unused, n);
  }
}

static void multiply_lane(void *x, long stride, long count, const void *factor, long bits) {
  LSQ_FOR_WORDS(bits, multiply_lane_n(x, stride, count, factor, unused, n))
  for (long i = 0; i < count; i++) lsq_wide_form_product(lsq_at(x, i * stride), factor, bits);
}

LSQ_INLINE void divide_lane_n(
    void *x, long stride, long count, const lsq_number *divisor, int unused, int n) {
  lsq_reciprocal reciprocal;
  lsq_set_reciprocal(&reciprocal, divisor, n);
  for (long i = 0; i < count; i++) {
    lsq_number *element = lsq_at(x, i * stride);
    if (LSQ_RARELY(!lsq_is_ordinary(element->exponent))
        || !lsq_divide_n(element, &reciprocal, unused, n))
      lsq_fall_back_quotient(element, divisor, 64l * n - unused);
  }
}

static void divide_lane(void *x, long stride, long count, const void *divisor, long bits) {
  // The reciprocal costs about as much as the quotients of three.
  if (count > 3 && lsq_is_ordinary(((const lsq_number *)divisor)->exponent))
    LSQ_FOR_WORDS(bits, divide_lane_n(x, stride, count, divisor, unused, n))
  for (long i = 0; i < count; i++) lsq_fall_back_quotient(lsq_at(x, i * stride), divisor, bits);
}

// MARK: Sums of two products

// result = (a·x rounded) ± (b·y rounded), all ordinary. The result may be an operand.
LSQ_INLINE void combine_two_n(
    lsq_number *result, const lsq_number *a, const lsq_number *x, const lsq_number *b,
    const lsq_number *y, long flip, int unused, int n) {
  lsq_product first, second;
  mp_limb_t room[LSQ_MAXIMUM_N + 2];
  lsq_multiply_n(&first, a, x, unused, n);
  lsq_multiply_n(&second, b, y, unused, n);
  lsq_store_product((lsq_number *)room, &first, n);
  lsq_add_product_n(result, (lsq_number *)room, &second, flip, unused, n);
}

LSQ_INLINE void combine_n(
    void *x, long xStride, const lsq_number *a, const void *y, long yStride, const lsq_number *b,
    long count, int unused, int n) {
  int areOrdinary = lsq_are_ordinary(a, b);
  for (long i = 0; i < count; i++) {
    lsq_number *xi = lsq_at(x, i * xStride);
    const lsq_number *yi = lsq_const_at(y, i * yStride);
    if (LSQ_RARELY(!(areOrdinary & lsq_are_ordinary(xi, yi))))
      lsq_fall_back_combine(xi, a, yi, b, 1, 64l * n - unused);
    else
      combine_two_n(xi, a, xi, b, yi, 1, unused, n);
  }
}

static void combine(
    void *x, long xStride, const void *a, const void *y, long yStride, const void *b, long count,
    long bits) {
  LSQ_FOR_WORDS(bits, combine_n(x, xStride, a, y, yStride, b, count, unused, n))
  for (long i = 0; i < count; i++)
    lsq_wide_combine(lsq_at(x, i * xStride), a, lsq_const_at(y, i * yStride), b, 1, bits);
}

// (x, y) = (c·x + s·y, c·y − s·x) of any width.
LSQ_COLD void rotate_one(
    lsq_number *x, lsq_number *y, const lsq_number *cosine, const lsq_number *sine, long bits) {
  size_t size = sizeof(lsq_number) + sizeof(mp_limb_t) * (size_t)((bits + 63) / 64);
  long room[size / sizeof(long)];
  memcpy(room, x, size);
  lsq_wide_combine(x, cosine, y, sine, 1, bits);
  lsq_wide_combine(y, cosine, (lsq_number *)room, sine, -1, bits);
}

LSQ_INLINE void rotate_n(
    void *x, long xStride, void *y, long yStride, long count, const lsq_number *cosine,
    const lsq_number *sine, int unused, int n) {
  int areOrdinary = lsq_are_ordinary(cosine, sine);
  for (long i = 0; i < count; i++) {
    lsq_number *xi = lsq_at(x, i * xStride), *yi = lsq_at(y, i * yStride);
    if (LSQ_RARELY(!(areOrdinary & lsq_are_ordinary(xi, yi)))) {
      rotate_one(xi, yi, cosine, sine, 64l * n - unused);
      continue;
    }
    mp_limb_t room[LSQ_MAXIMUM_N + 2];
    lsq_number *rotated = (lsq_number *)room;
    combine_two_n(rotated, cosine, xi, sine, yi, 1, unused, n);
    combine_two_n(yi, cosine, yi, sine, xi, -1, unused, n);
    lsq_copy(xi, rotated, n);
  }
}

static void rotate(
    void *x, long xStride, void *y, long yStride, long count, const void *cosine, const void *sine,
    long bits) {
  LSQ_FOR_WORDS(bits, rotate_n(x, xStride, y, yStride, count, cosine, sine, unused, n))
  for (long i = 0; i < count; i++)
    rotate_one(lsq_at(x, i * xStride), lsq_at(y, i * yStride), cosine, sine, bits);
}

// MARK: The reflector

static void apply_reflector(
    void *matrix, long rows, long columns, long pivot, void *sums, long bits) {
  long size = (long)sizeof(lsq_number) + (long)sizeof(mp_limb_t) * ((bits + 63) / 64);
  long count = columns - pivot - 1, rowSize = columns * size;
  void *first = lsq_at(matrix, pivot * rowSize + pivot * size);
  void *start = lsq_at(sums, (pivot + 1) * size);
  for (long k = 0; k < count; k++) {
    lsq_number *sum = lsq_at(start, k * size);
    sum->exponent = __MPFR_EXP_ZERO;
    sum->sign = 1;
  }
  for (long i = 0; i < rows - pivot; i++) {
    void *v = lsq_at(first, i * rowSize);
    add_products(start, size, v, 0, lsq_at(v, size), size, count, 1, bits);
  }
  divide_lane(start, size, count, first, bits);
  for (long i = 0; i < rows - pivot; i++) {
    void *v = lsq_at(first, i * rowSize);
    add_products(lsq_at(v, size), size, v, 0, start, size, count, -1, bits);
  }
}

const lsq_kernels LSQ_KERNELS = {
    form_sum, form_product, add_products, add_squares, multiply_lane, divide_lane, combine, rotate,
    apply_reflector,
};
