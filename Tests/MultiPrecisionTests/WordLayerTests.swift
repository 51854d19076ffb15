import CMPFR
import LSQScalars
import MultiPrecision
import ScalarTesting
import Testing

/// Sums, differences, products, kernels and some functions of 65 to 1024 bits are made on words. Operations that
/// name their rounding rule are MPFR's at every width, and so are the judge. `Scripts/benchmark` ends with the same
/// on more than 10⁸ operands.
@Suite("The word layer is MPFR to the last bit")
struct WordLayerTests {
  @Test("Operators, kernels and their special cases")
  func words() {
    WordLayerExamination<128, 2>(rounds: 200).run()
    WordLayerExamination<192, 3>(rounds: 200).run()
    WordLayerExamination<256, 4>(rounds: 200).run()
    WordLayerExamination<320, 5>(rounds: 100).run()
    WordLayerExamination<384, 6>(rounds: 100).run()
    WordLayerExamination<448, 7>(rounds: 100).run()
    WordLayerExamination<512, 8>(rounds: 100).run()
  }

  @Test("The same where loops do it, and where MPFR does")
  func loops() {
    WordLayerExamination<576, 9>(rounds: 50).run()
    WordLayerExamination<1024, 16>(rounds: 50).run()
    WordLayerExamination<1088, 17>(rounds: 20).run()
  }

  @Test func `The same where a width does not use all bits of its words`() {
    WordLayerExamination<65, 2>(rounds: 100).run()
    WordLayerExamination<113, 2>(rounds: 100).run()
    WordLayerExamination<127, 2>(rounds: 100).run()
    WordLayerExamination<129, 3>(rounds: 100).run()
    WordLayerExamination<191, 3>(rounds: 100).run()
    WordLayerExamination<193, 4>(rounds: 50).run()
    WordLayerExamination<333, 6>(rounds: 50).run()
    WordLayerExamination<511, 8>(rounds: 50).run()
    WordLayerExamination<513, 9>(rounds: 20).run()
    WordLayerExamination<1000, 16>(rounds: 20).run()
    WordLayerExamination<1023, 16>(rounds: 20).run()
  }

  @Test func `The tables of functions are right where a thread of narrow range was the first`()
    async
  {
    // The tables are filled once, so this takes a process of its own.
    await #expect(processExitsWith: .success) {
      let state = MPFloatState.current
      mpfr_set_emin(-1073)
      mpfr_set_emax(1024)
      let narrow = MPFloatState.current
      _ = MPFloat256.sin(1)
      #expect(MPFloatState.current == narrow)
      mpfr_set_emin(state.leastExponent)
      mpfr_set_emax(state.greatestExponent)
      WordLayerExamination<256, 4>(rounds: 10).run()
    }
  }
}

/// Compares operators and kernels at one width with MPFR's operations, one by one.
private struct WordLayerExamination<let bits: Int, let words: Int> {
  typealias Number = MPFloat<bits, words>

  let rounds: Int

  func run() {
    let seed = UInt64(bits)
    var generator = SeededGenerator(seed: seed)
    for round in 0..<rounds {
      let x = (0..<12).map { _ in number(&generator) }
      let y = x.map { Bool.random(using: &generator) ? number(&generator) : $0.nextUp }
      let c = number(&generator)
      let s = number(&generator)
      for (name, found, expected) in operators(x, y) + kernels(x, y, c, s) {
        #expect(
          zip(found, expected).allSatisfy { same($0, $1) },
          "\(name) at \(bits) bits, round \(round), seed \(seed)")
      }
    }
  }

  /// A number of random words and runs of ones and zeros, with an exponent of any distance that matters;
  /// one in 32 is zero, infinite or NaN.
  private func number(_ generator: inout SeededGenerator) -> Number {
    let kind = generator.next()
    guard kind >> 59 != 0 else { return [0, -0.0, .infinity, -.infinity, .nan][Int(kind % 5)] }
    var result: Number = 0
    for i in 0..<words {
      let word: UInt64 =
        switch kind >> UInt64(3 * (i % 16)) & 7 {
        case 0: 0
        case 1: .max
        case 2: 1 << (generator.next() & 63)
        default: generator.next()
        }
      result = result * 0x1p64 + Number(i == 0 ? word | 1 << 63 : word)
    }
    let distance = Int(generator.next() % UInt64(2 * bits)) - bits
    return Number(
      sign: kind >> 58 & 1 == 0 ? .plus : .minus,
      exponent: kind >> 57 & 1 == 0 ? distance : distance % 4, significand: result.significand)
  }

  private func sum(_ x: Number, _ y: Number) -> Number { x.adding(y, rounded: .toNearestOrEven) }

  private func difference(_ x: Number, _ y: Number) -> Number {
    x.subtracting(y, rounded: .toNearestOrEven)
  }

  private func product(_ x: Number, _ y: Number) -> Number {
    x.multiplied(by: y, rounded: .toNearestOrEven)
  }

  private func quotient(_ x: Number, _ y: Number) -> Number {
    x.divided(by: y, rounded: .toNearestOrEven)
  }

  typealias Comparison = (name: String, found: [Number], expected: [Number])

  private func operators(_ x: [Number], _ y: [Number]) -> [Comparison] {
    let pairs = Array(zip(x, y))
    let angles = x + x.map { Number(sign: $0.sign, exponent: 0, significand: $0.significand) }
    return [
      ("+", pairs.map { $0 + $1 }, pairs.map(sum)),
      ("−", pairs.map { $0 - $1 }, pairs.map(difference)),
      ("×", pairs.map { $0 * $1 }, pairs.map(product)),
      ("÷", pairs.map { $0 / $1 }, pairs.map(quotient)),
      ("exp", x.map { Number.exp($0) }, x.map { Number.exp($0, rounded: .toNearestOrEven) }),
      ("log", x.map { Number.log($0) }, x.map { Number.log($0, rounded: .toNearestOrEven) }),
      (
        "sin", angles.map { Number.sin($0) },
        angles.map { Number.sin($0, rounded: .toNearestOrEven) }
      ),
      (
        "cos", angles.map { Number.cos($0) },
        angles.map { Number.cos($0, rounded: .toNearestOrEven) }
      ),
      (
        "sineAndCosine",
        angles.flatMap {
          [Number.sineAndCosine(of: $0).sine, Number.sineAndCosine(of: $0).cosine]
        },
        angles.flatMap { [Number.sin($0), Number.cos($0)] }
      ),
      (
        "pow", pairs.map { Number.pow($0.magnitude, $1) },
        pairs.map { Number.pow($0.magnitude, $1, rounded: .toNearestOrEven) }
      ),
      ("<", pairs.map { truth($0 < $1) }, pairs.map { truth(isNegative(difference($0, $1))) }),
      (">", pairs.map { truth($0 > $1) }, pairs.map { truth(isNegative(difference($1, $0))) }),
      ("==", pairs.map { truth($0 == $1) }, pairs.map { truth(areEqual($0, $1)) }),
    ]
  }

  private func truth(_ statement: Bool) -> Number { statement ? 1 : 0 }

  private func areEqual(_ x: Number, _ y: Number) -> Bool {
    x.isInfinite && y.isInfinite ? x.sign == y.sign : difference(x, y).isZero
  }

  private func isNegative(_ x: Number) -> Bool { !x.isZero && !x.isNaN && x.sign == .minus }

  private func kernels(_ x: [Number], _ y: [Number], _ c: Number, _ s: Number) -> [Comparison] {
    let pairs = Array(zip(x, y))
    let lane = Lane(count: x.count)
    var comparisons: [Comparison] = [
      (
        "dotProduct", [Number.dotProduct(x.span, lane, y.span, lane)],
        [pairs.reduce(0) { sum($0, product($1.0, $1.1)) }]
      )
    ]
    func compare(
      _ name: String, _ expected: [Number], _ body: (inout MutableSpan<Number>) -> Void
    ) {
      var found = x
      var span = found.mutableSpan
      body(&span)
      comparisons.append((name, found, expected))
    }
    compare("addScaled", pairs.map { sum($0, product(c, $1)) }) {
      Number.addScaled(c, y.span, lane, to: &$0, lane)
    }
    compare("divide", x.map { quotient($0, c) }) { Number.divide(lane, of: &$0, by: c) }
    compare("multiply", x.map { product($0, c) }) { Number.multiply(&$0, by: c) }
    compare("combine", pairs.map { sum(product(c, $0), product(s, $1)) }) {
      Number.combine(&$0, times: c, adding: y.span, times: s)
    }
    var other = y
    compare("rotate", pairs.map { sum(product(c, $0), product(s, $1)) }) {
      var span = other.mutableSpan
      Number.rotate(&$0, lane, &span, lane, cosine: c, sine: s)
    }
    comparisons.append(
      ("rotate", other, pairs.map { difference(product(c, $1), product(s, $0)) }))
    compare("applyReflector", reflected(x)) {
      var sums = [Number](repeating: s, count: 3)
      var span = sums.mutableSpan
      Number.applyReflector(
        inColumn: 0, ofRowMajor: &$0, rowCount: 4, columnCount: 3, sums: &span)
    }
    return comparisons
  }

  /// The reflector in the first column of a 4×3 matrix, applied to the other two.
  private func reflected(_ matrix: [Number]) -> [Number] {
    var matrix = matrix
    for k in 1..<3 {
      var inner: Number = 0
      for i in 0..<4 { inner = sum(inner, product(matrix[3 * i], matrix[3 * i + k])) }
      inner = quotient(inner, matrix[0])
      for i in 0..<4 {
        matrix[3 * i + k] = difference(matrix[3 * i + k], product(inner, matrix[3 * i]))
      }
    }
    return matrix
  }
}
