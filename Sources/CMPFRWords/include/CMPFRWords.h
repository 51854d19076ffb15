// Arithmetic of numbers of a few words, faster than MPFR's and with MPFR's bits.
//
// The law: every result is what mpfr_add, mpfr_sub, mpfr_mul and mpfr_div make of the same operands with MPFR_RNDN,
// bit for bit, in the order that a function states, and mpfr_exp, mpfr_log, mpfr_pow, mpfr_sin and mpfr_cos
// likewise. Sums, products and these functions of 65 to 1024 bits are computed here; everything else is left to
// MPFR. The thread's flags of MPFR are left as they were. Benchmarks/Sources/stress tests the law on random
// operands.
//
// A number lies in memory as MPFloat's does: exponent, sign (±1), words, least significant first, the top
// bit set and the bits that the width does not use zero; its value is ±0.1…·2^exponent. `bits` is more than 64.
// Strides are in bytes and may be zero.
#ifndef LSQ_CMPFR_WORDS_H
#define LSQ_CMPFR_WORDS_H

// value = value + y, value − y, value·y, value/y. The two are one number or do not overlap.
void lsq_form_sum(void *value, const void *y, long bits);
void lsq_form_difference(void *value, const void *y, long bits);
void lsq_form_product(void *value, const void *y, long bits);
void lsq_form_quotient(void *value, const void *y, long bits);

// value = exp(value), log(value), value^y, sin(value) and cos(value).
void lsq_form_exponential(void *value, long bits);
void lsq_form_logarithm(void *value, long bits);
void lsq_form_power(void *value, const void *y, long bits);
void lsq_form_sine(void *value, long bits);
void lsq_form_cosine(void *value, long bits);

// value = sin(value), and the cosine, which lies elsewhere.
void lsq_form_sine_cosine(void *value, void *cosine, long bits);

// −1, 0 or 1 by the order of x and y, of which one may be zero; LSQ_UNORDERED where this function does not
// decide: two zeros, infinity, NaN and the ends of the range.
#define LSQ_UNORDERED 2
int lsq_compare(const void *x, const void *y, long bits);

// sumᵢ = sumᵢ ± (xᵢ·yᵢ rounded), by the sign of `flip`, for i from 0 up. No sum lies among the xᵢ and yᵢ
// of a later step.
void lsq_add_products(
    void *sum, long sumStride, const void *x, long xStride, const void *y, long yStride, long count,
    long flip, long bits);

// sum = sum + (xᵢ·xᵢ rounded) for i from 0 up, as long as small < |xᵢ| < large is evident from the
// exponents or xᵢ is zero. Returns the number of elements processed. The sum is not −0, and large > 0.
long lsq_add_squares(
    void *sum, const void *x, long stride, long count, const void *small, const void *large, long bits);

// xᵢ = xᵢ·factor and xᵢ = xᵢ/divisor, which do not lie among the xᵢ.
void lsq_multiply_lane(void *x, long stride, long count, const void *factor, long bits);
void lsq_divide_lane(void *x, long stride, long count, const void *divisor, long bits);

// zᵢ = ±xᵢ by the sign of `flip`, zᵢ = xᵢ ± yᵢ, zᵢ = xᵢ·yᵢ and zᵢ = xᵢ/yᵢ. The zᵢ are the xᵢ or lie elsewhere,
// and the yᵢ always do.
void lsq_copy_lane(
    void *z, long zStride, const void *x, long xStride, long count, long flip, long bits);
void lsq_add_lanes(
    void *z, long zStride, const void *x, long xStride, const void *y, long yStride, long count,
    long flip, long bits);
void lsq_multiply_lanes(
    void *z, long zStride, const void *x, long xStride, const void *y, long yStride, long count,
    long bits);
void lsq_divide_lanes(
    void *z, long zStride, const void *x, long xStride, const void *y, long yStride, long count,
    long bits);

// xᵢ = (a·xᵢ rounded) + (b·yᵢ rounded). The factors lie elsewhere.
void lsq_combine(
    void *x, long xStride, const void *a, const void *y, long yStride, const void *b, long count,
    long bits);

// (xᵢ, yᵢ) = (c·xᵢ + s·yᵢ, c·yᵢ − s·xᵢ), three roundings each. The factors lie elsewhere.
void lsq_rotate(
    void *x, long xStride, void *y, long yStride, long count, const void *cosine, const void *sine,
    long bits);

// Applies the Householder reflector in column `pivot`, rows `pivot` to `rows` − 1, of a row-major matrix
// to the columns on its right: with its elements vᵢ and for every column a, s = Σ vᵢ·aᵢ from zero down the
// rows, s = s/v₀, then aᵢ = aᵢ − (vᵢ·s rounded). There is room for `columns` sums.
void lsq_apply_reflector(
    void *matrix, long rows, long columns, long pivot, void *sums, long bits);

// zᵢ = xᵢ in another width, rounded once.
void lsq_round_lane(
    void *z, long zStride, long zBits, const void *x, long xStride, long xBits, long count);

// The magnitude as 0.d₁d₂… · 10^exponent, rounded to `count` digits and to nearest, as mpfr_get_str does. Returns 0 for
// what is left to MPFR: numbers far from 1 or of more than 256 words, more than 20 digits a word, ties, zero, infinity
// and NaN.
int lsq_decimal_digits(char *text, long *exponent, const void *x, long count, long bits);

// To be called before a function that may fill MPFR's caches: they are freed when the thread ends.
void lsq_free_caches_at_end_of_thread(void);

#endif
