#include "../../../Sources/CMPFRWords/exponential_tables.c"
