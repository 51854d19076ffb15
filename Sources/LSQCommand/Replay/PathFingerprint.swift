import LSQScalars

/// The FNV-1a hash, 64 bits wide, of everything that a solver asked for, in order.
///
/// For each call a tag byte is fed, then the parameters as the little-endian bytes of the recorded
/// precision, so that a run in another type of the same precision has the same fingerprint.
struct PathFingerprint {
  enum Tag: UInt8 { case residuals = 1, derivatives = 2 }

  private(set) var value: UInt64 = 14_695_981_039_346_656_037

  mutating func feed<Scalar: LSQScalar>(_ tag: Tag, _ parameters: Span<Scalar>) {
    feed(tag.rawValue)
    for i in parameters.indices {
      for byte in littleEndianBytes(of: parameters[i]) { feed(byte) }
    }
  }

  private mutating func feed(_ byte: UInt8) {
    value = (value ^ UInt64(byte)) &* 1_099_511_628_211
  }

  /// The hash as 16 hexadecimal digits.
  var text: String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}

/// The bytes of a number in the IEEE format of its own precision: binary32, binary64, or the ten
/// significant bytes of the 80-bit format.
private func littleEndianBytes<Scalar: LSQScalar>(of x: Scalar) -> [UInt8] {
  switch x {
  case let x as Float: return bytes(UInt64(x.bitPattern), count: 4)
  case let x as Double: return bytes(x.bitPattern, count: 8)
  default: break
  }
  switch Scalar.precisionBits {
  case 24: return encode(x, significandBits: 23, exponentBits: 8, hasHiddenBit: true)
  case 53: return encode(x, significandBits: 52, exponentBits: 11, hasHiddenBit: true)
  default: return encode(x, significandBits: 64, exponentBits: 15, hasHiddenBit: false)
  }
}

/// A number in the interchange format of the given fields.
private func encode<Scalar: LSQScalar>(
  _ x: Scalar, significandBits: Int, exponentBits: Int, hasHiddenBit: Bool
) -> [UInt8] {
  let largest = 1 << exponentBits - 1
  let precision = significandBits + (hasHiddenBit ? 1 : 0)
  var exponent = 0
  var significand: UInt64 = 0
  if !x.isFinite {
    exponent = largest
    significand = 1 << UInt64(precision - 1) | (x.isNaN ? 1 << UInt64(precision - 2) : 0)
  } else if !x.isZero {
    exponent = Int(x.exponent) + largest / 2
    significand = leadingBits(of: x, count: precision)
    if exponent <= 0 {
      significand >>= UInt64(1 - exponent)
      exponent = 0
    }
  }
  if hasHiddenBit { significand &= 1 << UInt64(significandBits) - 1 }
  let head = UInt64(exponent) | (x.sign == .minus ? 1 << UInt64(exponentBits) : 0)
  guard hasHiddenBit else { return bytes(significand, count: 8) + bytes(head, count: 2) }
  let width = (1 + exponentBits + significandBits) / 8
  return bytes(head << UInt64(significandBits) | significand, count: width)
}

/// The first `count` bits of a finite number's significand, the leading one first.
private func leadingBits<Scalar: LSQScalar>(of x: Scalar, count: Int) -> UInt64 {
  var rest = x.significand.magnitude
  var bits: UInt64 = 0
  for _ in 0..<count {
    bits <<= 1
    if rest >= 1 {
      bits |= 1
      rest -= 1
    }
    rest += rest
  }
  return bits
}

private func bytes(_ value: UInt64, count: Int) -> [UInt8] {
  (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * UInt64($0))) }
}
