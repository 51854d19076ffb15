import BigInt
import LSQScalars

/// A finite binary number, an integer times a power of two, with exact arithmetic.
struct ExactNumber: Hashable {
  /// Odd, or zero.
  let significand: BigInt
  let exponent: Int

  static let zero = ExactNumber(0)

  init(_ significand: BigInt, exponent: Int = 0) {
    guard significand != 0 else {
      self.significand = 0
      self.exponent = 0
      return
    }
    let zeros = significand.trailingZeroBitCount
    self.significand = significand >> zeros
    self.exponent = exponent + zeros
  }

  /// The value of a finite number, bit by bit from the top: each leading power of two is subtracted
  /// from the significand, which is exact in every binary type.
  init<Scalar: LSQScalar>(_ x: Scalar) {
    guard !x.isZero else {
      self.init(0)
      return
    }
    var rest = x.significand
    var powers: [Int] = []
    while rest > 0 {
      let power = Int(rest.exponent)
      // Numbers whose parts contradict each other are reported by a law of their own.
      if let last = powers.last, power >= last { break }
      powers.append(power)
      rest -= Scalar(sign: .plus, exponent: rest.exponent, significand: 1)
    }
    let least = powers.last ?? 0
    var words = [UInt](repeating: 0, count: ((powers.first ?? 0) - least) / UInt.bitWidth + 1)
    for power in powers {
      let (word, bit) = (power - least).quotientAndRemainder(dividingBy: UInt.bitWidth)
      words[word] |= 1 << UInt(bit)
    }
    let magnitude = BigInt(BigUInt(words: words))
    self.init(
      powers.isEmpty ? 0 : x < 0 ? -magnitude : magnitude, exponent: least + Int(x.exponent))
  }

  var isZero: Bool { significand == 0 }
  var isNegative: Bool { significand < 0 }
  var magnitude: ExactNumber { ExactNumber(BigInt(significand.magnitude), exponent: exponent) }

  /// The exponent of the leading bit of a number that is not zero.
  var leadingExponent: Int { exponent + significand.magnitude.bitWidth - 1 }

  /// ⌊x·2^bits⌋.
  func fixedPoint(_ bits: Int) -> BigInt {
    let shift = exponent + bits
    if shift >= 0 { return significand << shift }
    // By the magnitude: BigInt's own shift is the floor of some negative numbers and not of others.
    let cut = significand.magnitude >> -shift
    guard isNegative else { return BigInt(cut) }
    return -BigInt(cut << -shift == significand.magnitude ? cut : cut + 1)
  }
}

// MARK: - Arithmetic

extension ExactNumber {
  static func + (a: ExactNumber, b: ExactNumber) -> ExactNumber {
    if a.isZero { return b }
    if b.isZero { return a }
    let exponent = min(a.exponent, b.exponent)
    return ExactNumber(
      (a.significand << (a.exponent - exponent)) + (b.significand << (b.exponent - exponent)),
      exponent: exponent)
  }

  static prefix func - (a: ExactNumber) -> ExactNumber {
    ExactNumber(-a.significand, exponent: a.exponent)
  }

  static func - (a: ExactNumber, b: ExactNumber) -> ExactNumber { a + -b }

  static func * (a: ExactNumber, b: ExactNumber) -> ExactNumber {
    ExactNumber(a.significand * b.significand, exponent: a.exponent + b.exponent)
  }

  /// a/b to at least `bits` bits, rounded to odd: a quotient that is not exact ends in a one below all
  /// other bits. Rounding it to fewer bits gives what rounding the quotient gives.
  static func quotient(_ a: ExactNumber, _ b: ExactNumber, bits: Int) -> ExactNumber {
    let widths = b.significand.magnitude.bitWidth - a.significand.magnitude.bitWidth
    let shift = max(0, widths + bits + 1)
    let (quotient, remainder) = (a.significand.magnitude << shift).quotientAndRemainder(
      dividingBy: b.significand.magnitude)
    let odd = BigInt((quotient << 1) | (remainder == 0 ? 0 : 1))
    return ExactNumber(
      a.isNegative != b.isNegative ? -odd : odd, exponent: a.exponent - b.exponent - shift - 1)
  }

  /// √a to at least `bits` bits, rounded to odd.
  ///
  /// - Precondition: the number is not negative.
  func squareRoot(bits: Int) -> ExactNumber {
    var shift = max(0, 2 * (bits + 1) - significand.magnitude.bitWidth)
    if (exponent - shift) % 2 != 0 { shift += 1 }
    let radicand = significand.magnitude << shift
    let root = radicand.squareRoot()
    let odd = BigInt((root << 1) | (root * root == radicand ? 0 : 1))
    return ExactNumber(odd, exponent: (exponent - shift) / 2 - 1)
  }
}

extension ExactNumber: Comparable {
  static func < (a: ExactNumber, b: ExactNumber) -> Bool {
    if a.isZero || b.isZero || a.isNegative != b.isNegative {
      return a.significand.signum() < b.significand.signum()
    }
    if a.leadingExponent != b.leadingExponent {
      return (a.leadingExponent < b.leadingExponent) != a.isNegative
    }
    return (a - b).isNegative
  }
}

// MARK: - Rounding and text

extension ExactNumber {
  /// The nearest number of at most `bits` bits that is a multiple of 2^`quantum`, ties to even.
  func rounded(toBits bits: Int, quantum: Int) -> ExactNumber {
    guard !isZero else { return self }
    let last = max(leadingExponent - bits + 1, quantum)
    let shift = last - exponent
    guard shift > 0 else { return self }
    guard last - leadingExponent <= 1 else { return .zero }
    let magnitude = significand.magnitude
    var kept = magnitude >> shift
    let rest = magnitude - (kept << shift)
    let half = BigUInt(1) << (shift - 1)
    if rest > half || (rest == half && kept & 1 == 1) { kept += 1 }
    return ExactNumber(isNegative ? -BigInt(kept) : BigInt(kept), exponent: last)
  }
}

extension ExactNumber: CustomStringConvertible {
  /// Exact, as a hexadecimal integer and a power of two: `0x3p-1`.
  var description: String {
    (isNegative ? "-0x" : "0x") + String(significand.magnitude, radix: 16)
      + (isZero ? "" : "p\(exponent)")
  }
}
