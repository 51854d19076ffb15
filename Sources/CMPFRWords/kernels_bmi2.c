#include "kernels.h"

#ifdef LSQ_HAS_BMI2_KERNELS
#pragma clang attribute push(__attribute__((target("bmi,bmi2,lzcnt"))), apply_to = function)
#define LSQ_KERNELS lsq_bmi2_kernels
#define LSQ_FUNCTIONS lsq_bmi2_functions
#define LSQ_UNUSED(bits) 0
#include "functions_text.h"
#include "kernels_text.h"
#pragma clang attribute pop
#endif
