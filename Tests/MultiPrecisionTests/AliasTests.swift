import MultiPrecision
import ScalarTesting
import Testing

@Suite("Operands that are also results")
struct AliasTests {
  static let widths: [any LSQScalar.Type] = [
    MPFloat<24, 1>.self, MPFloat<53, 1>.self, MPFloat<64, 1>.self, MPFloat<113, 2>.self,
    MPFloat128.self, MPFloat192.self, MPFloat256.self, MPFloat1024.self, MPFloat4096.self,
  ]

  @Test("Every in-place operation of a number with itself", arguments: widths.indices)
  func inPlace(index: Int) { check(Self.widths[index]) }

  private func check<T: LSQScalar>(_ type: T.Type) {
    let seed: UInt64 = 21
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<50 {
      let value: T = generator.fraction() + 1
      let other: T = generator.fraction() - 1
      let copy = value + 0
      var x = value
      x += x
      #expect(x == 2 * copy, "x += x, seed \(seed)")
      x = value
      x -= x
      #expect(x == 0, "x -= x, seed \(seed)")
      x = value
      x *= x
      #expect(x == value * copy, "x *= x, seed \(seed)")
      x = value
      x /= x
      #expect(x == 1, "x /= x, seed \(seed)")
      x = value
      x = other - x
      #expect(x == other - copy, "x = y - x, seed \(seed)")
      x = value
      x = other / x
      #expect(x == other / copy, "x = y / x, seed \(seed)")
      x = value
      x.addProduct(x, other)
      #expect(x == value.addingProduct(copy, other), "x += x·y, seed \(seed)")
      x = value
      x.addProduct(other, x)
      #expect(x == value.addingProduct(other, copy), "x += y·x, seed \(seed)")
      x = value
      x.addProduct(x, x)
      #expect(x == (value + 0).addingProduct(copy, value), "x += x·x, seed \(seed)")
      x = value
      x.addProduct(other, other)
      #expect(x == copy.addingProduct(other, other + 0), "x += y·y, seed \(seed)")
      x = value
      x.formRemainder(dividingBy: x)
      #expect(x == 0, "x rem x, seed \(seed)")
      x = value
      x.formSquareRoot()
      #expect(x == copy.squareRoot(), "√x, seed \(seed)")
      x = value
      x = T.atan2(y: x, x: x)
      #expect(x == T.atan2(y: value, x: copy), "atan2(x, x), seed \(seed)")
      x = value
      x = T.pow(x, x)
      #expect(x == T.pow(value, copy), "x^x, seed \(seed)")
      x = value
      x.negate()
      #expect(x == -copy && x == 0 - copy, "-x, seed \(seed)")
      #expect(value == copy, "no operation touches its operands, seed \(seed)")
    }
  }

  @Test("Copies are independent")
  func copies() {
    let x = MPFloat256(1) / 3
    var array = [MPFloat256](repeating: x, count: 3)
    array[1] += array[0]
    #expect(array[0] == x && array[2] == x && array[1] == 2 * x)
    array[0] -= array[0]
    #expect(array[0] == 0 && array[2] == x)
  }

  @Test("Functions with a rule, and of several numbers, with themselves")
  func withRules() {
    let seed: UInt64 = 22
    var generator = SeededGenerator(seed: seed)
    for rule in RoundingTests.rules {
      for _ in 0..<20 {
        let value: MPFloat256 = generator.fraction() + 1
        let copy = value + 0
        let wide = MPFloat4096(value)
        var x = value
        x = x.adding(x, rounded: rule)
        #expect(x == 2 * copy, "x + x \(rule), seed \(seed)")
        x = value
        x = x.subtracting(x, rounded: rule)
        #expect(x.isZero && (x.sign == .minus) == (rule == .down), "x - x \(rule), seed \(seed)")
        x = value
        x = x.multiplied(by: x, rounded: rule)
        #expect(x == MPFloat256(wide * wide, rounded: rule), "x·x \(rule), seed \(seed)")
        x = value
        x = x.divided(by: x, rounded: rule)
        #expect(x == 1, "x / x \(rule), seed \(seed)")
        x = value
        x = x.addingProduct(x, x, rounded: rule)
        #expect(x == MPFloat256(wide + wide * wide, rounded: rule), "fma \(rule), seed \(seed)")
        x = value
        x = .agm(x, x, rounded: rule)
        #expect(x == copy, "agm(x, x) \(rule), seed \(seed)")
        x = value
        x = .hypot(x, x, rounded: rule)
        #expect(x == MPFloat256(.hypot(wide, wide), rounded: rule), "hypot \(rule), seed \(seed)")
        x = value
        x = .exp(x, rounded: rule)
        #expect(x == MPFloat256(.exp(wide), rounded: rule), "exp \(rule), seed \(seed)")
        #expect(value == copy, "no operation touches its operands, seed \(seed)")
      }
    }
  }

  @Test("Kernels whose spans are one buffer", arguments: [64, 128, 256, 1024])
  func kernels(bits: Int) throws {
    func check<T: LSQScalar>(_: T.Type) {
      let seed: UInt64 = 23
      var generator = SeededGenerator(seed: seed)
      let x = (0..<12).map { _ in generator.fraction(T.self) - 1 }
      let lane = Lane(count: 12)
      #expect(
        T.dotProduct(x.span, lane, x.span, lane) == x.reduce(0) { $0 + $1 * $1 }, "seed \(seed)")
      let even = Lane(start: 0, count: 6, stride: 2)
      let odd = Lane(start: 1, count: 6, stride: 2)
      var buffer = x
      var span = buffer.mutableSpan
      T.addScaled(x[0], odd, to: even, in: &span)
      for i in 0..<6 {
        #expect(buffer[2 * i] == x[2 * i] + x[0] * x[2 * i + 1], "seed \(seed)")
        #expect(buffer[2 * i + 1] == x[2 * i + 1], "seed \(seed)")
      }
    }
    try withMPFloat(bits: bits) { check($0) }
  }

  @Test("A lane that leaves its buffer stops the program")
  func laneOutOfBounds() async {
    await #expect(processExitsWith: .failure) {
      let x = [MPFloat256](repeating: 1, count: 3)
      _ = MPFloat256.dotProduct(x.span, Lane(count: 4), x.span, Lane(count: 4))
    }
    await #expect(processExitsWith: .failure) {
      let x = [MPFloat256](repeating: 1, count: 3)
      let backward = Lane(start: 0, count: 2, stride: -1)
      _ = MPFloat256.dotProduct(x.span, backward, x.span, backward)
    }
  }
}
