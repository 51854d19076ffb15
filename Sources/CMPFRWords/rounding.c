#include "include/CMPFRWords.h"
#include "number.h"

void lsq_round_lane(
    void *z, long zStride, long zBits, const void *x, long xStride, long xBits, long count) {
  mpfr_flags_t flags = mpfr_flags_save();
  for (long i = 0; i < count; i++) {
    lsq_number *target = lsq_at(z, i * zStride);
    __mpfr_struct source = lsq_view(lsq_const_at(x, i * xStride), xBits);
    __mpfr_struct result = lsq_view(target, zBits);
    mpfr_set(&result, &source, MPFR_RNDN);
    target->exponent = result._mpfr_exp;
    target->sign = result._mpfr_sign;
  }
  mpfr_flags_restore(flags, MPFR_FLAGS_ALL);
}
