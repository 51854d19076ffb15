// The source in SIZED_KERNEL, which is undefined afterwards, once each for two to five parameters, with its loops
// unrolled.

#define SIZED(kernel) SIZED_BY(kernel, ORDER)
#define SIZE(n) ((void)(n), ORDER)
#define ORDER 2
#include SIZED_KERNEL
#undef ORDER
#define ORDER 3
#include SIZED_KERNEL
#undef ORDER
#define ORDER 4
#include SIZED_KERNEL
#undef ORDER
#define ORDER 5
#include SIZED_KERNEL
#undef ORDER
#undef SIZED
#undef SIZE
#undef SIZED_KERNEL
