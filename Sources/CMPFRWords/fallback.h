// What the kernels leave: zeros, which are done here since derivatives have many, and what MPFR does: all
// other widths, infinity, NaN and the ends of the range.
#ifndef LSQ_FALLBACK_H
#define LSQ_FALLBACK_H

#include "number.h"

typedef int lsq_operation(mpfr_ptr, mpfr_srcptr, mpfr_srcptr, mpfr_rnd_t);
typedef int lsq_function(mpfr_ptr, mpfr_srcptr, mpfr_rnd_t);

// value = operation(value, y) by MPFR. An operand that is the result must be the same header, not a second
// one on the same words: MPFR recognises aliases by the header's address.
void lsq_mpfr_form(lsq_operation *operation, lsq_number *value, const lsq_number *y, long bits);

// value = function(value) by MPFR, which may fill its caches.
void lsq_mpfr_apply(lsq_function *function, lsq_number *value, long bits);

// value = value ± y, by the sign of `flip`, value·y and value/y.
void lsq_fall_back_sum(lsq_number *value, const lsq_number *y, long flip, long bits);
void lsq_fall_back_product(lsq_number *value, const lsq_number *y, long bits);
void lsq_fall_back_quotient(lsq_number *value, const lsq_number *y, long bits);

// sum = sum ± (x·y rounded), by the sign of `flip`.
void lsq_fall_back_add_product(
    lsq_number *sum, const lsq_number *x, const lsq_number *y, long flip, long bits);

// x = (a·x rounded) ± (b·y rounded), by the sign of `flip`.
void lsq_fall_back_combine(
    lsq_number *x, const lsq_number *a, const lsq_number *y, const lsq_number *b, long flip, long bits);

#endif
