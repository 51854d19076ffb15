#include "../../../Sources/CMPFRWords/function_tables.c"
