// MPFR caches constants and keeps scratch numbers per thread. They are freed when the thread ends.
#include <mpfr.h>
#include <pthread.h>

#include "include/CMPFRWords.h"

static pthread_key_t key;
static pthread_once_t once = PTHREAD_ONCE_INIT;
// Whether this thread has registered its destructor already.
static _Thread_local int isNoted;

static void free_caches(void *value) {
  (void)value;
  mpfr_free_cache2(MPFR_FREE_LOCAL_CACHE);
  // Another key's destructor may yet fill them again; then this one is called once more.
  isNoted = 0;
}

static void make_key(void) { pthread_key_create(&key, free_caches); }

static __attribute__((noinline, cold)) void note(void) {
  pthread_once(&once, make_key);
  pthread_setspecific(key, &isNoted);
  isNoted = 1;
}

void lsq_free_caches_at_end_of_thread(void) {
  if (__builtin_expect(!isNoted, 0)) note();
}
