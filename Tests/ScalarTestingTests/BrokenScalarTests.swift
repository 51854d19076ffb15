import LSQScalars
import ScalarTesting
import Testing

/// The laws find each defect, under its name.
@Suite("Broken scalars are found out")
struct BrokenScalarTests {
  /// Expects that the one defect breaks exactly the given laws.
  private func expect<Scalar: LSQScalar>(
    _: Scalar.Type, breaks expected: Set<ScalarLaw>
  ) {
    for seed in [1, 2, 3] as [UInt64] {
      let violations = ScalarLaws<Scalar>(
        seed: seed, samples: 40, omitting: [.elementaryFunctions]
      ).check()
      #expect(Set(violations.map(\.law)) == expected, "\(violations)")
    }
  }

  @Test("A fused multiply-add in the inner product") func fused() {
    expect(FusedDotProduct.self, breaks: [.dotProduct, .reflect, .solveDamped])
  }

  @Test("Two accumulators in the inner product") func split() {
    expect(SplitDotProduct.self, breaks: [.dotProduct, .reflect, .solveDamped])
  }

  @Test("Products that are off by one unit in the last place") func sloppy() {
    let violations = ScalarLaws<SloppyProduct>().check(.multiplication)
    #expect(violations.count == 3)
    #expect(ScalarLaws<SloppyProduct>().check(.addition) == [])
    #expect(ScalarLaws<SloppyProduct>(rounding: .within(ulps: 2)).check(.multiplication) == [])
  }

  @Test("A machine epsilon twice as large as it should be") func epsilon() {
    let violations = ScalarLaws<DoubleUlp>().check(.spacing)
    #expect(violations.contains { $0.operation == "the distance from 1 to the next number" })
  }

  @Test("One half as large describes no numbers, and nothing else is checked") func halfEpsilon() {
    expect(HalfUlp.self, breaks: [.format])
    #expect(ScalarLaws<HalfUlp>().check(.spacing) == ScalarLaws<HalfUlp>().check(.format))
    // Not even if it is omitted.
    #expect(ScalarLaws<HalfUlp>(omitting: [.format]).check() != [])
  }

  @Test("Text that loses a digit") func shortText() {
    expect(ShortText.self, breaks: [.textRoundTrip])
  }

  @Test("A lost sign of zero") func minusZero() {
    #expect(ScalarLaws<LostMinusZero>().check(.zeros) != [])
    #expect(ScalarLaws<LostMinusZero>().check(.multiplication) == [])
  }

  @Test func `An exact conversion that refuses the least integer`() {
    expect(NoLeastInteger.self, breaks: [.integers])
  }

  @Test("Other thresholds in the norm") func norm() {
    expect(ModernNorm.self, breaks: [.euclideanNorm])
  }

  @Test("Other roundings in the other kernels") func kernels() {
    expect(
      OtherKernels.self,
      breaks: [
        .columnNorms, .addScaled, .addScaledWithinBuffer, .applyToLanes, .copy, .exchange, .divide,
        .divideDifferences, .applyReflector, .reflect, .rotate, .solveDamped, .areFinite, .multiply,
        .combine,
      ])
  }

  @Test("Functions, text and literals that pass through Float") func throughFloat() {
    let laws = ScalarLaws<ThroughFloat>(samples: 40)
    let broken: Set<ScalarLaw> = [
      .textRoundTrip, .decimalText, .decimalLiterals, .elementaryFunctions, .gamma,
    ]
    // The thresholds of the norm are read from text, by it and by its law.
    #expect(Set(laws.check().map(\.law)) == broken)
    #expect(laws.check(.elementaryFunctions).allSatisfy { $0.operation.hasPrefix("exp(") })
  }

  @Test("An equality with a tolerance") func fuzzy() {
    #expect(ScalarLaws<Fuzzy>().check(.order) != [])
  }

  @Test("A violation is one sentence and can be seen again") func violation() throws {
    let laws = ScalarLaws<SloppyProduct>(seed: 5)
    let violation = try #require(laws.check(.multiplication).first)
    #expect(violation.seed == 5)
    #expect(laws.check(.multiplication).first == violation)
    #expect(
      violation.description.hasPrefix(
        "SloppyProduct breaks the law that products are rounded correctly: "))
    #expect(violation.description.hasSuffix("(seed 5)."))
  }
}
