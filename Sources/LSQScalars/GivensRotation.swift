/// The plane rotation (c, s) that turns the pair (a, b) into (r, 0):
///
///     c·a + s·b = r,   −s·a + c·b = 0.
///
/// - Complexity: O(1).
///
/// Source: the rotations within MINPACK's `qrsolv` and `rwupdt`.
public struct GivensRotation<Scalar: LSQScalar> {
  /// c (MINPACK: cos).
  public let cosine: Scalar
  /// s (MINPACK: sin).
  public let sine: Scalar

  /// The rotation that changes nothing.
  @inlinable
  public static var identity: Self { Self(cosine: 1, sine: 0) }

  @inlinable
  init(cosine: Scalar, sine: Scalar) {
    self.cosine = cosine
    self.sine = sine
  }

  /// The rotation that eliminates `b` against `a`; the caller keeps the constants 1/2 and 1/4.
  @inlinable @inline(__always)
  public init(eliminating b: Scalar, against a: Scalar, half: Scalar, quarter: Scalar) {
    if a.magnitude < b.magnitude {
      let cotangent = a / b
      sine = half / (quarter + quarter * (cotangent * cotangent)).squareRoot()
      cosine = sine * cotangent
    } else {
      let tangent = b / a
      cosine = half / (quarter + quarter * (tangent * tangent)).squareRoot()
      sine = cosine * tangent
    }
  }

  /// Turns one pair of numbers.
  @inlinable @inline(__always)
  public func apply(_ a: inout Scalar, _ b: inout Scalar) {
    let turned = cosine * a + sine * b
    b = -(sine * a) + cosine * b
    a = turned
  }
}
