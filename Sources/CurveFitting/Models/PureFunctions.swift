public import CKernels
public import LSQScalars

/// Functions of a scalar, with the same bits as the scalar's own, that the compiler knows to have no side effects.
///
/// A call of the C library may set `errno`. So a loop over rows would take the sine of a number twice where the formula has
/// it twice, and every exponential where only one is wanted.
@usableFromInline
enum PureFunctions<Scalar: LSQScalar> {
  @inlinable @inline(__always)
  static func exp(_ x: Scalar) -> Scalar { call(x, lsq_exp, lsq_expf) { .exp($0) } }

  @inlinable @inline(__always)
  static func log(_ x: Scalar) -> Scalar { call(x, lsq_log, lsq_logf) { .log($0) } }

  @inlinable @inline(__always)
  static func sin(_ x: Scalar) -> Scalar { call(x, lsq_sin, lsq_sinf) { .sin($0) } }

  @inlinable @inline(__always)
  static func cos(_ x: Scalar) -> Scalar { call(x, lsq_cos, lsq_cosf) { .cos($0) } }

  @inlinable @inline(__always)
  static func atan(_ x: Scalar) -> Scalar { call(x, lsq_atan, lsq_atanf) { .atan($0) } }

  @inlinable @inline(__always)
  static func call(
    _ x: Scalar, _ double: (Double) -> Double, _ float: (Float) -> Float,
    _ other: (Scalar) -> Scalar
  ) -> Scalar {
    if let x = x as? Double, let y = double(x) as? Scalar { return y }
    if let x = x as? Float, let y = float(x) as? Scalar { return y }
    return other(x)
  }
}
