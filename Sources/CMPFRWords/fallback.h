// What MPFR does: all widths that are not made here, zero, infinity, NaN and the ends of the range.
#ifndef LSQ_FALLBACK_H
#define LSQ_FALLBACK_H

#include "number.h"

typedef int lsq_operation(mpfr_ptr, mpfr_srcptr, mpfr_srcptr, mpfr_rnd_t);

// value = operation(value, y). An operand that is the result must be the same header, not a second one on
// the same words: MPFR tells aliases by the header's address.
void lsq_mpfr_form(lsq_operation *operation, lsq_number *value, const lsq_number *y, long bits);

// sum = sum ± (x·y rounded), by the sign of `flip`.
void lsq_mpfr_add_product(
    lsq_number *sum, const lsq_number *x, const lsq_number *y, long flip, long bits);

// x = (a·x rounded) ± (b·y rounded), by the sign of `flip`.
void lsq_mpfr_combine(
    lsq_number *x, const lsq_number *a, const lsq_number *y, const lsq_number *b, long flip, long bits);

#endif
