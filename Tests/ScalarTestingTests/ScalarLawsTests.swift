import LSQScalars
import MultiPrecision
import ScalarTesting
import Testing

/// Every scalar of this package keeps every law that it claims.
@Suite("Scalars keep their laws")
struct ScalarLawsTests {
  private func expectLawful<Scalar>(_ laws: ScalarLaws<Scalar>) {
    for violation in laws.check() { Issue.record("\(violation)") }
  }

  @Test("Float") func float() {
    expectLawful(ScalarLaws<Float>(samples: 100))
  }

  @Test("Double") func double() {
    expectLawful(ScalarLaws<Double>(samples: 100))
  }

  #if (arch(i386) || arch(x86_64)) && !os(Windows) && !os(Android)
    @Test("Float80") func float80() {
      expectLawful(ScalarLaws<Float80>(samples: 100))
    }
  #endif

  @Test("MPFloat of the widths of the built-in types") func narrowMPFloat() {
    expectLawful(ScalarLaws<MPFloat<24, 1>>(samples: 100, functionUlps: 1))
    expectLawful(ScalarLaws<MPFloat<53, 1>>(samples: 100, functionUlps: 1))
    expectLawful(ScalarLaws<MPFloat<64, 1>>(samples: 100, functionUlps: 1))
  }

  @Test(
    "MPFloat of 2 to 12 bits, in which most integers and decimals are no numbers",
    arguments: 1...8 as ClosedRange<UInt64>)
  func fewBits(seed: UInt64) {
    expectLawful(ScalarLaws<MPFloat<2, 1>>(seed: seed, samples: 10))
    expectLawful(ScalarLaws<MPFloat<3, 1>>(seed: seed, samples: 10))
    expectLawful(ScalarLaws<MPFloat<4, 1>>(seed: seed, samples: 10))
    expectLawful(ScalarLaws<MPFloat<5, 1>>(seed: seed, samples: 10))
    expectLawful(ScalarLaws<MPFloat<6, 1>>(seed: seed, samples: 10))
    expectLawful(ScalarLaws<MPFloat<7, 1>>(seed: seed, samples: 10))
    expectLawful(ScalarLaws<MPFloat<8, 1>>(seed: seed, samples: 10))
    expectLawful(ScalarLaws<MPFloat<9, 1>>(seed: seed, samples: 10))
    expectLawful(ScalarLaws<MPFloat<10, 1>>(seed: seed, samples: 10))
    expectLawful(ScalarLaws<MPFloat<11, 1>>(seed: seed, samples: 10))
    expectLawful(ScalarLaws<MPFloat<12, 1>>(seed: seed, samples: 10))
  }

  @Test("MPFloat128 and MPFloat256") func wideMPFloat() {
    expectLawful(ScalarLaws<MPFloat128>(samples: 50, functionUlps: 1))
    expectLawful(ScalarLaws<MPFloat256>(samples: 30, functionUlps: 1))
  }

  @Test("MPFloat1024") func veryWideMPFloat() {
    expectLawful(ScalarLaws<MPFloat1024>(samples: 10, functionUlps: 1))
  }

  @Test("A counting scalar") func counting() {
    expectLawful(ScalarLaws<CountingScalar<Double>>(samples: 50))
  }

  @Test("A strict scalar, without what it forbids") func strict() {
    expectLawful(
      ScalarLaws<StrictScalar>(
        samples: 50, omitting: [.fusedMultiplyAdd, .remainders, .integerRounding]))
  }
}
