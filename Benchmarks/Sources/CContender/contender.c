#include "contender.h"

#include <mpfr.h>
#include <stdlib.h>

struct contender {
  long bits, rows, columns;
  mpfr_t *values;
  mpfr_t *sums;
  mpfr_t a, b, d, acc;
};

contender *contender_make(long bits, long rows, long columns, const double *values) {
  contender *c = malloc(sizeof *c);
  c->bits = bits, c->rows = rows, c->columns = columns;
  c->values = malloc(sizeof(mpfr_t) * (size_t)(rows * columns));
  c->sums = malloc(sizeof(mpfr_t) * (size_t)columns);
  for (long i = 0; i < rows * columns; i++) {
    mpfr_init2(c->values[i], bits);
    // A quotient, so that every word is used.
    mpfr_set_d(c->values[i], values[i], MPFR_RNDN);
    mpfr_div_ui(c->values[i], c->values[i], 3, MPFR_RNDN);
  }
  for (long k = 0; k < columns; k++) mpfr_init2(c->sums[k], bits);
  mpfr_inits2(bits, c->a, c->b, c->d, c->acc, (mpfr_ptr)0);
  return c;
}

void contender_free(contender *c) {
  for (long i = 0; i < c->rows * c->columns; i++) mpfr_clear(c->values[i]);
  for (long k = 0; k < c->columns; k++) mpfr_clear(c->sums[k]);
  mpfr_clears(c->a, c->b, c->d, c->acc, (mpfr_ptr)0);
  free(c->values);
  free(c->sums);
  free(c);
}

double contender_expression(contender *c, long count) {
  mpfr_t *p = c->values;
  mpfr_ptr t = p[4];
  mpfr_set_zero(c->acc, 1);
  for (long i = 0; i < count; i++) {
    mpfr_mul(c->a, p[1], t, MPFR_RNDN);
    mpfr_add(c->a, p[0], c->a, MPFR_RNDN);
    mpfr_mul(c->b, p[2], t, MPFR_RNDN);
    mpfr_mul(c->b, c->b, t, MPFR_RNDN);
    mpfr_add(c->a, c->a, c->b, MPFR_RNDN);
    mpfr_add(c->d, p[3], t, MPFR_RNDN);
    mpfr_div(c->a, c->a, c->d, MPFR_RNDN);
    mpfr_add(c->acc, c->acc, c->a, MPFR_RNDN);
  }
  return mpfr_get_d(c->acc, MPFR_RNDN);
}

double contender_reflector(contender *c, long count) {
  long n = c->columns;
  for (long round = 0; round < count; round++) {
    for (long k = 1; k < n; k++) mpfr_set_zero(c->sums[k], 1);
    for (long i = 0; i < c->rows; i++)
      for (long k = 1; k < n; k++) {
        mpfr_mul(c->a, c->values[i * n], c->values[i * n + k], MPFR_RNDN);
        mpfr_add(c->sums[k], c->sums[k], c->a, MPFR_RNDN);
      }
    for (long k = 1; k < n; k++) mpfr_div(c->sums[k], c->sums[k], c->values[0], MPFR_RNDN);
    for (long i = 0; i < c->rows; i++)
      for (long k = 1; k < n; k++) {
        mpfr_mul(c->a, c->sums[k], c->values[i * n], MPFR_RNDN);
        mpfr_sub(c->values[i * n + k], c->values[i * n + k], c->a, MPFR_RNDN);
      }
  }
  return mpfr_get_d(c->values[c->rows * n - 1], MPFR_RNDN);
}

double contender_dot(contender *c, long count) {
  long half = c->rows * c->columns / 2;
  for (long round = 0; round < count; round++) {
    mpfr_set_zero(c->acc, 1);
    for (long i = 0; i < half; i++) {
      mpfr_mul(c->a, c->values[i], c->values[half + i], MPFR_RNDN);
      mpfr_add(c->acc, c->acc, c->a, MPFR_RNDN);
    }
  }
  return mpfr_get_d(c->acc, MPFR_RNDN);
}

double contender_norm(contender *c, long count) {
  long size = c->rows * c->columns;
  for (long round = 0; round < count; round++) {
    mpfr_set_zero(c->acc, 1);
    for (long i = 0; i < size; i++) {
      mpfr_sqr(c->a, c->values[i], MPFR_RNDN);
      mpfr_add(c->acc, c->acc, c->a, MPFR_RNDN);
    }
    mpfr_sqrt(c->acc, c->acc, MPFR_RNDN);
  }
  return mpfr_get_d(c->acc, MPFR_RNDN);
}

double contender_divide(contender *c, long count) {
  long size = c->rows * c->columns;
  for (long round = 0; round < count; round++)
    for (long i = 1; i < size; i++) mpfr_div(c->values[i], c->values[i], c->values[0], MPFR_RNDN);
  return mpfr_get_d(c->values[size - 1], MPFR_RNDN);
}

double contender_rotate(contender *c, long count) {
  long half = c->rows * c->columns / 2;
  mpfr_ptr cosine = c->sums[0], sine = c->sums[1];
  mpfr_set_d(cosine, 1, MPFR_RNDN);
  mpfr_div_ui(cosine, cosine, 3, MPFR_RNDN);
  mpfr_sqr(sine, cosine, MPFR_RNDN);
  mpfr_ui_sub(sine, 1, sine, MPFR_RNDN);
  mpfr_sqrt(sine, sine, MPFR_RNDN);
  for (long round = 0; round < count; round++)
    for (long i = 0; i < half; i++) {
      mpfr_ptr x = c->values[i], y = c->values[half + i];
      mpfr_mul(c->a, sine, x, MPFR_RNDN);
      mpfr_mul(c->b, sine, y, MPFR_RNDN);
      mpfr_mul(x, x, cosine, MPFR_RNDN);
      mpfr_add(x, x, c->b, MPFR_RNDN);
      mpfr_mul(y, y, cosine, MPFR_RNDN);
      mpfr_sub(y, y, c->a, MPFR_RNDN);
    }
  return mpfr_get_d(c->values[2 * half - 1], MPFR_RNDN);
}
