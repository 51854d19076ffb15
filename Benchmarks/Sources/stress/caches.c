#include "../../../Sources/CMPFRWords/caches.c"
