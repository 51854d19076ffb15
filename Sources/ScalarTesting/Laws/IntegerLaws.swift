import BigInt
import LSQScalars

// Integers, and rounding to them.

extension Examination {
  mutating func checkIntegerRounding() {
    let rules: [FloatingPointRoundingRule] = [
      .toNearestOrAwayFromZero, .toNearestOrEven, .up, .down, .towardZero, .awayFromZero,
    ]
    expect((-Scalar.zero).rounded(), is: -Scalar.zero, "-0, rounded")
    forEachSample { e throws(Finding) in
      // Halves and neighbours of integers, as well as any numbers.
      var x = try e.number(exponents: -3...min(40, e.format.bits + 1))
      if Bool.random(using: &e.generator) {
        x = Scalar(Int.random(in: -64...64, using: &e.generator)) / 4
        if Int.random(in: 0..<3, using: &e.generator) == 0 { x = x.nextDown }
      }
      let exact = try e.exact(x)
      for rule in rules {
        let found = x.rounded(rule)
        let expected = Self.integer(exact, rule)
        guard ExactNumber(found, in: e.format) == expected, found.sign == x.sign else {
          e.report("\(x) rounded \(rule)", found: "\(found)", expected: "\(expected)")
          continue
        }
        var y = x
        y.round(rule)
        e.expect(y, is: found, "\(x) rounded in place \(rule)")
      }
    }
  }

  /// The integer to which a rule rounds an exact number.
  private static func integer(
    _ exact: ExactNumber, _ rule: FloatingPointRoundingRule
  ) -> ExactNumber {
    guard exact.exponent < 0 else { return exact }
    let floor = exact.fixedPoint(0)
    let ceiling = floor + 1
    let (inner, outer) = exact.isNegative ? (ceiling, floor) : (floor, ceiling)
    switch rule {
    case .down: return ExactNumber(floor)
    case .up: return ExactNumber(ceiling)
    case .towardZero: return ExactNumber(inner)
    case .awayFromZero: return ExactNumber(outer)
    default:
      let twice = exact.magnitude * ExactNumber(2)
      let middle = ExactNumber(BigInt(inner.magnitude) * 2 + 1)
      if twice == middle {
        let takesOuter = rule == .toNearestOrAwayFromZero || inner % 2 != 0
        return ExactNumber(takesOuter ? outer : inner)
      }
      return ExactNumber(twice < middle ? inner : outer)
    }
  }

  mutating func checkIntegers() {
    forEachSample { e in
      let bits = Int.random(in: 1..<64, using: &e.generator)
      e.checkInteger(Int(truncatingIfNeeded: e.generator.next()) >> (64 - bits))
      let u = e.generator.next()
      e.expect(Scalar(u), rounds: ExactNumber(BigInt(u)), "the integer \(u)")
    }
    for n in [Int.min, .max, 0] { checkInteger(n) }
    let literals: [(Scalar, Int)] = [
      (0, 0), (1, 1), (-1, -1), (7, 7), (100, 100), (-255, -255), (1024, 1024),
      (1_000_000, 1_000_000),
    ]
    for (literal, n) in literals {
      expect(literal, rounds: ExactNumber(BigInt(n)), "the literal \(n)")
    }
  }

  private mutating func checkInteger(_ n: Int) {
    let exact = ExactNumber(BigInt(n))
    expect(Scalar(n), rounds: exact, "the integer \(n)")
    let fits = exact.isZero || exact.leadingExponent - exact.exponent < format.bits
    let found = Scalar(exactly: n)
    if fits {
      let value = found.flatMap { ExactNumber($0, in: format) }
      expect(value == exact, "\(n) is converted exactly")
    } else if laws.rounding == .nearest {
      expect(found == nil, "the exact conversion of \(n) is refused")
    }
  }
}
