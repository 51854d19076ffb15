#include "../../../Sources/CMPFRWords/kernels_plain.c"
