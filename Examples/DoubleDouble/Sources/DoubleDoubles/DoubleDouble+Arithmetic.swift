extension DoubleDouble: AlgebraicField {
  public static var zero: Self { Self(0.0) }

  /// Error at most 3u² + 13u³: AccurateDWPlusDW, algorithm 6 of Joldes, Muller and Popescu.
  public static func + (x: Self, y: Self) -> Self {
    let s = Self(sum: x.high, y.high)
    guard s.high.isFinite else { return Self(s.high) }
    let t = Self(sum: x.low, y.low)
    // The high parts cancel, or both are zero; the sign is theirs.
    if s.high == 0 { return t.high == 0 ? Self(x.high + y.high) : t }
    let v = Self(fastSum: s.high, s.low + t.high)
    return Self(fastSum: v.high, t.low + v.low)
  }

  public static func - (x: Self, y: Self) -> Self { x + -y }

  /// Error at most 4u²: DWTimesDW3, algorithm 12.
  public static func * (x: Self, y: Self) -> Self {
    let c = Self(product: x.high, y.high)
    guard c.high.isFinite && c.high != 0 else { return Self(c.high) }
    let cross = (x.low * y.low).addingProduct(x.high, y.low).addingProduct(x.low, y.high)
    return Self(fastSum: c.high, c.low + cross)
  }

  /// Error at most 15u² + 56u³: DWDivDW2, algorithm 17.
  public static func / (x: Self, y: Self) -> Self {
    let quotient = x.high / y.high
    guard quotient.isFinite && quotient != 0 && y.high.isFinite else { return Self(quotient) }
    let back = y.times(quotient)
    let rest = (x.high - back.high) + (x.low - back.low)
    return Self(fastSum: quotient, rest / y.high)
  }

  /// Error at most 2u²: DWTimesFP3, algorithm 9.
  func times(_ y: Double) -> Self {
    let c = Self(product: high, y)
    return Self(fastSum: c.high, c.low.addingProduct(low, y))
  }

  /// Error at most 25/8·u²: SQRTDWtoDW of V. Lefèvre, N. Louvet, J.-M. Muller, J. Picot, L. Rideau,
  /// "Accurate calculation of Euclidean norms using double-word arithmetic", *ACM TOMS* 49(1), 2023.
  public func squareRoot() -> Self {
    let root = high.squareRoot()
    guard root.isFinite && root > 0 else { return Self(root) }
    let rest = low + high.addingProduct(-root, root)
    return Self(fastSum: root, rest / (2 * root))
  }

  public static func += (x: inout Self, y: Self) { x = x + y }
  public static func -= (x: inout Self, y: Self) { x = x - y }
  public static func *= (x: inout Self, y: Self) { x = x * y }
  public static func /= (x: inout Self, y: Self) { x = x / y }
  public mutating func formSquareRoot() { self = squareRoot() }

  public static prefix func - (x: Self) -> Self { Self(high: -x.high, low: -x.low) }
  public mutating func negate() { self = -self }
  public var magnitude: Self { sign == .minus ? -self : self }
}

// Requirements of `FloatingPoint` that the solver never uses: good to a few ulps only.
extension DoubleDouble {
  /// Rounds twice, as there is no wider number at hand.
  public mutating func addProduct(_ x: Self, _ y: Self) { self += x * y }

  /// Of use while the quotient is less than about 2¹⁰⁰.
  public mutating func formRemainder(dividingBy other: Self) {
    self -= (self / other).rounded(.toNearestOrEven) * other
  }

  /// Of use while the quotient is less than about 2¹⁰⁰.
  public mutating func formTruncatingRemainder(dividingBy other: Self) {
    self -= (self / other).rounded(.towardZero) * other
  }

  public mutating func round(_ rule: FloatingPointRoundingRule) {
    guard isFinite else { return }
    let floor = self.floor
    if floor == self { return }
    let takesFloor =
      switch rule {
      case .down: true
      case .up: false
      case .towardZero: sign == .plus
      case .awayFromZero: sign == .minus
      default: isNearer(to: floor, breakingTies: rule)
      }
    self = Self(signOf: self, magnitudeOf: takesFloor ? floor : floor + 1)
  }

  private func isNearer(to floor: Self, breakingTies rule: FloatingPointRoundingRule) -> Bool {
    let fraction = self - floor
    let half = Self(0.5)
    if fraction != half { return fraction < half }
    let isEven = (floor * half).floor == floor * half
    return rule == .toNearestOrAwayFromZero ? sign == .minus : isEven
  }

  private var floor: Self {
    let whole = high.rounded(.down)
    return whole == high ? Self(fastSum: high, low.rounded(.down)) : Self(whole)
  }
}
