#include "../../../Sources/CMPFRWords/kernels.c"
