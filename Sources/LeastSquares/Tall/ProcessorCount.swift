#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// The number of processors in use, at least one.
package func processorCount() -> Int {
  #if canImport(Darwin) || canImport(Glibc) || canImport(Musl)
    max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
  #else
    1
  #endif
}
