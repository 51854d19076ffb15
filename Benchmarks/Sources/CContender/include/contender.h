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

#endif
