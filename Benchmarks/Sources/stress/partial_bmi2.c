#include "../../../Sources/CMPFRWords/partial_bmi2.c"
