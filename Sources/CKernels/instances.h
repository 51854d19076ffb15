// Compiles the source in KERNEL once per type and instruction set.
//
// A text defines NAME(kernel) for numbers of type REAL, of which a register holds LANES.

#pragma STDC FP_CONTRACT OFF

#ifndef JOIN
#define JOIN(kernel, type, level) kernel##_##type##_##level
#define JOIN_EXPANDED(kernel, type, level) JOIN(kernel, type, level)
#define NAME(kernel) JOIN_EXPANDED(kernel, REAL, LEVEL)
/// A kernel for a number of parameters that is known.
#define SIZED_FOR(kernel, order) NAME(kernel##_of_##order)
#define SIZED_BY(kernel, order) SIZED_FOR(kernel, order)
#define LANES ((ptrdiff_t)(REGISTER_BYTES / sizeof(REAL)))
#define INLINE static inline __attribute__((always_inline))
/// A kernel that stays a function, so that the choice of its instance is no more than a jump. It begins at a cache
/// line, so that its speed does not depend on where it is linked: 16 bytes on, a fit of four parameters took 6 %
/// longer.
#define WHOLE static __attribute__((noinline, aligned(64)))
/// Before a loop that is mostly short: preparing wide registers would cost more than they save.
#define SHORT_LOOP _Pragma("clang loop vectorize(disable) unroll(disable)")
/// Scratch on the stack, where none is given.
#define HAVE_SCRATCH \
  REAL here[LSQ_ROOM]; \
  if (!scratch) scratch = here;
/// The distance from 1 to the next number.
#define EPSILON ((REAL)(sizeof(REAL) == sizeof(double) ? 0x1p-52 : 0x1p-23))
#endif

#if defined(__x86_64__) && !defined(_WIN32)
  #pragma clang attribute push(__attribute__((target("avx2"))), apply_to = function)
  #define LEVEL avx2
  #define REGISTER_BYTES 32
  #define REAL double
  #include KERNEL
  #undef REAL
  #define REAL float
  #include KERNEL
  #undef REAL
  #undef LEVEL
  #undef REGISTER_BYTES
  #pragma clang attribute pop
  #undef DISPATCH
  /// Calls the instance of a kernel that suits the processor.
  #define DISPATCH(kernel, type, ...) \
    (__builtin_cpu_supports("avx2") ? kernel##_##type##_avx2(__VA_ARGS__) \
                                    : kernel##_##type##_baseline(__VA_ARGS__))
#else
  #undef DISPATCH
  #define DISPATCH(kernel, type, ...) kernel##_##type##_baseline(__VA_ARGS__)
#endif

#define LEVEL baseline
#define REGISTER_BYTES 16
#define REAL double
#include KERNEL
#undef REAL
#define REAL float
#include KERNEL
#undef REAL
#undef LEVEL
#undef REGISTER_BYTES
