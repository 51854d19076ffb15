#define LSQ_KERNELS lsq_plain_partial_kernels
// As lsq_unused(bits), and seen to be no zero.
#define LSQ_UNUSED(bits) (int)(64 - (bits & 63))
#include "kernels_text.h"
