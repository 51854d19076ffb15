import Foundation
import LSQScalars
import LeastSquares
import Testing

@testable import LSQCommand

/// A record with one bit changed, wherever it is, is told from the original.
@Suite struct ReplayCanFailTests {
  private func firstRun(of file: String, where isIncluded: (ReferenceRun) -> Bool) throws -> Data {
    try #require(
      referenceLines(file).first {
        isIncluded(try JSONDecoder().decode(ReferenceRun.self, from: $0))
      })
  }

  private func differences(_ line: Data) throws -> [ReplayDifference] {
    let record = try JSONDecoder().decode(AnyReferenceRecord.self, from: line).record
    var libms = LibmCache()
    guard case .different(let list) = try libms.replay(record, in: Double.self) else { return [] }
    return list
  }

  @Test(arguments: ["std-lmder", "std-lmdif", "std-lmstr"])
  func `A changed bit in any number is found and named`(set: String) throws {
    let line = try firstRun(of: "\(set)-double-fortran") { $0.problem == 8 && $0.libm == nil }
    #expect(try differences(line).isEmpty)
    var fields = try #require(
      try JSONSerialization.jsonObject(with: line) as? [String: Any])
    for key in ["fnorm0", "fnorm"] {
      try expectDifference(key, in: fields) { lastBitChanged($0 as? String) }
    }
    for key in ["x", "diag", "qtf", "r", "covar"] {
      let count = try #require(fields[key] as? [String]).count
      for index in 0..<count {
        try expectDifference("\(key)[\(index)]", key: key, in: fields) {
          var values = $0 as? [String] ?? []
          values[index] = lastBitChanged(values[index])
          return values
        }
      }
    }
    for key in ["info", "nfev", "njev"] where fields[key] != nil {
      try expectDifference(key, in: fields) { ($0 as? Int ?? 0) + 1 }
    }
    try expectDifference("path", in: fields) {
      "0" + String(($0 as? String ?? "").dropFirst()) + "f"
    }
    try expectDifference("ipvt", in: fields) { Array(($0 as? [Int] ?? []).reversed()) }
    // The iteration is told where the path is on record.
    guard var trajectory = fields["trajectory"] as? [[String: Any]] else { return }
    let point = trajectory.count - 2
    var x = try #require(trajectory[point]["x"] as? [String])
    x[0] = lastBitChanged(x[0])
    trajectory[point]["x"] = x
    fields["trajectory"] = trajectory
    let found = try differences(JSONSerialization.data(withJSONObject: fields))
    #expect(found.first?.iteration == point + 1)
    #expect(found.first?.quantity == "x[0]")
  }

  private func expectDifference(
    _ quantity: String, key: String? = nil, in fields: [String: Any], change: (Any?) -> Any
  ) throws {
    var fields = fields
    let key = key ?? quantity
    fields[key] = change(fields[key])
    let found = try differences(JSONSerialization.data(withJSONObject: fields))
    #expect(found.first?.quantity == quantity)
  }

  /// The number with its last hexadecimal digit changed by one, or a tiny one instead of zero.
  private func lastBitChanged(_ text: String?) -> String {
    guard let text, let value: Double = hexadecimal(text) else { return "?" }
    let next = value.nextUp
    let significand = String(next.significandBitPattern, radix: 16)
    let padded = String(repeating: "0", count: 13 - significand.count) + significand
    return next.isNormal
      ? "\(next < 0 ? "-" : "")0x1.\(padded)p\(next.exponent >= 0 ? "+" : "")\(next.exponent)"
      : "0x1p-1022"
  }

  /// The runs through a scalar whose arithmetic is slightly wrong differ from the records.
  @Test(arguments: Flaw.allCases)
  func `A flaw in the arithmetic is found`(flaw: Flaw) throws {
    var found = 0
    for record in try referenceRecords("std-lmder-double-fortran").prefix(30) {
      let run = try #require(record as? ReferenceRun)
      guard run.libm == nil else { continue }
      let differences = try Flaw.$current.withValue(flaw) {
        try Replay<FlawedDouble>(run).differences(from: run)
      }
      if !differences.isEmpty { found += 1 }
    }
    #expect(found > 0)
    // Without a flaw the same type has the recorded bits.
    for record in try referenceRecords("std-lmder-double-fortran").prefix(10) {
      let run = try #require(record as? ReferenceRun)
      guard run.libm == nil else { continue }
      #expect(try Replay<FlawedDouble>(run).differences(from: run).isEmpty)
    }
  }
}
