import Foundation
import LSQScalars
import LeastSquares
import ScalarTesting
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

  @Test(arguments: ["m", "n"])
  func `A size that no record has is refused before memory is made for it`(size: String) throws {
    let line = try firstRun(of: "std-lmder-double-fortran") { $0.problem == 1 }
    var fields = try #require(
      try JSONSerialization.jsonObject(with: line) as? [String: Any])
    fields[size] = 1_000_000_000
    let error = #expect(throws: ReplayError.self) {
      try differences(JSONSerialization.data(withJSONObject: fields))
    }
    #expect(error?.description.contains("\(size) is 1000000000") == true)
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

  /// Arithmetic with a slight flaw, in `Double`'s precision.
  static let flawedScalars: [any LSQScalar.Type] = [
    FusedProductScalar.self, DownwardSumScalar.self, ShiftedNormScalar.self,
  ]

  @Test(arguments: 0..<flawedScalars.count)
  func `A flaw in the arithmetic is found`(index: Int) throws {
    let different = try runsThatDiffer(in: Self.flawedScalars[index])
    #expect(different > 0, "\(Self.flawedScalars[index])")
  }

  @Test func `The same scalar without a flaw has the recorded bits`() throws {
    #expect(try runsThatDiffer(in: FlawlessScalar.self) == 0)
  }

  private func runsThatDiffer<Scalar: LSQScalar>(in _: Scalar.Type) throws -> Int {
    try referenceRecords("std-lmder-double-fortran").count { record in
      guard let run = record as? ReferenceRun, run.libm == nil else { return false }
      return try !Replay<Scalar>(run).differences(from: run).isEmpty
    }
  }
}

/// A `Double` as it is.
private struct FlawlessScalar: LSQScalar, WrappedScalar {
  typealias Scalar = Self
  var base: Double
  init(base: Double) { self.base = base }
}

/// A `Double` with fused multiply-adds.
private struct FusedProductScalar: LSQScalar, WrappedScalar {
  typealias Scalar = Self
  var base: Double
  init(base: Double) { self.base = base }

  static func dotProduct(
    _ x: Span<Self>, _ xLane: Lane, _ y: Span<Self>, _ yLane: Lane
  ) -> Self {
    var sum: Self = 0
    for i in 0..<xLane.count { sum.addProduct(x[xLane[i]], y[yLane[i]]) }
    return sum
  }
}

/// A `Double` whose sums run downward.
private struct DownwardSumScalar: LSQScalar, WrappedScalar {
  typealias Scalar = Self
  var base: Double
  init(base: Double) { self.base = base }

  static func dotProduct(
    _ x: Span<Self>, _ xLane: Lane, _ y: Span<Self>, _ yLane: Lane
  ) -> Self {
    var sum: Self = 0
    for i in (0..<xLane.count).reversed() { sum += x[xLane[i]] * y[yLane[i]] }
    return sum
  }
}

/// A `Double` whose norm is off by one unit in the last place where its last bit is set.
private struct ShiftedNormScalar: LSQScalar, WrappedScalar {
  typealias Scalar = Self
  var base: Double
  init(base: Double) { self.base = base }

  static func euclideanNorm(_ v: Span<Self>, _ lane: Lane, small: Self, large: Self) -> Self {
    let values = (0..<lane.count).map { v[lane[$0]].base }
    let norm = Double.euclideanNorm(
      values.span, Lane(count: values.count), small: small.base, large: large.base)
    return Self(base: norm.significandBitPattern % 2 == 1 ? norm.nextUp : norm)
  }
}
