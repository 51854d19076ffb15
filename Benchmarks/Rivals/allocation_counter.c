/* To be preloaded: counts the calls of malloc and its kin, and the bytes asked for. */
#define _GNU_SOURCE
#include <errno.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>

/* glibc's own entry points, so that nothing has to be looked up while the first allocation waits. */
void *__libc_malloc(size_t);
void *__libc_calloc(size_t, size_t);
void *__libc_realloc(void *, size_t);
void *__libc_memalign(size_t, size_t);

static atomic_ullong calls, bytes;

static void *counted(size_t size, void *block) {
  atomic_fetch_add_explicit(&calls, 1, memory_order_relaxed);
  atomic_fetch_add_explicit(&bytes, size, memory_order_relaxed);
  return block;
}

/* The name under which measuring programs look for the counts. */
void peers_malloc_stats(uint64_t *c, uint64_t *b) {
  *c = calls;
  *b = bytes;
}

void *malloc(size_t size) { return counted(size, __libc_malloc(size)); }
void *calloc(size_t count, size_t size) { return counted(count * size, __libc_calloc(count, size)); }
void *realloc(void *old, size_t size) { return counted(size, __libc_realloc(old, size)); }
void *memalign(size_t alignment, size_t size) { return counted(size, __libc_memalign(alignment, size)); }
void *aligned_alloc(size_t alignment, size_t size) { return memalign(alignment, size); }
int posix_memalign(void **block, size_t alignment, size_t size) {
  *block = memalign(alignment, size);
  return *block ? 0 : ENOMEM;
}
