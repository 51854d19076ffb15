#include "../../../Sources/CMPFRWords/wide.c"
