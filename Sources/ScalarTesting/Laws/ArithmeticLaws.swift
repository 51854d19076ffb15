import BigInt
import LSQScalars

// + − × ÷ √ and their kin against exact arithmetic.

extension Examination {
  mutating func checkSums(sign: FloatingPointSign) {
    let reach = format.bits + 3
    forEachSample { e in
      let exponent = e.possible(e.resultExponent())
      let x = e.number(exponent: exponent)
      let distance =
        Bool.random(using: &e.generator) ? 0 : Int.random(in: -reach...reach, using: &e.generator)
      // Sometimes complete cancellation.
      let y =
        Int.random(in: 0..<16, using: &e.generator) == 0
        ? (sign == .plus ? -x : x) : e.number(exponent: e.possible(exponent + distance))
      if sign == .plus {
        e.expect(x + y, rounds: ExactNumber(x) + ExactNumber(y), "\(x) + \(y)")
      } else {
        e.expect(x - y, rounds: ExactNumber(x) - ExactNumber(y), "\(x) - \(y)")
      }
    }
  }

  mutating func checkProducts() {
    forEachSample { e in
      let exponent = e.resultExponent()
      let first = exponent / 2 + Int.random(in: -3...3, using: &e.generator)
      let x = e.number(exponent: e.possible(first))
      let y = e.number(exponent: e.possible(exponent - first))
      e.expect(x * y, rounds: ExactNumber(x) * ExactNumber(y), "\(x) * \(y)")
    }
  }

  mutating func checkQuotients() {
    forEachSample { e in
      let exponent = e.resultExponent()
      let first = exponent / 2 + Int.random(in: -3...3, using: &e.generator)
      let x = e.number(exponent: e.possible(first))
      let y = e.number(exponent: e.possible(first - exponent))
      e.expect(
        x / y,
        rounds: .quotient(ExactNumber(x), ExactNumber(y), bits: e.workingBits), "\(x) / \(y)")
    }
  }

  mutating func checkSquareRoots() {
    forEachSample { e in
      let exponent = e.possible(2 * (e.resultExponent() / 2))
      var x = e.number(exponent: exponent + Int.random(in: 0...1, using: &e.generator)).magnitude
      if !x.isFinite { x = 2 }
      // Sometimes a square, or a neighbour of one.
      if Int.random(in: 0..<4, using: &e.generator) == 0, e.laws.rounding == .nearest {
        x = Scalar(Int.random(in: 1..<2048, using: &e.generator))
        x *= x
        if Bool.random(using: &e.generator) { x = x.nextDown }
      }
      let root = ExactNumber(x).squareRoot(bits: e.workingBits)
      e.expect(x.squareRoot(), rounds: root, "the square root of \(x)")
      e.expect(Scalar.sqrt(x), is: x.squareRoot(), "sqrt(\(x))")
    }
    expect((-Scalar(1)).squareRoot(), is: .nan, "the square root of -1")
  }

  mutating func checkFusedMultiplyAdd() {
    let reach = format.bits + 3
    forEachSample { e in
      let x = e.number(exponents: -20...20)
      let y = e.number(exponents: -20...20)
      let distance = Int.random(in: -reach...reach, using: &e.generator)
      let cancels = Int.random(in: 0..<4, using: &e.generator) == 0
      let z = cancels ? -(x * y) : e.number(exponent: Int((x * y).exponent) + distance)
      let exact = ExactNumber(x) * ExactNumber(y) + ExactNumber(z)
      e.expect(z.addingProduct(x, y), rounds: exact, "\(z) + \(x) * \(y) at once")
      var sum = z
      sum.addProduct(x, y)
      e.expect(sum, is: z.addingProduct(x, y), "addProduct of \(x) and \(y) to \(z)")
    }
  }

  mutating func checkInPlaceForms() {
    forEachSample { e in
      let x = e.number(exponents: -20...20)
      let y = e.number(exponents: -20...20)
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
    forEachSample { e in
      let x = e.number(exponents: -20...20)
      e.expect(ExactNumber(-x) == -ExactNumber(x), "-(\(x)) is exact")
      e.expect(ExactNumber(x.magnitude) == ExactNumber(x).magnitude, "|\(x)| is exact")
      e.expect(-(-x), is: x, "-(-(\(x)))")
      var z = x
      z.negate()
      e.expect(z, is: -x, "\(x), negated")
      e.expect((x.sign == .minus) == (x < 0), "the sign of \(x) shows whether it is negative")
      let y = e.number(exponents: -20...20)
      let copied = Scalar(signOf: y, magnitudeOf: x)
      e.expect(
        copied.sign == y.sign && copied.magnitude == x.magnitude,
        "\(copied) has the sign of \(y) and the magnitude of \(x)")
    }
  }

  mutating func checkRemainders() {
    forEachSample { e in
      let x = e.number(exponents: -6...6)
      let y = e.number(exponents: -6...6)
      let quotient = ExactNumber.quotient(ExactNumber(x), ExactNumber(y), bits: e.workingBits)
      let nearest = quotient.rounded(toBits: .max / 2, quantum: 0)
      let cut = ExactNumber(
        (quotient.isNegative ? -1 : 1) * quotient.magnitude.fixedPoint(0))
      e.expect(
        x.remainder(dividingBy: y), rounds: ExactNumber(x) - nearest * ExactNumber(y),
        zeroSign: x.sign, "the remainder of \(x) by \(y)")
      e.expect(
        x.truncatingRemainder(dividingBy: y), rounds: ExactNumber(x) - cut * ExactNumber(y),
        zeroSign: x.sign, "the truncating remainder of \(x) by \(y)")
    }
  }
}
