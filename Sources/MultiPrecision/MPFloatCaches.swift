/// What MPFR keeps in memory between calls.
///
/// MPFR remembers π, log 2, γ and Catalan's constant to the greatest width asked for so far, and some
/// scratch numbers, separately for every thread: a few multiples of the widest number that the thread
/// has used. They are freed when the thread ends, so nothing needs to be done. To free the memory
/// earlier, in a thread that goes on, call ``free()``.
public enum MPFloatCaches {
  /// Frees what MPFR keeps for the calling thread. Later calls of functions fill it again.
  public static func free() { MPFR.freeCaches() }
}

/// What MPFR keeps for a thread in addition to its caches: the flags and the exponent range.
///
/// Every operation of ``MPFloat`` leaves it as it was.
public struct MPFloatState: Hashable, Sendable {
  /// The status flags, as bits of MPFR's `mpfr_flags_t`.
  public let flags: UInt32
  /// The least exponent, of a number 0.1… · 2ᵉ.
  public let leastExponent: Int
  /// The greatest exponent.
  public let greatestExponent: Int

  /// The state of the calling thread.
  public static var current: Self { MPFR.state }
}
