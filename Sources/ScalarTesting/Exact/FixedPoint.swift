import BigInt

/// Elementary functions in fixed point, as a reference: each by its series, after its argument has been
/// reduced, with bits to spare.
///
/// The errors are a few hundred units of 2^−`working`, so that `bits` bits after the point are
/// reliable.
struct FixedPoint {
  let bits: Int
  /// The bits carried after the point.
  let working: Int

  init(bits: Int) {
    self.bits = bits
    working = bits + 32
  }

  var one: BigInt { BigInt(1) << working }

  func fixed(_ x: ExactNumber) -> BigInt { x.fixedPoint(working) }
  func exact(_ x: BigInt) -> ExactNumber { ExactNumber(x, exponent: -working) }

  func multiply(_ x: BigInt, _ y: BigInt) -> BigInt { (x * y) >> working }
  func divide(_ x: BigInt, _ y: BigInt) -> BigInt { (x << working) / y }
  func squareRoot(_ x: BigInt) -> BigInt { BigInt((x.magnitude << working).squareRoot()) }

  /// π = 16·atan(1/5) − 4·atan(1/239), by Machin.
  var pi: ExactNumber { exact(piFixed) }

  var piFixed: BigInt { 16 * arctangent(ofReciprocal: 5) - 4 * arctangent(ofReciprocal: 239) }

  /// log 2 = 2·atanh(1/3).
  var log2: BigInt {
    var power = one / 3
    var sum = power
    var k = 3
    while power != 0 {
      power /= 9
      sum += power / BigInt(k)
      k += 2
    }
    return 2 * sum
  }

  private func arctangent(ofReciprocal n: Int) -> BigInt {
    let square = BigInt(n * n)
    var power = one / BigInt(n)
    var sum = power
    var k = 1
    while power != 0 {
      power /= square
      sum += (k % 2 == 0 ? power : -power) / BigInt(2 * k + 1)
      k += 1
    }
    return sum
  }

  /// eˣ = (e^(x/2ᵏ))^(2ᵏ).
  func exp(_ x: BigInt) -> BigInt {
    let halvings = 12
    let wide = FixedPoint(bits: bits + halvings + 40)
    let r = (x << (wide.working - working)) >> halvings
    var term = wide.one
    var sum = wide.one
    var k = 1
    while term != 0 && term != -1 {
      term = wide.multiply(term, r) / BigInt(k)
      sum += term
      k += 1
    }
    for _ in 0..<halvings { sum = wide.multiply(sum, sum) }
    return sum >> (wide.working - working)
  }

  /// log x = e·log 2 + 2ᵏ·log(m^(1/2ᵏ)), and log m = 2·atanh((m − 1)/(m + 1)).
  func log(_ x: ExactNumber) -> BigInt {
    let roots = 8
    let wide = FixedPoint(bits: bits + roots + 32)
    // Scaled close to one, where the logarithm is small.
    let isUpper = x.significand.magnitude >> (x.significand.magnitude.bitWidth - 2) == 3
    let exponent = x.leadingExponent + (isUpper ? 1 : 0)
    var m = wide.fixed(ExactNumber(x.significand, exponent: x.exponent - exponent))
    for _ in 0..<roots { m = wide.squareRoot(m) }
    let t = wide.divide(m - wide.one, m + wide.one)
    let square = wide.multiply(t, t)
    var power = t
    var sum = t
    var k = 3
    while power != 0 && power != -1 {
      power = wide.multiply(power, square)
      sum += power / BigInt(k)
      k += 2
    }
    let small = sum << (roots + 1)
    return (small + BigInt(exponent) * wide.log2) >> (wide.working - working)
  }

  /// (sin x, cos x) by Taylor's series.
  func sineAndCosine(_ x: BigInt) -> (sine: BigInt, cosine: BigInt) {
    var sums = [one, x]
    var term = x
    var k = 2
    while term != 0 && term != -1 {
      term = multiply(term, x) / BigInt(k)
      sums[k % 2] += k % 4 < 2 ? term : -term
      k += 1
    }
    return (sums[1], sums[0])
  }

  /// atan x, after atan x = 2·atan(x/(1 + √(1 + x²))) a few times.
  func arctangent(_ x: BigInt) -> BigInt {
    let halvings = 5
    var t = x
    for _ in 0..<halvings { t = divide(t, one + squareRoot(one + multiply(t, t))) }
    let square = multiply(t, t)
    var power = t
    var sum = t
    var k = 1
    while power != 0 && power != -1 {
      power = multiply(power, square)
      sum += (k % 2 == 0 ? power : -power) / BigInt(2 * k + 1)
      k += 1
    }
    return sum << halvings
  }

  /// erf x = (2/√π)·Σ (−1)ⁿ·x²ⁿ⁺¹/(n!·(2n + 1)), for |x| of at most 3.
  func errorFunction(_ x: BigInt) -> BigInt {
    let square = multiply(x, x)
    var term = x
    var sum = x
    var k = 1
    while term != 0 && term != -1 {
      term = -multiply(term, square) / BigInt(k)
      sum += term / BigInt(2 * k + 1)
      k += 1
    }
    return divide(2 * sum, squareRoot(piFixed))
  }
}
