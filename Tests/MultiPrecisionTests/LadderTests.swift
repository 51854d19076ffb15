import MultiPrecision
import Testing

@Suite("The precision ladder")
struct LadderTests {
  @Test("Every rung's type has the rung's number of bits, and is chosen for it")
  func rungs() throws {
    for bits in PrecisionLadder.rungs {
      #expect(try PrecisionLadder.scalarType(bits: bits).precisionBits == bits)
    }
  }

  @Test(
    "What lies between two rungs is rounded up",
    arguments: [
      (25, 53), (54, 64), (65, 113), (100, 113), (128, 128), (129, 192), (57345, 65536),
      (65537, 73728),
    ])
  func roundingUp(bits: Int, rung: Int) throws {
    #expect(try PrecisionLadder.scalarType(bits: bits).precisionBits == rung)
  }

  @Test(
    "A precision beyond the ladder is an error that names it", arguments: [-1, 0, 23, 73729, .max])
  func bitsOutOfRange(bits: Int) throws {
    let error = #expect(throws: PrecisionError.self) {
      try PrecisionLadder.scalarType(bits: bits)
    }
    #expect(error == .bits(bits))
    #expect(error?.description.contains("\(bits)") == true)
  }

  @Test("Digits beyond the ladder are an error that names them", arguments: [0, 22195, .max])
  func digitsOutOfRange(digits: Int) throws {
    let error = #expect(throws: PrecisionError.self) {
      try PrecisionLadder.scalarType(decimalDigits: digits)
    }
    #expect(error == .decimalDigits(digits))
  }

  @Test("The bits for d digits are ⌈d·log₂10⌉ + 1 for every d")
  func bitsForDigits() throws {
    let binaryLogarithmOfTen = MPFloat256.log2(10)
    for digits in 1...PrecisionLadder.maximumDecimalDigits {
      let bits = Int((MPFloat256(digits) * binaryLogarithmOfTen).rounded(.up)) + 1
      #expect(try PrecisionLadder.bits(forDecimalDigits: digits) == bits)
    }
    #expect(try PrecisionLadder.bits(forDecimalDigits: 22194) <= 73728)
    #expect(try PrecisionLadder.scalarType(decimalDigits: 6).precisionBits == 24)
    #expect(try PrecisionLadder.scalarType(decimalDigits: 15).precisionBits == 53)
    #expect(try PrecisionLadder.scalarType(decimalDigits: 80).precisionBits == 320)
  }

  @Test("The built-in types tell their bits too")
  func builtInTypes() {
    #expect(Float.precisionBits == 24)
    #expect(Double.precisionBits == 53)
    #expect(MPFloat256.precisionBits == 256)
  }
}
