import MultiPrecision
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
}
