// Inner loops of the solver in Double and Float, for registers wider than the baseline of the processor's
// family has. Each is one text, compiled for the baseline and, on x86-64, for AVX2; which of them runs is
// decided at run time. Both make the same roundings in the same order, so that the bits do not depend on
// the processor. No fused multiply-add is formed and no sum is split: the numbers that stand side by side
// in a register belong to different columns.
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

/// Applies a reflector that is made already to the `width` columns on its right, by the same law.
void lsq_apply_reflector_double(
    double *column, ptrdiff_t rows, ptrdiff_t stride, ptrdiff_t width);
void lsq_apply_reflector_float(
    float *column, ptrdiff_t rows, ptrdiff_t stride, ptrdiff_t width);

/// The Euclidean norms of `width` columns by the law of MINPACK's enorm, or −1 for a column that must be done
/// component by component: one that has components from `largest` on or, with s₂ below `enough`, may have
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

#endif
