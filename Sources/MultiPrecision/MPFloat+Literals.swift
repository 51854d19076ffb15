#if (arch(i386) || arch(x86_64)) && !os(Windows) && !os(Android)
  /// The type in which the compiler passes a float literal: the widest that it knows.
  public typealias MPFloatLiteral = Float80
#else
  /// The type in which the compiler passes a float literal: the widest that it knows.
  public typealias MPFloatLiteral = Double
#endif

extension MPFloat: ExpressibleByFloatLiteral {
  /// The decimal that a float literal spells, rounded once to this width.
  ///
  /// The compiler rounds a literal to `Float80` (`Double` where there is no `Float80`) first. The rounded value is then
  /// taken as
  /// - itself, if it has at most 12 significant bits, such as `0.375` or `0x1p-200`,
  /// - otherwise the one decimal of at most 18 digits (15) that rounds to it, so that `0.1` is one tenth at every
  ///   width.
  ///
  /// A literal that fits neither stops the program:
  /// write `MPFloat256("3.14159265358979323846264338327950288")` instead.
  ///
  /// So a decimal of at most 10 digits always means itself, and one of up to 18 (15) does unless it rounds to a number
  /// of 12 bits, as 5.42101086242752217e-20 does to 2⁻⁶⁴. A longer literal that rounds to one of the two, such as
  /// 1.00000000000000000001, cannot be distinguished from it and does not stop the program. All this holds within the
  /// range of `Float80`'s (`Double`'s) normal numbers; put numbers beyond it in quotes too.
  @inlinable @inline(__always)
  public init(floatLiteral value: MPFloatLiteral) {
    self = MPFR.literal(value, bits, words)
  }
}

extension MPFR {
  @usableFromInline
  static func literal<T: BitwiseCopyable>(
    _ value: MPFloatLiteral, _ bits: Int, _ words: Int
  ) -> T {
    // No decimal of at most 10 digits rounds to another number of 12 bits.
    if value.isZero || !value.isFinite || value.significandWidth < 12 {
      let narrow = Double(value)
      return MPFloatLiteral(narrow) == value
        ? number(narrow, bits, words) : number(value, bits, words)
    }
    if let decimal = ShortDecimal(value) {
      // Both operands are exact in 64 bits, so that the quotient or product is rounded once.
      return Self.value(
        decimal.power < 0 ? .divide : .multiply, MPFloat<64, 1>(decimal.digits),
        decimal.exactPowerOfTen, of: 64, at: bits, words)
    }
    let text = "\(value)"
    guard ShortDecimal.digitCount(of: text) <= ShortDecimal.maximumDigitCount else {
      // Not a `precondition`, which says nothing in a release build.
      fatalError(
        "The float literal near \(text) has more digits than the compiler passes on; write"
          + " MPFloat(\"…\") with the digits in quotes, or a quotient of integers")
    }
    return number(text, base: 10, bits, words)
  }
}

/// A decimal digits·10^power that is short enough to survive rounding to the type of literals.
struct ShortDecimal: Equatable {
  /// Not zero, of at most ``maximumDigitCount`` digits.
  var digits: Int
  var power: Int

  /// The number of digits that always survive: ⌊(p − 1)·log₁₀2⌋ of a significand of p bits.
  static var maximumDigitCount: Int { MPFloatLiteral.significandBitCount == 63 ? 18 : 15 }

  /// The greatest power of ten that the type of literals holds exactly: 5ⁿ < 2^p.
  private static var maximumExactPower: Int { MPFloatLiteral.significandBitCount == 63 ? 27 : 22 }

  /// The only short decimal that reads as `value`, if its power of ten is small enough to be exact.
  ///
  /// With digits and power both exact, one division or multiplication rounds as a reader would, which
  /// makes trying cheap; other decimals go through text.
  init?(_ value: MPFloatLiteral) {
    let bound = Self.powerOfTen(UInt(Self.maximumDigitCount))
    var scale: MPFloatLiteral = 1
    for power in 0...Self.maximumExactPower {
      let candidate = (value * scale).rounded()
      guard candidate.magnitude < bound else { break }
      if candidate != 0 && candidate / scale == value {
        self.init(digits: Int(candidate), power: -power)
        return
      }
      scale *= 10
    }
    guard value.magnitude >= bound else { return nil }
    scale = 1
    for power in 0...Self.maximumExactPower {
      let candidate = (value / scale).rounded()
      if candidate.magnitude < bound && candidate * scale == value {
        self.init(digits: Int(candidate), power: power)
        return
      }
      scale *= 10
    }
    return nil
  }

  init(digits: Int, power: Int) {
    self.digits = digits
    self.power = power
  }

  /// 10^|power|.
  var exactPowerOfTen: MPFloat<64, 1> {
    // Up to 10¹⁸ from an integer, which is faster than from an `MPFloatLiteral`.
    power.magnitude <= 18
      ? MPFloat<64, 1>(Int(Self.powerOfTen(power.magnitude)))
      : MPFloat<64, 1>(Self.powerOfTen(power.magnitude))
  }

  /// 10ⁿ, exact for n up to 27 (22).
  static func powerOfTen(_ n: UInt) -> MPFloatLiteral {
    var result: MPFloatLiteral = 1
    for _ in 0..<n { result *= 10 }
    return result
  }

  /// The number of digits of a decimal in text, without leading and trailing zeros.
  static func digitCount(of text: String) -> Int {
    let mantissa = text.utf8.prefix { $0 != UInt8(ascii: "e") }
    let digits = mantissa.filter { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    let zero = UInt8(ascii: "0")
    guard let first = digits.firstIndex(where: { $0 != zero }),
      let last = digits.lastIndex(where: { $0 != zero })
    else { return 0 }
    return last - first + 1
  }
}
