#include "kernels.h"

#ifdef LSQ_HAS_BMI2_KERNELS
#pragma clang attribute push(__attribute__((target("bmi,bmi2,lzcnt"))), apply_to = function)
#define LSQ_KERNELS lsq_bmi2_kernels
#include "kernels_text.h"
#pragma clang attribute pop
#endif
