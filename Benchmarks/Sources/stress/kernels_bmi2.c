#include "../../../Sources/CMPFRWords/kernels_bmi2.c"
