import LSQScalars
import MultiPrecision
import ScalarTesting
import Testing

/// Whatever a member returns, the laws say so; they neither stop the program nor go on for ever.
@Suite("The laws report whatever is broken")
struct ReportingTests {
  /// Wrong numbers, by member. What an error bound allows, or is right, is left out.
  private static let numbers: [(members: [Defect.Member], results: [Defect.Result])] = [
    (
      [
        .sum, .difference, .product, .quotient, .negation, .magnitude, .squareRoot, .fusedProduct,
        .remainder, .truncatingRemainder, .rounding, .ulpOfOne, .leastNormalMagnitude, .ulp,
        .significand, .nextUp, .nextDown, .integer, .anyInteger, .integerLiteral, .floatLiteral,
        .text, .typelessNumber, .parts, .signOf, .exactInteger,
      ],
      [.nan, .infinity, .minusInfinity, .zero, .least, .greatest, .operand, .opposite, .next]
    ),
    ([.zero], [.nan, .infinity, .least, .greatest, .opposite]),
    ([.nan], [.infinity, .zero, .least, .operand]),
    ([.infinity], [.nan, .minusInfinity, .zero, .least, .greatest]),
    (
      [.greatestFiniteMagnitude, .leastNonzeroMagnitude],
      [.nan, .infinity, .minusInfinity, .zero, .operand, .opposite, .next]
    ),
    ([.greatestFiniteMagnitude], [.least]), ([.leastNonzeroMagnitude], [.greatest]),
    ([.pi], [.nan, .infinity, .zero, .least, .greatest, .operand, .opposite]),
  ]

  /// Wrong values of functions.
  private static let functions: [(members: [Defect.Member], results: [Defect.Result])] = [
    (
      [
        .exp, .expMinusOne, .cosh, .sinh, .tanh, .cos, .sin, .tan, .log, .acosh, .asinh, .atanh,
        .acos, .asin, .atan, .erf, .erfc, .exp2, .exp10, .log2, .log10, .gamma, .logGamma,
        .logOnePlus, .pow, .integerPow, .root, .hypot, .atan2,
      ],
      [.nan, .greatest]
    )
  ]

  /// Wrong answers of another kind.
  private static let answers: [(members: [Defect.Member], results: [Defect.Result])] = [
    (
      [
        .isLess, .isEqual, .isLessOrEqual, .isTotallyOrdered, .isFinite, .isInfinite, .isNaN,
        .isZero, .isNormal, .isSubnormal, .sign,
      ],
      [.no, .yes, .contrary]
    ),
    ([.exponent], [.zero, .low, .high, .off, .opposite]),
    ([.binaryReal], [.nan, .infinity, .zero, .low, .high]),
    (
      [.text, .exactInteger, .radix, .description, .hash, .floatingPointClass, .rounded],
      [.nothing]
    ),
  ]

  /// What every number passes through, wrong for some numbers only, so that other laws get to see it.
  private static let rareNumbers: [(members: [Defect.Member], results: [Defect.Result])] = [
    (
      [
        .sum, .difference, .product, .quotient, .negation, .magnitude, .significand, .parts,
        .nextUp, .nextDown, .integer,
      ],
      [.nan, .infinity, .zero, .greatest, .operand]
    ),
    ([.exponent], [.low, .high, .off]),
  ]

  private static func defects(
    _ groups: [(members: [Defect.Member], results: [Defect.Result])], isRare: Bool = false
  ) -> [Defect] {
    groups.flatMap { members, results in
      members.flatMap { member in
        results.map { Defect(member: member, result: $0, isRare: isRare) }
      }
    }
  }

  private func expectReport<Base: LSQScalar>(
    _: Base.Type, _ defect: Defect, omitting omitted: Set<ScalarLaw> = []
  ) {
    var violations: [LawViolation] = []
    let time = ContinuousClock().measure {
      violations = Defect.$current.withValue(defect) {
        ScalarLaws<Defective<Base>>(seed: 3, samples: 8, omitting: omitted).check()
      }
    }
    #expect(!violations.isEmpty, "\(Base.self), \(defect)")
    // Less than one, unless others use the machine.
    #expect(time < .seconds(30), "\(Base.self), \(defect)")
  }

  /// The laws that take longest.
  private static let slow: Set<ScalarLaw> = [.elementaryFunctions, .gamma]

  @Test("A wrong number") func number() {
    for defect in Self.defects(Self.numbers) {
      expectReport(Double.self, defect, omitting: Self.slow)
    }
  }

  @Test("A wrong answer") func answer() {
    for defect in Self.defects(Self.answers) {
      expectReport(Double.self, defect, omitting: Self.slow)
    }
  }

  @Test("A wrong value of a function") func function() {
    for defect in Self.defects(Self.functions) { expectReport(Double.self, defect) }
  }

  @Test("A number that is wrong now and then") func rareNumber() {
    for defect in Self.defects(Self.rareNumbers, isRare: true) { expectReport(Double.self, defect) }
  }

  @Test("A type of few bits and a wide range") func wideRange() {
    let groups: [(members: [Defect.Member], results: [Defect.Result])] = [
      ([.ulpOfOne, .nextDown, .quotient, .sum, .exp], [.nan, .least, .greatest]),
      ([.exponent], [.low, .high, .opposite]),
    ]
    for defect in Self.defects(groups) { expectReport(MPFloat<3, 1>.self, defect) }
  }

  @Test("Without a defect there is nothing to report") func none() {
    #expect(ScalarLaws<Defective<Double>>(seed: 3, samples: 40).check() == [])
  }
}
