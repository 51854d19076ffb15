// Inner loops of the solver in Double and Float, for registers wider than the baseline of the processor's
// family has. Each is one source text, compiled for the baseline and, on x86-64, for AVX2; which of the two
// runs is decided at run time. Both make the same roundings in the same order, so that the bits do not depend
// on the processor. No fused multiply-add is formed. No sum is split, except over the rows of a block, where
// the law says how: elsewhere, numbers side by side in a register belong to different sums.
//
// Matrices are row-major; `stride` is the distance from a row to the next.

#ifndef CKERNELS_H
#define CKERNELS_H

#include <stddef.h>

/// Makes a Householder reflector and applies it.
///
/// `column` is the pivot column from the diagonal down, `rows` numbers in steps of `stride`. It becomes
/// v = column/norm with 1 added to v₁. The `width` columns on its right and the contiguous vector `along`
/// become a − ((vᵀa)/v₁)·v.
///
/// Law: one rounding per quotient. Per column, vᵀa starts at zero and runs down the rows with two roundings
/// per term; one division; then two roundings per element.
void lsq_reflect_double(
    double *column, ptrdiff_t rows, ptrdiff_t stride, ptrdiff_t width, double norm, double *along);
void lsq_reflect_float(
    float *column, ptrdiff_t rows, ptrdiff_t stride, ptrdiff_t width, float norm, float *along);

/// Applies an existing reflector to the `width` columns on its right, by the same law.
void lsq_apply_reflector_double(
    double *column, ptrdiff_t rows, ptrdiff_t stride, ptrdiff_t width);
void lsq_apply_reflector_float(
    float *column, ptrdiff_t rows, ptrdiff_t stride, ptrdiff_t width);

/// The Euclidean norms of `width` columns by the law of MINPACK's enorm, or −1 for a column that must be done
/// component by component: one that has components of at least `largest` or, with s₂ below `enough`, may have
/// others of at most `small` that leave a trace.
///
/// Law: per column, s₂ = Σ a² over the components above `small`, from zero down the rows with two roundings
/// per term; then √s₂.
void lsq_middle_norms_double(
    const double *matrix, ptrdiff_t rows, ptrdiff_t stride, ptrdiff_t width, double small,
    double largest, double enough, double *norms);
void lsq_middle_norms_float(
    const float *matrix, ptrdiff_t rows, ptrdiff_t stride, ptrdiff_t width, float small,
    float largest, float enough, float *norms);

/// Solves R·z ≅ b, D·z ≅ 0 for an upper triangle R of n rows of n, and leaves in s the triangle S with
/// SᵀS = RᵀR + D²; what is below the diagonals is arbitrary. `row` is scratch of n.
///
/// Law: D is eliminated row by row by plane rotations, (c, s) = (1/2)/√(1/4 + t²/4)·(1, t) with t the
/// quotient of the smaller by the larger of the pair; three roundings for each of the two results. Sums of
/// the back substitution run upward from zero, two roundings per term.
void lsq_solve_damped_double(
    const double *r, const double *b, const double *d, ptrdiff_t n, double *s, double *z, double *row);
void lsq_solve_damped_float(
    const float *r, const float *b, const float *d, ptrdiff_t n, float *s, float *z, float *row);

/// What ``lsq_apply_lane_double`` does with each pair of elements.
enum {
  LSQ_COPY, LSQ_NEGATE, LSQ_ADD, LSQ_SUBTRACT, LSQ_MULTIPLY, LSQ_DIVIDE, LSQ_ADD_PRODUCT, LSQ_SUBTRACT_PRODUCT
};

/// z = x ∘ y for `count` elements, z contiguous; dx and dy are 1 for a contiguous operand and 0 for one number. An
/// operand is z itself or shares no element with it.
///
/// Law: one rounding per operation, two for a product that is added or subtracted.
void lsq_apply_lane_double(
    int operation, const double *x, ptrdiff_t dx, const double *y, ptrdiff_t dy, double *z, ptrdiff_t count);
void lsq_apply_lane_float(
    int operation, const float *x, ptrdiff_t dx, const float *y, ptrdiff_t dy, float *z, ptrdiff_t count);

// Whole steps: what the kernels above do and what Swift does between them, in one call. A small problem spends more
// time between kernels than within them. Steps that need no more scratch than LSQ_ROOM numbers take it from the stack
// if they are given none.

#define LSQ_ROOM 512

/// From the row-major Jacobian J of n columns, with rows ≥ n, and the residuals f of norm `length`: the norms of the
/// columns, P and J·P = Q·R (MINPACK: qrfac), the first n entries of Qᵀf in b; returns the largest cosine between f and
/// a column. R with its diagonal, and the vectors of the reflectors below it, take the place of J. If the norm of a
/// column is not finite, the result is −1 and J stays.
///
/// `scratch` has 3·rows + 4·n numbers.
///
/// Law: that of LeastSquares, Linearize.swift and PivotedQR.swift, over the kernels there. A matrix too large for the
/// cache is factorised by sweeps, to the same bits.
double lsq_linearize_double(
    double *matrix, ptrdiff_t rows, ptrdiff_t n, const double *f, double length, double small, double large,
    double *column_norms, ptrdiff_t *order, double *b, double *scratch);
float lsq_linearize_float(
    float *matrix, ptrdiff_t rows, ptrdiff_t n, const float *f, float length, float small, float large,
    float *column_norms, ptrdiff_t *order, float *b, float *scratch);

/// The damping parameter for a trust region (MINPACK: lmpar), and the trial point, which is `origin` less the step p;
/// returns ‖D·p‖, and ‖J·p‖ in `change`. `least` is the smallest normal number, `scratch` has
/// n·(n + 7) numbers and receives p in the first n.
///
/// Law: that of the search in LeastSquares, DampingParameter.swift, over the kernels there.
double lsq_find_step_double(
    const double *r, const ptrdiff_t *order, const double *b, const double *scaling, ptrdiff_t n,
    double radius, double small, double large, double least, const double *origin, double *damping,
    double *change, double *trial, double *scratch);
float lsq_find_step_float(
    const float *r, const ptrdiff_t *order, const float *b, const float *scaling, ptrdiff_t n, float radius,
    float small, float large, float least, const float *origin, float *damping, float *change,
    float *trial, float *scratch);

/// Measures a trial point x: returns ‖f‖ of the residuals there, and ‖D·x‖ in `scaled_norm`, using scratch
/// of n.
///
/// Law: one rounding per product; the norms by the law of MINPACK's enorm.
double lsq_measure_double(
    const double *f, ptrdiff_t rows, const double *x, const double *scaling, ptrdiff_t n, double small,
    double large, double *scaled_norm, double *scratch);
float lsq_measure_float(
    const float *f, ptrdiff_t rows, const float *x, const float *scaling, ptrdiff_t n, float small,
    float large, float *scaled_norm, float *scratch);

/// Whether all of `count` numbers are finite.
int lsq_are_finite_double(const double *x, ptrdiff_t count);
int lsq_are_finite_float(const float *x, ptrdiff_t count);

// Blocks of rows, stored by columns, that are reduced to a triangle: always in double, whatever the type of
// the input. Column c of a block stands at `block + c*stride`; it has `capacity` numbers, a multiple of
// eight, and what is not loaded is zero.
//
// Law: a sum over rows is taken in eight partial sums s₀ … s₇, of the rows i ≡ 0 … 7 (mod 8), each from zero
// upward with two roundings per term, and is ((s₀ + s₄) + (s₂ + s₆)) + ((s₁ + s₅) + (s₃ + s₇)).

/// Copies rows of [J f] from `gradients`, `rows`×`width` by rows, and `residuals`; `squares` receives the
/// sums of squares of the width + 1 columns.
void lsq_load_rows_double(
    const double *gradients, const double *residuals, ptrdiff_t rows, ptrdiff_t width, double *block,
    ptrdiff_t capacity, ptrdiff_t stride, double *squares);
void lsq_load_rows_float(
    const float *gradients, const float *residuals, ptrdiff_t rows, ptrdiff_t width, double *block,
    ptrdiff_t capacity, ptrdiff_t stride, double *squares);

/// Sets a column to a − b, one rounding in the type of a, and returns its sum of squares.
double lsq_load_differences_double(
    const double *a, const double *b, ptrdiff_t rows, double *column, ptrdiff_t capacity);
double lsq_load_differences_float(
    const float *a, const float *b, ptrdiff_t rows, double *column, ptrdiff_t capacity);

/// The largest magnitude of numbers among which there is no NaN.
double lsq_largest_magnitude(const double *numbers, ptrdiff_t capacity);

/// The sum of squares of numbers that are in no block.
double lsq_sum_of_squares_double(const double *numbers, ptrdiff_t count);
double lsq_sum_of_squares_float(const float *numbers, ptrdiff_t count);

/// `products[c]` = Σ wᵢ·yᵢ, w being a column and y column c, for all c from `column` to below `end`.
void lsq_column_products(
    const double *block, ptrdiff_t capacity, ptrdiff_t stride, ptrdiff_t column, ptrdiff_t end,
    double *products);

/// Sets column c to y − t·v, v being a column and t = `factors[c]`, for all c from the next column to below
/// `end`; then `products[c]` = Σ wᵢ·yᵢ, w being the next column. Two roundings per element.
void lsq_eliminate_column(
    double *block, ptrdiff_t capacity, ptrdiff_t stride, ptrdiff_t column, ptrdiff_t end,
    const double *factors, double *products);

// Functions of the C library, by their own names there. Declared to depend on nothing but their argument and to have
// no effect but their value, not even on `errno`: so equal calls are made once, and calls whose result is not used are
// not made.

#define LSQ_TEXT(symbol) #symbol
#define LSQ_SYMBOL(prefix, name) LSQ_TEXT(prefix) name
#define LSQ_PURE(name) \
  double lsq_##name(double) __asm__(LSQ_SYMBOL(__USER_LABEL_PREFIX__, #name)) __attribute__((const)); \
  float lsq_##name##f(float) __asm__(LSQ_SYMBOL(__USER_LABEL_PREFIX__, #name "f")) __attribute__((const));

LSQ_PURE(exp)
LSQ_PURE(log)
LSQ_PURE(sin)
LSQ_PURE(cos)
LSQ_PURE(atan)

#endif
