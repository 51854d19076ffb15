#define LSQ_KERNELS lsq_plain_kernels
#define LSQ_FUNCTIONS lsq_plain_functions
#define LSQ_UNUSED(bits) 0
#include "functions_text.h"
#include "kernels_text.h"
