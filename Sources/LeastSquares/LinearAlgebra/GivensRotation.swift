import LSQScalars

/// The plane rotation (c, s) that turns the pair (a, b) into (r, 0):
///
///     c·a + s·b = r,   −s·a + c·b = 0.
///
/// - Complexity: O(1).
///
/// Source: the rotations within MINPACK's `qrsolv` and `rwupdt`.
struct GivensRotation<Scalar: LSQScalar> {
  /// c (MINPACK: cos).
  let cosine: Scalar
  /// s (MINPACK: sin).
  let sine: Scalar

  /// The rotation that changes nothing.
  static var identity: Self { Self(cosine: 1, sine: 0) }

  private init(cosine: Scalar, sine: Scalar) {
    self.cosine = cosine
    self.sine = sine
  }

  /// The rotation that eliminates `b` against `a`.
  @inline(__always)
  init(eliminating b: Scalar, against a: Scalar, _ constants: Constants<Scalar>) {
    let half = constants.half
    let quarter = constants.quarter
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
  @inline(__always)
  func apply(_ a: inout Scalar, _ b: inout Scalar) {
    let turned = cosine * a + sine * b
    b = -(sine * a) + cosine * b
    a = turned
  }
}
