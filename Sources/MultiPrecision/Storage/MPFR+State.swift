import CMPFR

extension MPFR {
  /// Frees what MPFR keeps for this thread: constants and scratch numbers.
  @safe
  static func freeCaches() { mpfr_free_cache2(MPFR_FREE_LOCAL_CACHE) }

  /// What MPFR keeps for this thread in addition to its caches.
  @safe
  static var state: MPFloatState {
    MPFloatState(
      flags: mpfr_flags_save(), leastExponent: mpfr_get_emin(), greatestExponent: mpfr_get_emax())
  }
}
