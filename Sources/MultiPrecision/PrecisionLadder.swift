public import LSQScalars

/// The widths among which a program chooses at run time, such as for `--digits 80`.
///
/// A width is part of ``MPFloat``'s type, so the choice is among the rungs of a ladder; what lies
/// between two rungs is rounded up.
public enum PrecisionLadder {
  /// The rungs in significant bits, ascending. 24, 53 and 113 are those of the IEEE formats and 64 is that of
  /// `Float80`, for comparison. The widest holds twice 10,000 digits, and those that conditioning costs.
  public static let rungs = types.map { $0.precisionBits }

  /// The number of bits of the widest rung.
  public static let maximumBits = rungs[rungs.count - 1]

  /// The types of the rungs, in the order of ``rungs``.
  private static let types: [any PrecisionRung.Type] = [
    MPFloat<24, 1>.self, MPFloat<53, 1>.self, MPFloat<64, 1>.self, MPFloat<113, 2>.self,
    MPFloat128.self, MPFloat192.self, MPFloat256.self, MPFloat<320, 5>.self, MPFloat384.self,
    MPFloat<448, 7>.self, MPFloat512.self, MPFloat<640, 10>.self, MPFloat768.self,
    MPFloat<896, 14>.self, MPFloat1024.self, MPFloat<1280, 20>.self, MPFloat1536.self,
    MPFloat<1792, 28>.self, MPFloat2048.self, MPFloat<2560, 40>.self, MPFloat3072.self,
    MPFloat<3584, 56>.self, MPFloat4096.self, MPFloat<5120, 80>.self, MPFloat<6144, 96>.self,
    MPFloat<7168, 112>.self, MPFloat<8192, 128>.self, MPFloat<10240, 160>.self,
    MPFloat<12288, 192>.self, MPFloat<14336, 224>.self, MPFloat<16384, 256>.self,
    MPFloat<20480, 320>.self, MPFloat<24576, 384>.self, MPFloat<28672, 448>.self,
    MPFloat<32768, 512>.self, MPFloat<40960, 640>.self, MPFloat<49152, 768>.self,
    MPFloat<57344, 896>.self, MPFloat<65536, 1024>.self, MPFloat<73728, 1152>.self,
  ]

  /// The narrowest rung of at least `bits` significant bits.
  ///
  /// - Throws: ``PrecisionError`` unless 24 ≤ `bits` ≤ 73728.
  public static func scalarType(bits: Int) throws(PrecisionError) -> any LSQScalar.Type {
    try rungType(bits: bits)
  }

  /// The same, to send a visitor to.
  static func rungType(bits: Int) throws(PrecisionError) -> any PrecisionRung.Type {
    types[try index(bits: bits)]
  }

  /// The number of bits of the narrowest rung of at least `bits` significant bits.
  ///
  /// - Throws: ``PrecisionError`` unless 24 ≤ `bits` ≤ 73728.
  public static func rung(bits: Int) throws(PrecisionError) -> Int {
    rungs[try index(bits: bits)]
  }

  private static func index(bits: Int) throws(PrecisionError) -> Int {
    guard bits >= rungs[0], let index = rungs.firstIndex(where: { $0 >= bits }) else {
      throw .bits(bits)
    }
    return index
  }

  /// The narrowest rung that holds every decimal of `decimalDigits` significant digits within the rung's range, which
  /// at 24, 53 and 64 bits is the hardware's.
  ///
  /// - Throws: ``PrecisionError`` unless 1 ≤ `decimalDigits` ≤ 22194.
  public static func scalarType(
    decimalDigits: Int
  ) throws(PrecisionError) -> any LSQScalar.Type {
    try scalarType(bits: Swift.max(bits(forDecimalDigits: decimalDigits), rungs[0]))
  }

  /// The number of bits at which every decimal of `digits` significant digits within the range reads and
  /// prints unchanged: ⌈d·log₂10⌉ + 1.
  ///
  /// - Throws: ``PrecisionError`` unless 1 ≤ `digits` ≤ 22194.
  public static func bits(forDecimalDigits digits: Int) throws(PrecisionError) -> Int {
    guard (1...maximumDecimalDigits).contains(digits) else { throw .decimalDigits(digits) }
    // log₂10 to 13 digits gives the correct ceiling for all d up to the maximum.
    return (digits * 3_321_928_094_887 + 999_999_999_999) / 1_000_000_000_000 + 1
  }

  /// The greatest number of decimal digits that the widest rung holds.
  public static let maximumDecimalDigits = 22194
}

/// A precision beyond the ladder.
public enum PrecisionError: Error, Hashable, Sendable, CustomStringConvertible {
  /// More bits than the widest rung has, or fewer than the narrowest.
  case bits(Int)
  /// More decimal digits than the widest rung holds, or fewer than one.
  case decimalDigits(Int)

  public var description: String {
    switch self {
    case .bits(let bits):
      "A precision of \(bits) bits is not available: choose 24 to \(PrecisionLadder.maximumBits)."
    case .decimalDigits(let digits):
      "A precision of \(digits) decimal digits is not available: choose 1 to"
        + " \(PrecisionLadder.maximumDecimalDigits)."
    }
  }
}
