import Foundation
import MultiPrecision
import ScalarTesting
import Testing

/// The grammar of numbers in text as a finite automaton, written without a look at the parser.
struct NumberGrammar {
  /// Every state with the characters that lead on from it. Those with a star may end a number.
  private static let states: [(name: String, steps: [(characters: String, to: String)])] = {
    let digits = "0123456789"
    let hexadecimal = digits + "abcdefABCDEF"
    let unsigned = [
      ("0", "zero*"), ("123456789", "whole*"), (".", "point"), ("iI", "i"), ("nN", "n"),
    ]
    let names = [
      ("i", "nN", "in"), ("in", "fF", "inf*"), ("inf*", "iI", "infi"), ("infi", "nN", "infin"),
      ("infin", "iI", "infini"), ("infini", "tT", "infinit"), ("infinit", "yY", "infinity*"),
      ("n", "aA", "na"), ("na", "nN", "nan*"),
    ]
    return [
      ("start", [("+-", "sign")] + unsigned),
      ("sign", unsigned),
      ("zero*", [(digits, "whole*"), (".", "fraction*"), ("eE", "exponent"), ("xX", "x")]),
      ("whole*", [(digits, "whole*"), (".", "fraction*"), ("eE", "exponent")]),
      ("point", [(digits, "fraction*")]),
      ("fraction*", [(digits, "fraction*"), ("eE", "exponent")]),
      ("exponent", [("+-", "exponentSign"), (digits, "power*")]),
      ("exponentSign", [(digits, "power*")]),
      ("power*", [(digits, "power*")]),
      ("x", [(hexadecimal, "hexadecimal*"), (".", "hexadecimalPoint")]),
      ("hexadecimal*", [(hexadecimal, "hexadecimal*"), (".", "places*"), ("pP", "exponent")]),
      ("hexadecimalPoint", [(hexadecimal, "places*")]),
      ("places*", [(hexadecimal, "places*"), ("pP", "exponent")]),
      ("infinity*", []), ("nan*", []),
    ] + names.map { ($0.0, [($0.1, $0.2)]) }
  }()

  /// The next state by state and byte; negative where no number goes on.
  private let table: [Int16]
  private let accepting: [Bool]
  /// The bytes that lead on from each state.
  private let steps: [[UInt8]]

  init() {
    let names = Self.states.map(\.name)
    var table = [Int16](repeating: -1, count: 256 * names.count)
    for (i, state) in Self.states.enumerated() {
      for (characters, to) in state.steps {
        for byte in characters.utf8 {
          table[256 * i + Int(byte)] = Int16(names.firstIndex(of: to)!)
        }
      }
    }
    self.table = table
    accepting = names.map { $0.hasSuffix("*") }
    steps = Self.states.map { $0.steps.flatMap { Array($0.characters.utf8) } }
  }

  /// The number of bytes with which some number begins, and whether they are one.
  func read(_ bytes: [UInt8]) -> (count: Int, isNumber: Bool) {
    var state = 0
    for i in 0..<bytes.count {
      let next = Int(table[256 * state + Int(bytes[i])])
      if next < 0 { return (i, false) }
      state = next
    }
    return (bytes.count, accepting[state])
  }

  /// A random number: a walk that ends in a state that may end one, after `length` steps or soon after.
  func walk(length: Int, using generator: inout SeededGenerator) -> [UInt8] {
    var state = 0
    var bytes: [UInt8] = []
    while !(accepting[state] && bytes.count >= length) && !steps[state].isEmpty {
      let step = steps[state][Int(truncatingIfNeeded: generator.next() >> 33) % steps[state].count]
      bytes.append(step)
      state = Int(table[256 * state + Int(step)])
    }
    return bytes
  }
}

/// Texts that nearly are numbers, and worse.
struct JunkSource {
  let grammar: NumberGrammar
  var generator: SeededGenerator

  private static let pieces: [[UInt8]] =
    Array("0123456789..eE+-xXpPaAfFinfnatyINFNAN_, '\"@()%$kbB").map { Array(String($0).utf8) }
    + ["\0", "\n", "\t", "½", "٣", "−", "é", "e\u{301}", "∞", "\u{FEFF}", "\u{202E}", "𝟙", "👩‍👩‍👧"].map
  {
    Array($0.utf8)
  }
    + ["e999999999999", "e-99999999999999999999", "p9223372036854775807", "p-9223372036854775808"]
    .map { Array($0.utf8) }

  private mutating func draw(_ count: Int) -> Int {
    Int(truncatingIfNeeded: generator.next() >> 33) % count
  }

  mutating func text() -> [UInt8] {
    let kind = draw(5000)
    if kind == 0 { return long() }
    var bytes: [UInt8] = []
    switch kind % 4 {
    case 0:
      for _ in 0..<draw(9) { bytes += Self.pieces[draw(Self.pieces.count)] }
    case 1:
      // Any bytes; what is not UTF-8 becomes U+FFFD.
      for _ in 0..<draw(6) { bytes.append(UInt8(draw(256))) }
      bytes = Array(String(decoding: bytes, as: UTF8.self).utf8)
    default:
      bytes = grammar.walk(length: draw(12), using: &generator)
      for _ in 0..<draw(3) { mutate(&bytes) }
      // A multi-byte character may have been cut.
      bytes = Array(String(decoding: bytes, as: UTF8.self).utf8)
    }
    return bytes
  }

  private mutating func mutate(_ bytes: inout [UInt8]) {
    let place = draw(bytes.count + 1)
    switch draw(4) {
    case 0: bytes.insert(contentsOf: Self.pieces[draw(Self.pieces.count)], at: place)
    case 1: if place < bytes.count { bytes.remove(at: place) }
    case 2: bytes.removeLast(bytes.count - place)
    default: if place < bytes.count { bytes[place] = Self.pieces[draw(40)][0] }
    }
  }

  /// Thousands of digits, every other time with something among them.
  private mutating func long() -> [UInt8] {
    var bytes = (0..<(1000 + draw(9000))).map { UInt8(48 + $0 * $0 % 10) }
    bytes[draw(bytes.count)] = UInt8(ascii: ".")
    if draw(2) == 0 { mutate(&bytes) }
    return Array(String(decoding: bytes, as: UTF8.self).utf8)
  }
}

@Suite("Junk")
struct JunkTests {
  /// A million texts, or as many as the environment asks for.
  static let count =
    ProcessInfo.processInfo.environment["JUNK_TEXTS"].flatMap { Int($0) } ?? 1_000_000

  @Test("A text is taken if and only if the grammar takes it; an error is where the grammar ends")
  func junk() {
    let seed: UInt64 = 57
    let grammar = NumberGrammar()
    var source = JunkSource(grammar: grammar, generator: SeededGenerator(seed: seed))
    var numbers = 0
    for _ in 0..<Self.count {
      let bytes = source.text()
      let expected = grammar.read(bytes)
      let text = String(decoding: bytes, as: UTF8.self)
      do throws(NumberTextError) {
        let number = try MPFloat<53, 1>(parsing: text)
        numbers += 1
        if !expected.isNumber { Issue.record("“\(text)” is taken, seed \(seed)") }
        if numbers % 8 == 0, bytes.count < 40, let double = Double(text),
          !same(Double(number), double)
        {
          Issue.record("“\(text)” is \(number), not \(double), seed \(seed)")
        }
      } catch {
        if expected.isNumber { Issue.record("“\(text)” is refused, seed \(seed)") }
        let place = error.utf8Offset
        let atEnd = place == bytes.count
        if place != expected.count || (error.unexpected == nil) != atEnd
          || !atEnd && text.unicodeScalars[error.position] != error.unexpected
          || numbers % 64 == 0 && error.description.utf8.count > 500
        {
          Issue.record("“\(text)”: \(error), seed \(seed)")
        }
      }
    }
    // Neither side is rare.
    #expect(numbers > Self.count / 8 && numbers < 7 * Self.count / 8)
  }

  @Test("Every text of up to four characters of those that numbers are made of")
  func short() {
    let alphabet = Array("019.eE+-xpafinty ".utf8)
    let grammar = NumberGrammar()
    var texts: [[UInt8]] = [[]]
    var last = texts
    for length in 1...4 {
      last = last.flatMap { text in alphabet.map { text + [$0] } }
      #expect(last.count == [17, 289, 4913, 83521][length - 1])
      texts += last
    }
    for bytes in texts {
      let expected = grammar.read(bytes)
      let text = String(decoding: bytes, as: UTF8.self)
      do throws(NumberTextError) {
        _ = try MPFloat128(parsing: text)
        if !expected.isNumber { Issue.record("“\(text)” is taken") }
      } catch {
        if expected.isNumber || error.utf8Offset != expected.count { Issue.record("\(error)") }
      }
    }
  }
}
