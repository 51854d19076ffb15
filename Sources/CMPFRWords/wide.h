// Sums and products of any width: up to 1024 bits by GMP's functions, which spares MPFR's handling of mixed
// widths and flags; beyond, by MPFR's.
#ifndef LSQ_WIDE_H
#define LSQ_WIDE_H

#include "number.h"

// value = value ± y, by the sign of `flip`, and value·y.
void lsq_wide_form_sum(lsq_number *value, const lsq_number *y, long flip, long bits);
void lsq_wide_form_product(lsq_number *value, const lsq_number *y, long bits);

// sum = sum ± (x·y rounded), by the sign of `flip`.
void lsq_wide_add_product(
    lsq_number *sum, const lsq_number *x, const lsq_number *y, long flip, long bits);

// x = (a·x rounded) ± (b·y rounded), by the sign of `flip`.
void lsq_wide_combine(
    lsq_number *x, const lsq_number *a, const lsq_number *y, const lsq_number *b, long flip, long bits);

#endif
