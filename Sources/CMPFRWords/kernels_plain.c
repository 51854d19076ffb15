#define LSQ_KERNELS lsq_plain_kernels
#include "kernels_text.h"
