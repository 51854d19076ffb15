import Foundation
import MultiPrecision
import Testing

/// Cases that Arb and mpmath computed and Scripts/generate-oracle rounded, for every function and rule.
@Suite("Against Arb and mpmath")
struct OracleTests {
  struct Case: Sendable {
    var line: Substring
    var function: String
    var rule: FloatingPointRoundingRule
    var numbers: [String]
  }

  static let rules: [Substring: FloatingPointRoundingRule] = [
    "n": .toNearestOrEven, "a": .toNearestOrAwayFromZero, "u": .up, "d": .down, "z": .towardZero,
    "o": .awayFromZero,
  ]

  /// The lines of a table in Reference, without its comments.
  static func lines(of table: String) throws -> [Substring] {
    let url = try #require(
      Bundle.module.url(forResource: table, withExtension: "txt", subdirectory: "Reference"))
    return try String(contentsOf: url, encoding: .utf8).split(separator: "\n")
      .filter { !$0.hasPrefix("#") }
  }

  /// The cases of every width.
  static func cases() throws -> [Int: [Case]] {
    var cases: [Int: [Case]] = [:]
    for line in try lines(of: "oracle") {
      let fields = line.split(separator: " ")
      let bits = try #require(Int(fields[1]))
      cases[bits, default: []].append(
        Case(
          line: line, function: String(fields[0]), rule: try #require(rules[fields[2]]),
          numbers: fields.dropFirst(3).map { number in
            // The sign comes before MPFloat's mark of hexadecimal text.
            number.hasSuffix("inf") ? String(number) : "\(number.first!)0x\(number.dropFirst())"
          }))
    }
    return cases
  }

  struct Failures: MPFloatVisitor {
    var cases: [Case]

    func visit<let bits: Int, let words: Int>(_: MPFloat<bits, words>.Type) throws -> [Substring] {
      try OracleTests.failures(of: cases, MPFloat<bits, words>.self)
    }
  }

  /// The lines of the cases that do not hold, bit for bit.
  static func failures<let bits: Int, let words: Int>(
    of cases: [Case], _: MPFloat<bits, words>.Type
  ) throws -> [Substring] {
    let functions = PublicFunctions<bits, words>()
    return try cases.filter { test in
      let numbers = try test.numbers.map { text throws in try MPFloat<bits, words>(parsing: text) }
      let results = try functions.results(test.function, numbers.dropLast(), test.rule)
      return !results.allSatisfy { same($0, numbers[numbers.count - 1]) }
    }.map(\.line)
  }

  @Test(
    "Every case of the table, bit for bit",
    arguments: [24, 53, 64, 113, 128, 137, 192, 256, 320, 512, 1024, 4096])
  func table(bits: Int) throws {
    let cases = try #require(Self.cases()[bits])
    let failures =
      switch bits {
      case 137: try Self.failures(of: cases, MPFloat<137, 3>.self)
      case 320: try Self.failures(of: cases, MPFloat<320, 5>.self)
      default: try withMPFloat(bits: bits, Failures(cases: cases))
      }
    #expect(cases.count > 100)
    #expect(failures == [])
  }

  @Test("The table has cases for every function that there is")
  func completeness() throws {
    let functions = PublicFunctions<53, 1>()
    let cases = try Self.cases()
    let named = Set(cases.values.joined().map { $0.function.prefix { $0 != ":" } })
    let names =
      [Array(functions.constants.keys), Array(functions.unary.keys), Array(functions.binary.keys)]
      + [Array(functions.ofInteger.keys), Array(functions.exact.keys), ["addingProduct"]]
    for name in names.joined() { #expect(named.contains(Substring(name)), "\(name)") }
  }

  @Test("Every function with a rule in the sources is one of those named")
  func sources() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let functions = PublicFunctions<53, 1>()
    let names = Set(functions.unary.keys).union(functions.binary.keys)
      .union(functions.ofInteger.keys).union(functions.constants.keys)
    let declaration = /public (?:static )?func (\w+)\(([^()]*)\) ->/
    for file in ["Rounding", "SpecialFunctions", "ElementaryFunctions"] {
      let path = root.appending(path: "Sources/MultiPrecision/MPFloat+\(file).swift")
      let text = try String(contentsOf: path, encoding: .utf8)
      var count = 0
      for match in text.matches(of: declaration) {
        count += 1
        let isOnePlus = match.2.contains("onePlus")
        let name = match.1 == "addingProduct" ? "adding" : String(match.1)
        #expect(names.contains(isOnePlus ? name + "OnePlus" : name), "\(name)")
      }
      #expect(count > 20)
    }
  }
}
