#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif
import MultiPrecision

/// Fills every cache that MPFR keeps for a thread.
func fillCaches() {
  typealias T = MPFloat1024
  let x = T.pi + T.eulerGamma + T.log(3) + T.exp(T(1) / 3) + T.gamma(T(7) / 2) + T.zeta(3)
  guard x > 0 else { fatalError("wrong constants") }
}

/// Fills the caches of a new thread, and waits for its end.
func fillCachesInThread() {
  #if canImport(Darwin)
    var thread: pthread_t?
  #else
    var thread: pthread_t = 0
  #endif
  let error = pthread_create(
    &thread, nil,
    { _ in
      fillCaches(); return nil
    }, nil)
  guard error == 0 else { fatalError("no thread could be started: error \(error)") }
  #if canImport(Darwin)
    if let thread { pthread_join(thread, nil) }
  #else
    pthread_join(thread, nil)
  #endif
}

/// The greatest memory in use so far, in the system's unit.
func greatestMemory() -> Int {
  var usage = rusage()
  #if canImport(Darwin)
    getrusage(RUSAGE_SELF, &usage)
  #else
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
  #endif
  return usage.ru_maxrss
}

/// Starts `count` threads, one after the other, each of which fills its caches and frees nothing. On request, stops the
/// program if memory grows by a fifth during the second half of them: under valgrind and ThreadSanitizer it grows
/// because of these tools. The caches of 200 threads would be half of the program's memory.
func examineThreads(_ count: Int, isMemoryWatched: Bool) {
  var memory = 0
  for i in 0..<count {
    if i == count / 2 { memory = greatestMemory() }
    fillCachesInThread()
  }
  print("\(count) threads that evaluated functions")
  guard isMemoryWatched else { return }
  let growth = greatestMemory() - memory
  guard growth < memory / 5 else { fatalError("the threads leak memory: \(growth)") }
  print("memory does not grow")
}
