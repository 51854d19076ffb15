import BigInt
import LSQScalars

// + − × ÷ √ and their kin against exact arithmetic.

extension Examination {
  mutating func checkSums(sign: FloatingPointSign) {
    let reach = format.bits + 3
    forEachSample { e throws(Finding) in
      let exponent = e.possible(e.resultExponent())
      let x = try e.number(exponent: exponent)
      let a = try e.exact(x)
      let distance =
        Bool.random(using: &e.generator) ? 0 : Int.random(in: -reach...reach, using: &e.generator)
      // Sometimes complete cancellation.
      let y =
        Int.random(in: 0..<16, using: &e.generator) == 0
        ? try e.number(sign == .plus ? -a : a)
        : try e.number(exponent: e.possible(exponent + distance))
      let b = try e.exact(y)
      if sign == .plus {
        e.expect(x + y, rounds: a + b, "\(x) + \(y)")
      } else {
        e.expect(x - y, rounds: a - b, "\(x) - \(y)")
      }
    }
  }

  mutating func checkProducts() {
    forEachSample { e throws(Finding) in
      let exponent = e.resultExponent()
      let first = exponent / 2 + Int.random(in: -3...3, using: &e.generator)
      let x = try e.number(exponent: e.possible(first))
      let y = try e.number(exponent: e.possible(exponent - first))
      e.expect(x * y, rounds: try e.exact(x) * e.exact(y), "\(x) * \(y)")
    }
  }

  mutating func checkQuotients() {
    forEachSample { e throws(Finding) in
      let exponent = e.resultExponent()
      let first = exponent / 2 + Int.random(in: -3...3, using: &e.generator)
      let x = try e.number(exponent: e.possible(first))
      let y = try e.number(exponent: e.possible(first - exponent))
      let quotient = ExactNumber.quotient(try e.exact(x), try e.exact(y), bits: e.workingBits)
      e.expect(x / y, rounds: quotient, "\(x) / \(y)")
    }
  }

  mutating func checkSquareRoots() {
    forEachSample { e throws(Finding) in
      let exponent = e.possible(2 * (e.resultExponent() / 2))
      let odd = Int.random(in: 0...1, using: &e.generator)
      var x = try e.number(exponent: e.possible(exponent + odd)).magnitude
      // Sometimes a square, or a neighbour of one.
      if Int.random(in: 0..<4, using: &e.generator) == 0, e.laws.rounding == .nearest {
        x = Scalar(Int.random(in: 1..<2048, using: &e.generator))
        x *= x
        if Bool.random(using: &e.generator) { x = x.nextDown }
      }
      let root = try e.exact(x).squareRoot(bits: e.workingBits)
      e.expect(x.squareRoot(), rounds: root, "the square root of \(x)")
      e.expect(Scalar.sqrt(x), is: x.squareRoot(), "sqrt(\(x))")
    }
    expect((-Scalar(1)).squareRoot(), is: .nan, "the square root of -1")
  }

  mutating func checkFusedMultiplyAdd() {
    let reach = format.bits + 3
    forEachSample { e throws(Finding) in
      let x = try e.number(exponents: -20...20)
      let y = try e.number(exponents: -20...20)
      let distance = Int.random(in: -reach...reach, using: &e.generator)
      let product = try e.exact(x) * e.exact(y)
      let cancels = Int.random(in: 0..<4, using: &e.generator) == 0
      let z =
        try cancels
        ? e.number(-product.rounded(toBits: e.format.bits, quantum: .min))
        : e.number(exponent: e.possible(product.leadingExponent + distance))
      e.expect(
        z.addingProduct(x, y), rounds: product + (try e.exact(z)), "\(z) + \(x) * \(y) at once")
      var sum = z
      sum.addProduct(x, y)
      e.expect(sum, is: z.addingProduct(x, y), "addProduct of \(x) and \(y) to \(z)")
    }
  }

  mutating func checkInPlaceForms() {
    forEachSample { e throws(Finding) in
      let x = try e.number(exponents: -20...20)
      let y = try e.number(exponents: -20...20)
      var z = x
      z += y
      e.expect(z, is: x + y, "\(x) += \(y)")
      z = x
      z -= y
      e.expect(z, is: x - y, "\(x) -= \(y)")
      z = x
      z *= y
      e.expect(z, is: x * y, "\(x) *= \(y)")
      z = x
      z /= y
      e.expect(z, is: x / y, "\(x) /= \(y)")
      z = x
      z += z
      e.expect(z, is: x + x, "\(x) += itself")
      z = x
      z -= z
      e.expect(z, is: 0, "\(x) -= itself")
      z = x
      z *= z
      e.expect(z, is: x * x, "\(x) *= itself")
      z = x
      z /= z
      e.expect(z, is: x / x, "\(x) /= itself")
      z = x.magnitude
      z.formSquareRoot()
      e.expect(z, is: x.magnitude.squareRoot(), "formSquareRoot of \(x.magnitude)")
      e.expect(x.advanced(by: x.distance(to: x)), is: x + (x - x), "\(x) advanced by no distance")
    }
  }

  mutating func checkSigns() {
    forEachSample { e throws(Finding) in
      let x = try e.number(exponents: -20...20)
      let exact = try e.exact(x)
      e.expect(try e.exact(-x) == -exact, "-(\(x)) is exact")
      e.expect(try e.exact(x.magnitude) == exact.magnitude, "|\(x)| is exact")
      e.expect(-(-x), is: x, "-(-(\(x)))")
      var z = x
      z.negate()
      e.expect(z, is: -x, "\(x), negated")
      e.expect((x.sign == .minus) == (x < 0), "the sign of \(x) shows whether it is negative")
      let y = try e.number(exponents: -20...20)
      let copied = Scalar(signOf: y, magnitudeOf: x)
      e.expect(
        copied.sign == y.sign && copied.magnitude == x.magnitude,
        "\(copied) has the sign of \(y) and the magnitude of \(x)")
    }
  }

  mutating func checkRemainders() {
    forEachSample { e throws(Finding) in
      let x = try e.number(exponents: -6...6)
      let y = try e.number(exponents: -6...6)
      let (a, b) = (try e.exact(x), try e.exact(y))
      let quotient = ExactNumber.quotient(a, b, bits: e.workingBits)
      let nearest = quotient.rounded(toBits: .max / 2, quantum: 0)
      let cut = ExactNumber(
        (quotient.isNegative ? -1 : 1) * quotient.magnitude.fixedPoint(0))
      e.expect(
        x.remainder(dividingBy: y), rounds: a - nearest * b, zeroSign: x.sign,
        "the remainder of \(x) by \(y)")
      e.expect(
        x.truncatingRemainder(dividingBy: y), rounds: a - cut * b, zeroSign: x.sign,
        "the truncating remainder of \(x) by \(y)")
    }
  }
}
