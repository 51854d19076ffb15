// Sine and cosine by Taylor's series after reduction by π/2, angles by Newton's method.

extension DoubleDouble {
  /// π/2 in four parts, to 212 bits.
  private static let halfPiParts = [
    0x1.921fb54442d18p+0, 0x1.1a62633145c07p-54, -0x1.f1976b7ed8fbcp-110, 0x1.4cf98e804177dp-164,
  ]
  static let halfPi = Self(high: halfPiParts[0], low: halfPiParts[1])

  public static func sin(_ x: Self) -> Self { sineAndCosine(x).sine }
  public static func cos(_ x: Self) -> Self { sineAndCosine(x).cosine }
  public static func tan(_ x: Self) -> Self {
    let (sine, cosine) = sineAndCosine(x)
    return sine / cosine
  }

  /// NaN from 2⁵⁰ on, where the multiple of π/2 would need more digits than are kept. Close to a zero the
  /// error is absolute, a few u².
  private static func sineAndCosine(_ x: Self) -> (sine: Self, cosine: Self) {
    guard x.high.magnitude < 0x1p50 else { return (.nan, .nan) }
    // x = n·π/2 + r. The products are exact; the large ones go first and cancel.
    let n = (x.high / halfPiParts[0]).rounded()
    let r = halfPiParts.reduce(x) { $0 - Self(product: n, $1) }
    let (sine, cosine) = taylor(r)
    return switch Int(n.truncatingRemainder(dividingBy: 4)) & 3 {
    case 0: (sine, cosine)
    case 1: (cosine, -sine)
    case 2: (-sine, -cosine)
    default: (-cosine, sine)
    }
  }

  /// Both series for |r| ≤ π/4, up to r²⁹/29!.
  private static func taylor(_ r: Self) -> (sine: Self, cosine: Self) {
    let square = r * r
    var sine: Self = 1
    var cosine: Self = 1
    for k in (1...14).reversed() {
      sine = 1 - square * sine / Self(2 * k * (2 * k + 1))
      cosine = 1 - square * cosine / Self(2 * k * (2 * k - 1))
    }
    return (r * sine, cosine)
  }

  public static func atan(_ x: Self) -> Self { atan2(y: x, x: 1) }

  public static func asin(_ x: Self) -> Self {
    atan2(y: x, x: ((1 - x) * (1 + x)).squareRoot())
  }

  public static func acos(_ x: Self) -> Self {
    atan2(y: ((1 - x) * (1 + x)).squareRoot(), x: x)
  }

  /// The angle in `Double`, plus the small angle that is left after turning the point back by it: that angle equals its
  /// tangent to three times the digits.
  public static func atan2(y: Self, x: Self) -> Self {
    let angle = Double.atan2(y: y.high, x: x.high)
    guard x.isFinite && y.isFinite && angle != 0 else {
      // Along an axis or diagonal the angle is a multiple of π/4.
      return angle.isNaN ? .nan : halfPi * Self((angle / halfPi.high * 2).rounded()) / 2
    }
    let (sine, cosine) = sineAndCosine(Self(angle))
    return Self(angle) + (y * cosine - x * sine) / (x * cosine + y * sine)
  }
}
