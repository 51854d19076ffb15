#include "../../../Sources/CMPFRWords/fallback.c"
