import LSQScalars
import LeastSquares
import Testing

/// What happens where the rules of differentiation meet zeros and infinities.
@Suite struct DualEdgeCaseTests {
  typealias D = Dual<Double, 2>
  /// Parameter 0, at zero.
  let b = D.variable(0, index: 0)
  let zero: D = 0

  @Test func `A product with the constant 0 is constant`() {
    #expect((b * zero).active == 0)
    #expect((zero * D.variable(5, index: 1)).active == 0)
    #expect((zero / D.variable(5, index: 1)).active == 0)
    #expect((.variable(2, index: 0) * D.variable(0, index: 1)).active == 0b10)
    // Zero is inactive along parameter 1 only, so the product moves with parameter 0.
    let product = b * D.variable(7, index: 1)
    #expect(product.partials[0] == 7 && product.partials[1] == 0 && product.active == 0b01)
  }

  @Test func `An infinite slope times the constant 0 is 0`() {
    #expect((D.sqrt(b) * zero).partials[0] == 0)
    #expect((zero * D.sqrt(b)).partials[0] == 0)
    #expect((zero / (1 + D.sqrt(b))).partials[0] == 0)
  }

  @Test func `A vertical slope times a zero of finite slope is 0`() {
    #expect((D.sqrt(b) * b).partials[0] == 0)
    #expect((b * D.sqrt(b)).partials[0] == 0)
    #expect((b / (1 + D.sqrt(b))).partials[0] == 1)
    // 2b·√b + b² has the slope 0 as well.
    #expect((2 * b * D.sqrt(b) + b * b).partials[0] == 0)
  }

  @Test func `Two vertical slopes have an undefined product`() {
    #expect((D.sqrt(b) * D.sqrt(b)).partials[0].isNaN)
    #expect((D.sqrt(b) / (1 + D.sqrt(b)) * D.sqrt(b)).partials[0].isNaN)
  }

  @Test func `Roots of zero are constant where their argument is`() {
    #expect(D.sqrt(D.variable(3, index: 0) * zero).partials[0] == 0)
    #expect(D.root(D.variable(3, index: 0) * zero, 3).partials[0] == 0)
    #expect(D.sqrt(b).partials[0] == .infinity && D.sqrt(b).partials[1] == 0)
    #expect(D.root(b, 3).partials[0] == .infinity && D.root(b, 3).partials[1] == 0)
    #expect(D.sqrt(b * b).partials[0].isNaN && D.sqrt(b * b).partials[1] == 0)
    #expect(D.root(b * b, 4).partials[0].isNaN)
  }

  @Test func `Logarithms of zero keep inactive slopes at zero`() {
    let logarithms: [(D) -> D] = [{ .log($0) }, { .log2($0) }, { .log10($0) }]
    for f in logarithms {
      #expect(f(b).value == -.infinity && f(b).partials[0] == .infinity && f(b).partials[1] == 0)
      #expect(f(D.variable(3, index: 0) * zero).partials[0] == 0)
    }
    #expect(D.log(onePlus: D.variable(-1, index: 1)).partials[1] == .infinity)
  }

  @Test func `The absolute value has no slope at zero`() {
    #expect(D.absoluteValue(b).partials[0].isNaN)
    #expect(D.absoluteValue(b).partials[1] == 0)
    #expect(D.absoluteValue(zero) == 0)
    #expect(D.absoluteValue(D.variable(-3, index: 0)).partials[0] == -1)
    #expect(D.absoluteValue(b * zero).partials[0] == 0)
  }

  @Test func `Powers with a constant exponent have their slopes at zero`() {
    #expect(D.pow(b, 1 as D).partials[0] == 1)
    #expect(D.pow(b, 2 as D).partials[0] == 0)
    #expect(D.pow(b, 1.5 as D).partials[0] == 0)
    #expect(D.pow(b, 0.5 as D).partials[0] == .infinity)
    #expect(D.pow(b, 0.5 as D).partials[1] == 0)
    #expect(D.pow(D.variable(3, index: 0), 0 as D) == 1)
    #expect(D.pow(D.variable(-3, index: 0), 0.5 as D).value.isNaN)
  }

  @Test func `Powers with a whole exponent have their slopes at every base`() {
    #expect(D.pow(b, 0) == 1)
    #expect(D.pow(b, 1).partials[0] == 1)
    #expect(D.pow(b, 2).partials[0] == 0)
    #expect(D.pow(b, -1).partials[0] == -.infinity && D.pow(b, -1).partials[1] == 0)
    let x = D.variable(-2, index: 0)
    #expect(D.pow(x, 3).partials[0] == 12)
    #expect(D.pow(x, -1).partials[0] == -0.25)
    #expect(D.pow(D.variable(1, index: 0), .min).partials[0] == Double(Int.min))
  }

  @Test func `Zero to a variable power is constant`() {
    let power = D.pow(zero, D.variable(2, index: 0))
    #expect(power == 0 && power.active == 0)
    #expect(D.sqrt(power).partials[0] == 0)
    // b₀^b₁ at b₀ = 0 moves with b₀ alone.
    let both = D.pow(b, D.variable(1, index: 1))
    #expect(both.partials[0] == 1 && both.partials[1] == 0 && both.active == 0b01)
    // 0^y jumps at y = 0.
    #expect(!D.pow(zero, b).value.isFinite)
  }

  @Test func `The angle of the origin is undefined`() {
    let angle = D.atan2(y: b, x: zero)
    #expect(!angle.partials[0].isFinite && angle.partials[1] == 0)
    #expect(D.atan2(y: zero, x: zero).active == 0)
  }

  @Test func `Division by zero says what IEEE says`() {
    let quotient = D.variable(1, index: 1) / b
    #expect(quotient.value == .infinity)
    #expect(quotient.partials[0] == -.infinity && quotient.partials[1] == .infinity)
    let constant = D.variable(1, index: 1) / zero
    #expect(constant.partials[0] == 0 && constant.partials[1] == .infinity)
    #expect((b / zero).value.isNaN)
  }

  @Test func `A divisor without a finite reciprocal divides all the same`() {
    let quotient = D.variable(1, index: 1) * 0x1p-60 / 0x1p-1070
    #expect(quotient.value == 0x1p1010 && quotient.partials[1] == 0x1p1010)
  }

  @Test func `A quotient that overflows keeps inactive slopes at zero`() {
    let a = Dual<Double, 3>.variable(1e300, index: 0)
    let b = Dual<Double, 3>.variable(1e-300, index: 1)
    let quotient = a / b
    #expect(quotient.value == .infinity)
    #expect(quotient.partials[0] == 1 / 1e-300)
    #expect(quotient.partials[1] == -.infinity && quotient.partials[2] == 0)
    #expect((a / 1e-300).partials[1] == 0 && (a / 1e-300).partials[0] == 1 / 1e-300)
    let product = a * a / b
    #expect(product.partials[0] == .infinity && product.partials[2] == 0)
  }

  @Test func `A function with an infinite slope is not undefined where it is constant`() {
    let x = D.variable(1, index: 0)
    #expect(D.asin(x).partials[0] == .infinity && D.asin(x).partials[1] == 0)
    #expect(D.acos(x).partials[0] == -.infinity && D.acos(x).partials[1] == 0)
    #expect(D.atanh(x).partials[0] == .infinity && D.atanh(x).partials[1] == 0)
    #expect(D.exp(D.variable(1000, index: 0)).partials[1] == 0)
    #expect((D.exp(D.variable(1000, index: 0)) * 2).partials[1] == 0)
  }

  @Test func `Differences of infinite slopes are undefined, not zero`() {
    #expect((D.sqrt(b) - D.sqrt(b)).partials[0].isNaN)
    #expect(D.cos(D.sqrt(b)).partials[0].isNaN)
  }

  @Test func `Activity is the union of what goes in`() {
    let (p, q) = (D.variable(2, index: 0), D.variable(3, index: 1))
    for result in [p + q, p - q, p * q, p / q, .pow(p, q), .atan2(y: p, x: q)] {
      #expect(result.active == 0b11)
    }
    for result in [p + 1, 1 - p, p * 2, 2 / p, .exp(p), .pow(p, 3), .absoluteValue(p), -p] {
      #expect(result.active == 0b01)
    }
    // Subtracting a number from itself leaves a slope of zero, but the structure forgets nothing.
    #expect((p - p).active == 0b01 && (p - p).partials[0] == 0)
  }
}
