import BigInt
import LSQScalars

/// One law being checked: its random numbers and the violations so far.
struct Examination<Scalar: LSQScalar> {
  let law: ScalarLaw
  let laws: ScalarLaws<Scalar>
  let format: BinaryFormat<Scalar>
  var generator: SeededGenerator
  private(set) var violations: [LawViolation] = []

  init(_ law: ScalarLaw, _ laws: ScalarLaws<Scalar>, _ format: BinaryFormat<Scalar>) {
    self.law = law
    self.laws = laws
    self.format = format
    // Every law draws its own numbers, whichever others are checked.
    let place = ScalarLaw.allCases.firstIndex(of: law) ?? 0
    generator = SeededGenerator(seed: laws.seed &+ UInt64(place) &* 0xD1B5_4A32_D192_ED03)
  }

  /// Whether enough has been found.
  var isDone: Bool { violations.count >= 3 }

  mutating func report(_ operation: String, found: String, expected: String) {
    guard !isDone else { return }
    violations.append(
      laws.violation(law, Finding(operation, found: found, expected: expected)))
  }

  /// Repeats a check for every sample, until enough has been found. A sample that cannot be examined to its end is
  /// reported.
  mutating func forEachSample(
    of count: Int? = nil, _ body: (inout Self) throws(Finding) -> Void
  ) {
    for _ in 0..<(count ?? laws.samples) where !isDone { attempt(body) }
  }

  /// Does what may come to an early end, which is reported.
  mutating func attempt(_ body: (inout Self) throws(Finding) -> Void) {
    do {
      try body(&self)
    } catch {
      report(error.operation, found: error.found, expected: error.expected)
    }
  }
}

// MARK: - Comparisons

extension Examination {
  /// Expects a condition.
  mutating func expect(_ condition: Bool, _ operation: @autoclosure () -> String) {
    if !condition { report(operation(), found: "false", expected: "true") }
  }

  /// Expects the same value with the same sign; all NaN are the same.
  mutating func expect(
    _ found: Scalar, is expected: Scalar, _ operation: @autoclosure () -> String
  ) {
    guard !Self.same(found, expected) else { return }
    let text = "\(found)" == "\(expected)" ? (found - expected).description : nil
    report(
      operation(), found: "\(found)" + (text.map { ", off by \($0)," } ?? ""),
      expected: "\(expected)")
  }

  static func same(_ a: Scalar, _ b: Scalar) -> Bool {
    if a.isNaN || b.isNaN { return a.isNaN && b.isNaN }
    return a == b && a.sign == b.sign
  }

  /// Expects an exact result, rounded as the type rounds.
  ///
  /// - Parameter zeroSign: the sign, where the result is exactly zero.
  mutating func expect(
    _ found: Scalar, rounds exact: ExactNumber, zeroSign: FloatingPointSign = .plus,
    _ operation: @autoclosure () -> String
  ) {
    switch laws.rounding {
    case .nearest:
      let sign = exact.isZero ? zeroSign : exact.isNegative ? .minus : .plus
      if let nearest = format.nearest(to: exact) {
        guard ExactNumber(found, in: format) == nearest, found.sign == sign else {
          return report(
            operation(), found: text(found),
            expected: nearest.isZero && sign == .minus ? "-0" : "\(nearest)")
        }
      } else if !(found.isInfinite && found.sign == sign) {
        report(operation(), found: text(found), expected: sign == .minus ? "-inf" : "inf")
      }
    case .within(let ulps):
      let bound =
        exact.magnitude * ExactNumber(BigInt(ulps), exponent: 1 - format.bits)
      guard let value = ExactNumber(found, in: format), value.distance(to: exact) <= bound else {
        return report(
          operation(), found: text(found), expected: "\(exact) to \(ulps) ulps")
      }
    }
  }

  /// A value in decimal, and exactly.
  func text(_ x: Scalar) -> String {
    ExactNumber(x, in: format).map { "\(x) = \($0)" } ?? "\(x)"
  }

  /// The value of a number that has one.
  func exact(_ x: Scalar) throws(Finding) -> ExactNumber {
    guard let value = ExactNumber(x, in: format) else {
      throw Finding("the sum of the bits of \(x)", found: "none", expected: "a finite number")
    }
    return value
  }

  /// The bits that an exact quotient or root needs to be rounded as if it were exact.
  var workingBits: Int { format.bits + 32 }
}

// MARK: - Random numbers

extension Examination {
  /// A number with the given exponent. Half of them have a random significand of full width; the
  /// others have a short one, whose sums and products often are exact or ties, or are a power of two
  /// or a neighbour of one.
  ///
  /// It is finite and not zero, with that exponent or, where it is rounded as a subnormal number, the next.
  mutating func number(exponent: Int) throws(Finding) -> Scalar {
    let (short, neighbour) = (1 << min(10, format.bits - 1), format.bits == 2 ? 1 : 3)
    let significand: Scalar =
      switch Int.random(in: 0..<8, using: &generator) {
      case 0...3: fullSignificand()
      case 4, 5: 1 + Scalar(Int.random(in: 0..<short, using: &generator)) / Scalar(short)
      case 6: 1
      default: 1 + Scalar(Int.random(in: 1...neighbour, using: &generator)) * Scalar.ulpOfOne
      }
    let sign: FloatingPointSign = Bool.random(using: &generator) ? .plus : .minus
    return try number(sign: sign, exponent: exponent, significand: significand)
  }

  mutating func number(exponents: ClosedRange<Int>) throws(Finding) -> Scalar {
    try number(exponent: Int.random(in: exponents, using: &generator))
  }

  /// The number of at most as many bits as the type has.
  func number(_ exact: ExactNumber) throws(Finding) -> Scalar {
    guard !exact.isZero else { return 0 }
    let digits = String(exact.significand.magnitude, radix: 2)
    var integer: Scalar = 0
    for digit in digits { integer = integer + integer + (digit == "1" ? 1 : 0) }
    return try number(
      sign: exact.isNegative ? .minus : .plus, exponent: exact.leadingExponent,
      significand: scaled(integer, by: 1 - digits.count))
  }

  private func number(
    sign: FloatingPointSign, exponent: Int, significand: Scalar
  ) throws(Finding) -> Scalar {
    guard significand >= 1, significand < 2 else {
      throw Finding(
        "a significand made by +, * and /", found: "\(significand)", expected: "in 1..<2")
    }
    let x = Scalar(
      sign: sign, exponent: Scalar.Exponent(clamping: exponent), significand: significand)
    guard x.isFinite, !x.isZero, x.exponent == exponent || x.exponent == exponent + 1 else {
      throw Finding(
        "\(significand) * 2^\(exponent)", found: "\(x)", expected: "a number of that exponent")
    }
    return x
  }

  private func scaled(_ x: Scalar, by exponent: Int) -> Scalar {
    Scalar(sign: .plus, exponent: Scalar.Exponent(clamping: exponent), significand: x)
  }

  /// A random number in [1, 2).
  private mutating func fullSignificand() -> Scalar {
    // Sixteen bits at a time, each sum exact.
    var integer: Scalar = 1
    var bits = 1
    while bits < format.bits {
      let chunk = min(16, format.bits - bits)
      integer =
        integer * Scalar(1 << chunk)
        + Scalar(Int.random(in: 0..<(1 << chunk), using: &generator))
      bits += chunk
    }
    return scaled(integer, by: 1 - bits)
  }

  /// The exponent intended for a result: mostly in the middle of the range, sometimes at its ends.
  mutating func resultExponent() -> Int {
    guard laws.rounding == .nearest else { return Int.random(in: -20...20, using: &generator) }
    return switch Int.random(in: 0..<10, using: &generator) {
    case 0: format.greatestExponent - Int.random(in: -1...2, using: &generator)
    case 1: format.leastExponent + Int.random(in: -2...(format.bits + 2), using: &generator)
    default: Int.random(in: -20...20, using: &generator)
    }
  }

  /// The exponent nearest to the given one that a number can have.
  func possible(_ exponent: Int) -> Int {
    min(max(exponent, format.leastExponent), format.greatestExponent)
  }
}
