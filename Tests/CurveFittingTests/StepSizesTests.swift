import LSQScalars
import Testing

@testable import CurveFitting

/// What a step says of its digits, from powers of two.
@Suite struct StepSizesTests {
  /// The sizes of steps of 2ᵏ along parameters of 2ᵃ with columns of length 2ⁿ.
  private func sizes(
    _ step: [Int], point: [Int]? = nil, norms: [Int]? = nil, residuals: Int = -300,
    scale: Int? = nil, shown: Double = 60
  ) -> StepSizes {
    func powers(_ exponents: [Int]) -> [BinaryReal] {
      exponents.map { Double(sign: .plus, exponent: $0, significand: 1).binaryReal }
    }
    return StepSizes(
      point: powers(point ?? step.map { _ in 0 }), step: powers(step),
      sumOfSquares: powers([2 * residuals])[0], scale: scale, norms: norms ?? step.map { _ in 0 },
      shown: shown)
  }

  @Test func `Digits are those of the worst effect beside the largest size`() {
    let bit = Double.log10(2)
    #expect(sizes([-21, -31]).digits == 20 * bit)
    #expect(sizes([-21, -31], norms: [0, 20]).digits == 30 * bit)
    #expect(sizes([-21], scale: 10).digits == 30 * bit)
    #expect(sizes([-21], residuals: 5).digits == 25 * bit)
    #expect(sizes([-201]).digits == 60)
    #expect(sizes([-21, -31]).ownDigits(of: [false, true]) == 30 * bit)
    #expect(sizes([-30, -30], point: [0, -10]).spread(of: [true, true]) == 10 * bit)
  }

  @Test func `A parameter is resolved where eight bits of it stayed, and moved where none did`() {
    #expect(sizes([-9, -8]).isResolved == [true, false])
    #expect(sizes([-1, -2]).isMoved == [true, false])
    // The first is beyond what the type shows beside the second.
    let narrow = sizes([-30, -30], point: [-20, 0], shown: 5)
    #expect(narrow.isResolved == [false, true] && narrow.isMoved == [false, false])
  }

  @Test func `Steps contract by two bits along all that count, whatever the length of columns`() {
    let before = sizes([-10, -10])
    #expect(sizes([-12, -12]).isContracted(after: before, along: [true, true]))
    #expect(!sizes([-12, -11]).isContracted(after: before, along: [true, true]))
    #expect(sizes([-12, -11]).isContracted(after: before, along: [true, false]))
    #expect(sizes([-12], norms: [7]).isContracted(after: sizes([-10]), along: [true]))
    #expect(!sizes([-11], norms: [-7]).isContracted(after: sizes([-10]), along: [true]))
    // As short as rounding lets them be.
    let rounded = sizes([-29], shown: 6)
    #expect(rounded.isContracted(after: rounded, along: [true]))
  }

  @Test func `Residuals are known where they are more than the error of the point`() {
    #expect(sizes([-61], residuals: -40).areResidualsKnown)
    #expect(!sizes([-61], residuals: -55).areResidualsKnown)
  }

  @Test func `What a type would have shown and has not is nothing`() {
    let vanishing = sizes([-300, -30], point: [-280, 0])
    // 60 digits are 199.3 bits.
    #expect(vanishing.isNothing(beside: 0, digits: 59) == [true, false])
    #expect(vanishing.isNothing(beside: 0, digits: 61) == [false, false])
    #expect(vanishing.leastShown.binaryExponent == -199)
  }
}
