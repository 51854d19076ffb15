#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// The number of processors in use when it was first asked for, at least one: the system reads it from a file, which
/// takes a tenth of the time of a small fit.
package let processorCount: Int = {
  #if canImport(Darwin) || canImport(Glibc) || canImport(Musl)
    max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
  #else
    1
  #endif
}()
