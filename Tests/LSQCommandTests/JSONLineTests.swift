import CurveFitting
import Foundation
import Testing

@testable import LSQCommand

@Suite struct `JSON lines` {
  private static let fitKeys = [
    "scalar", "bits", "jacobian", "termination", "info", "converged", "iterations",
    "residualEvaluations", "jacobianEvaluations", "seconds", "parameters", "ssr",
    "residualStandardDeviation", "degreesOfFreedom",
  ]
  private static let accuracyKeys = [
    "fixed", "covariance", "retries", "remedy", "digitsConfirmed", "digitsReached", "bitsNeeded",
    "residualPrecision",
    "accuracy",
  ]
  private static let comparisonKeys = [
    "digits", "digitsAgainstWidest", "undetermined", "parting", "evaluations", "fixed",
  ]

  /// The keys of the outermost object, which are those that stand where no bracket is open.
  private func keys(_ line: String) -> [String] {
    var depth = 0
    var keys: [String] = []
    var text = ""
    for character in line {
      switch character {
      case "{", "[": depth += 1
      case "}", "]": depth -= 1
      case ":" where depth == 1:
        keys.append(String(text.split(separator: "\"").last ?? ""))
        text = ""
      default: if depth == 1 { text.append(character) }
      }
    }
    return keys
  }

  @Test func `A line of fit has these keys in this order`() {
    let outcome = lsq(
      Samples.puromycinFit + ["--format", "json"], input: Samples.puromycin)
    #expect(outcome.output.hasSuffix("}\n"))
    #expect(outcome.output.count { $0 == "\n" } == 1)
    #expect(keys(outcome.output) == Self.fitKeys + Self.accuracyKeys)
    #expect(outcome.output.contains(#""parameters":[{"name":"Vm","value":"212."#))
  }

  @Test func `A line of compare has the problem before them and the digits after`() {
    let outcome = lsq(
      ["compare", "Misra1a", "--start", "1", "--scalars", "double", "--format", "json"])
    #expect(keys(outcome.output) == ["problem", "start"] + Self.fitKeys + Self.comparisonKeys)
    #expect(outcome.output.contains(#""problem":"Misra1a","start":1,"scalar":"double""#))
  }

  @Test func `Missing statistics are null`() {
    let outcome = lsq(
      ["fit", "-", "--model", "a+b*x", "--start", "a=0,b=0", "--format", "json"],
      input: "x,y\n1,1\n2,3\n")
    #expect(outcome.output.contains(#""standardError":null"#))
    #expect(outcome.output.contains(#""residualStandardDeviation":null,"degreesOfFreedom":0"#))
  }

  @Test func `Reals read back exactly`() throws {
    let double = try lsq(
      Samples.puromycinFit + ["--format", "json"], input: Samples.puromycin
    ).results()[0]
    for text in double.parameters.flatMap({ [$0.value, $0.standardError ?? ""] }) + [double.ssr] {
      #expect(Double(text)?.description == text)
    }
    // 256 bits are 77 digits, of which the shortest text that reads back has at least 70 here.
    let wide = try lsq(
      Samples.puromycinFit + ["--scalar", "mp256", "--format", "json"], input: Samples.puromycin
    ).results()[0]
    #expect(wide.parameters.allSatisfy { $0.value.count > 70 })
  }

  @Test func `Text is escaped`() throws {
    let text = "a\"b\\c\n\t\u{1}é"
    let json = JSONText.object([(text, .array([.string(text), .null, .number(.nan)]))]).text
    #expect(json.utf8.allSatisfy { $0 >= 0x20 })
    let decoded = try JSONDecoder().decode([String: [String?]].self, from: Data(json.utf8))
    #expect(decoded == [text: [text, nil, nil]])
  }
}
