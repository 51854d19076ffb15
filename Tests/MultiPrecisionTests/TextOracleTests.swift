import MultiPrecision
import Testing

/// Numbers read and written by exact fractions in Scripts/generate-oracle.
@Suite("Text against exact fractions")
struct TextOracleTests {
  struct Failures: MPFloatVisitor {
    var lines: [Substring]

    func visit<let bits: Int, let words: Int>(_: MPFloat<bits, words>.Type) throws -> [Substring] {
      try TextOracleTests.failures(of: lines, MPFloat<bits, words>.self)
    }
  }

  static func failures<let bits: Int, let words: Int>(
    of lines: [Substring], _: MPFloat<bits, words>.Type
  ) throws -> [Substring] {
    try lines.filter { line in
      let fields = line.split(separator: " ").map(String.init)
      let rule = try #require(OracleTests.rules[Substring(fields[2])])
      func number(_ text: String) throws -> MPFloat<bits, words> {
        let isInfinite = text.hasSuffix("inf")
        return try MPFloat(parsing: isInfinite ? text : "\(text.first!)0x\(text.dropFirst())")
      }
      if fields[0] == "parse" {
        return try !same(MPFloat(parsing: fields[3], rounded: rule), number(fields[4]))
      }
      let x = try number(fields[3])
      if fields[0] == "shortest" {
        return try x.description != fields[4] || x.formatted() != fields[4]
          || MPFloat(parsing: fields[4]) != x
      }
      let parts = fields[0].split(separator: ":")
      let count = try #require(Int(parts[1]))
      let format: DecimalFormat =
        switch parts[0] {
        case "fixed": .fixed(fractionDigits: count)
        case "scientific": .scientific(digits: count)
        default: .significant(digits: count)
        }
      return x.formatted(format, rounded: rule) != fields[4]
        || rule == .toNearestOrEven && x.formatted(format) != fields[4]
    }
  }

  @Test(
    "Every case of the table",
    arguments: [2, 24, 53, 64, 113, 128, 137, 192, 256, 512, 1024, 4096])
  func table(bits: Int) throws {
    let lines = try OracleTests.lines(of: "text").filter {
      $0.split(separator: " ")[1] == "\(bits)"
    }
    let failures =
      switch bits {
      case 2: try Self.failures(of: lines, MPFloat<2, 1>.self)
      case 137: try Self.failures(of: lines, MPFloat<137, 3>.self)
      default: try withMPFloat(bits: bits, Failures(lines: lines))
      }
    #expect(lines.count > 15)
    #expect(failures == [])
  }

  @Test("Zero, infinity and NaN by any rule")
  func specialValues() {
    for rule in RoundingTests.rules {
      #expect(MPFloat256(0).formatted(digits: 4, rounded: rule) == "0.000")
      #expect((-MPFloat256.zero).formatted(digits: 1, rounded: rule) == "-0")
      #expect(MPFloat256(0).formatted(.fixed(fractionDigits: 1), rounded: rule) == "0.0")
      #expect(MPFloat256(0).formatted(.scientific(digits: 2), rounded: rule) == "0.0e+00")
      #expect((-MPFloat256.infinity).formatted(digits: 3, rounded: rule) == "-inf")
      #expect(MPFloat256.nan.formatted(.fixed(fractionDigits: 3), rounded: rule) == "nan")
      let third = MPFloat256(1) / 3
      #expect(third.formatted(.hexadecimal, rounded: rule) == third.formatted(.hexadecimal))
      #expect(third.formatted(.shortest, rounded: rule) == third.description)
    }
  }
}
