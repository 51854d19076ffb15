#include "kernels.h"

#ifdef LSQ_HAS_BMI2_KERNELS
#pragma clang attribute push(__attribute__((target("bmi,bmi2,lzcnt"))), apply_to = function)
#define LSQ_KERNELS lsq_bmi2_partial_kernels
// As lsq_unused(bits), and seen to be no zero.
#define LSQ_UNUSED(bits) (int)(64 - (bits & 63))
#include "kernels_text.h"
#pragma clang attribute pop
#endif
