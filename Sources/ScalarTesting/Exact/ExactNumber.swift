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
  ///
  /// It is nil where the parts make up no number: where the exponent is not one of the format, the significand is not
  /// in 1..<2, or its bits do not descend to an end.
  init?<Scalar: LSQScalar>(_ x: Scalar, in format: BinaryFormat<Scalar>) {
    guard x.isFinite else { return nil }
    guard !x.isZero else {
      self.init(0)
      return
    }
    guard let exponent = Int(exactly: x.exponent),
      format.leastExponent...format.greatestExponent ~= exponent
    else { return nil }
    var rest = x.significand
    var powers: [Int] = []
    while rest > 0 {
      guard let power = Int(exactly: rest.exponent), power < powers.last ?? 1,
        power >= -format.greatestSpan
      else { return nil }
      powers.append(power)
      rest -= Scalar(sign: .plus, exponent: rest.exponent, significand: 1)
    }
    guard rest.isZero, powers.first == 0, let least = powers.last else { return nil }
    var words = [UInt64](repeating: 0, count: -least / UInt64.bitWidth + 1)
    for power in powers {
      let (word, bit) = (power - least).quotientAndRemainder(dividingBy: UInt64.bitWidth)
      words[word] |= 1 << UInt64(bit)
    }
    self.init(isNegative: x < 0, words: words, exponent: exponent + least)
  }

  /// ±(w₀ + w₁·2⁶⁴ + …)·2^`exponent`.
  init(isNegative: Bool, words: [UInt64], exponent: Int) {
    let magnitude = words.reversed().reduce(BigInt(0)) { ($0 << UInt64.bitWidth) + BigInt($1) }
    self.init(isNegative ? -magnitude : magnitude, exponent: exponent)
  }

  var isZero: Bool { significand == 0 }
  var isNegative: Bool { significand < 0 }
  var magnitude: ExactNumber { ExactNumber(BigInt(significand.magnitude), exponent: exponent) }

  /// The exponent of the leading bit of a number that is not zero.
  var leadingExponent: Int { exponent + significand.magnitude.bitWidth - 1 }

  /// |a − b|. Where they are far apart the smaller one counts as zero, since the difference may have more bits than
  /// there is memory.
  func distance(to other: ExactNumber) -> ExactNumber {
    let (a, b) = (magnitude, other.magnitude)
    if !a.isZero && !b.isZero && (a.leadingExponent - b.leadingExponent).magnitude > 1 << 16 {
      return max(a, b)
    }
    return (self - other).magnitude
  }

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
  ///
  /// - Precondition: b is not zero.
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
