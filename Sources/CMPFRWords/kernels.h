// The kernels and the elementary functions as tables, for the baseline processor of an architecture and, on x86-64,
// for those with BMI2 and LZCNT. Kernels are for whole words, that is for widths that are multiples of 64, or for
// partial ones.
#ifndef LSQ_KERNELS_H
#define LSQ_KERNELS_H

typedef struct {
  void (*form_sum)(void *, const void *, long flip, long bits);
  void (*form_product)(void *, const void *, long bits);
  void (*add_products)(
      void *, long, const void *, long, const void *, long, long count, long flip, long bits);
  long (*add_squares)(
      void *, const void *, long, long count, const void *small, const void *large, long bits);
  void (*multiply_lane)(void *, long, long count, const void *factor, long bits);
  void (*divide_lane)(void *, long, long count, const void *divisor, long bits);
  void (*combine)(
      void *, long, const void *, const void *, long, const void *, long count, long bits);
  void (*rotate)(
      void *, long, void *, long, long count, const void *cosine, const void *sine, long bits);
  void (*apply_reflector)(
      void *matrix, long rows, long columns, long pivot, void *sums, long bits);
} lsq_kernels;

// These return 0, with nothing done, where they leave the value to MPFR.
typedef struct {
  int (*form_exponential)(void *, long bits);
  int (*form_logarithm)(void *, long bits);
  int (*form_power)(void *, const void *, long bits);
  int (*form_sine_cosine)(void *sine, void *cosine, const void *, long bits);
} lsq_functions;

extern const lsq_kernels lsq_plain_kernels, lsq_plain_partial_kernels;
extern const lsq_functions lsq_plain_functions;
#if defined(__x86_64__)
#define LSQ_HAS_BMI2_KERNELS 1
extern const lsq_kernels lsq_bmi2_kernels, lsq_bmi2_partial_kernels;
extern const lsq_functions lsq_bmi2_functions;
#endif

#endif
