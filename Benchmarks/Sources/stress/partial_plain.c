#include "../../../Sources/CMPFRWords/partial_plain.c"
