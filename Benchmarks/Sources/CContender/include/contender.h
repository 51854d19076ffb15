// Kernels on mpfr_t, hand-written, to be measured against MPFloat in the same process.
#ifndef CONTENDER_H
#define CONTENDER_H

// The numbers of one run, all of one width, made from doubles.
typedef struct contender contender;
contender *contender_make(long bits, long rows, long columns, const double *values);
void contender_free(contender *c);

// `count` times acc = acc + (p0 + p1·t + p2·t·t)/(p3 + t). Returns acc as a double.
double contender_expression(contender *c, long count);

// Applies the reflector in column 0 to the others, `count` times. Returns the last element.
double contender_reflector(contender *c, long count);

// `count` inner products of two rows of the matrix's elements. Returns the last as a double.
double contender_dot(contender *c, long count);

// The norm of all elements, `count` times.
double contender_norm(contender *c, long count);

// Divides all elements but the first by the first, `count` times. Returns the last element.
double contender_divide(contender *c, long count);

// Rotates one half of the elements with the other by one angle, `count` times. Returns the last element.
double contender_rotate(contender *c, long count);

#endif
