import CurveFitting
import Foundation
import LSQScalars
import Testing

@testable import TestProblems

@Suite struct NISTProblemTests {
  /// A line of `nist.jsonl`, which was made by a reader that shares nothing with this one.
  struct Record: Decodable {
    let name: String
    let level: String
    let columns: [String]
    let response: String
    /// The formula without blanks.
    let model: String
    let parameters: [String]
    let observations: Int
    let start1: [String]
    let start2: [String]
    let certified: [String]
    let deviations: [String]
    let ssr: String
    let rsd: String
    let dof: Int
    let printedDof: Int
    let firstRow: [String]
    let lastRow: [String]
  }

  private static func records() throws -> [Record] {
    try referenceLines(of: "nist", as: Record.self)
  }

  @Test func `All 27 files say what the index says`() throws {
    let records = try Self.records()
    #expect(NISTProblem.names == records.map(\.name))
    #expect(records.count == 27)
    for record in records {
      let file = try NISTProblem.named(record.name)
      #expect(file.name == record.name)
      #expect(file.level?.rawValue == record.level, "\(record.name)")
      #expect(file.response == record.response, "\(record.name)")
      #expect(file.model.filter { $0 != " " } == record.model, "\(record.name)")
      #expect(file.parameterNames == record.parameters, "\(record.name)")
      #expect(file.parameters.map(\.start1.text) == record.start1, "\(record.name)")
      #expect(file.parameters.map(\.start2.text) == record.start2, "\(record.name)")
      #expect(file.parameters.map(\.certifiedValue?.text) == record.certified, "\(record.name)")
      #expect(
        file.parameters.map(\.certifiedStandardDeviation?.text) == record.deviations,
        "\(record.name)")
      #expect(file.certifiedSumOfSquares?.text == record.ssr, "\(record.name)")
      #expect(file.certifiedResidualStandardDeviation?.text == record.rsd, "\(record.name)")
      #expect(file.degreesOfFreedom == record.dof, "\(record.name)")
      #expect(file.printedDegreesOfFreedom == record.printedDof, "\(record.name)")
      #expect(file.printedObservationCount == record.observations, "\(record.name)")
      #expect(file.observationCount == record.observations, "\(record.name)")
      #expect([file.responseName] + file.predictorNames == record.columns, "\(record.name)")
      let rows = [(0, record.firstRow), (file.observationCount - 1, record.lastRow)]
      for (row, expected) in rows {
        #expect(expected.indices.map { file.data.text(row: row, column: $0) } == expected)
      }
    }
  }

  @Test(arguments: referenceScalars)
  func `All numbers of all files are finite in every type`(
    scalar: any ReferenceScalar.Type
  ) throws {
    try checkNumbers(scalar)
  }

  private func checkNumbers<Scalar: ReferenceScalar>(_: Scalar.Type) throws {
    for name in NISTProblem.names {
      let file = try NISTProblem.named(name)
      let n = file.parameters.count
      #expect(try file.start(1, as: Scalar.self).count == n)
      #expect(try file.start(2, as: Scalar.self).count == n)
      #expect(try file.certifiedValues(as: Scalar.self).count == n)
      #expect(try file.responses(as: Scalar.self).count == file.observationCount)
      #expect(
        try file.predictors(as: Scalar.self).count
          == file.observationCount * file.predictorNames.count)
      // s² = SSR/(N − n) ties three certified facts together, to the digits printed.
      let sum = try #require(file.certifiedSumOfSquares).value(as: Scalar.self)
      let deviation = try #require(file.certifiedResidualStandardDeviation)
        .value(as: Scalar.self)
      let ratio = deviation * deviation * Scalar(file.degreesOfFreedom) / sum
      let tolerance = max(8 * Scalar.ulpOfOne, 1 / 1_000_000_000)
      #expect(abs(ratio - 1) <= tolerance, "\(name) in \(Scalar.self)")
    }
  }

  @Test func `A decimal is rounded once, to the type that asks`() throws {
    let roszman = try NISTProblem.named("Roszman1")
    let first = try #require(roszman.responses(as: Float.self).first)
    #expect(first == 0.252429)
    #if (arch(i386) || arch(x86_64)) && !os(Windows) && !os(Android)
      let extended = try #require(roszman.responses(as: Float80.self).first)
      #expect(extended == Float80("0.252429"))
      #expect(extended != Float80(0.252429 as Double))
    #endif
  }

  @Test func `Two predictors come row by row`() throws {
    let nelson = try NISTProblem.named("Nelson")
    #expect(nelson.predictorNames == ["x1", "x2"])
    #expect(try nelson.predictors(as: Double.self).prefix(4) == [1, 180, 1, 180])
  }

  @Test func `A response that a formula computes has the rounding of that`() throws {
    // That of log[y] is at least that of y, relative to it, also where log[y] is small.
    let sizes = try #require(NISTProblem.named("Nelson").problem(over: Double.self).responseSizes)
    #expect(sizes.count == 128 && sizes.allSatisfy { $0 >= 0.5 })
    #expect(try NISTProblem.named("Misra1a").problem(over: Double.self).responseSizes == nil)
  }

  @Test func `The case of a name does not matter`() throws {
    #expect(try NISTProblem.named("misra1a").name == "Misra1a")
    #expect(try NISTProblem.named("ENSO").name == (try NISTProblem.named("enso")).name)
  }

  @Test func `An unknown name is answered with the names near it`() {
    #expect(
      UnknownNISTProblem(name: "Misra1").nearNames.prefix(4).sorted() == [
        "Misra1a", "Misra1b", "Misra1c", "Misra1d",
      ])
    #expect(UnknownNISTProblem(name: "lanczos").nearNames.count == 3)
    #expect(UnknownNISTProblem(name: "thurbr").nearNames == ["Thurber"])
    #expect(UnknownNISTProblem(name: "rosenbrock").nearNames == [])
    let error = #expect(throws: UnknownNISTProblem.self) { try NISTProblem.named("rosenbrock") }
    #expect(error?.description.contains("Bennett5") == true)
  }

  @Test func `The embedded texts are the files`() throws {
    let directory = URL(filePath: #filePath)
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Sources/TestProblems/NIST")
    let files = try FileManager.default.contentsOfDirectory(atPath: directory.path)
      .filter { $0.hasSuffix(".dat") }
    #expect(files.sorted() == NISTProblem.names.map { "\($0).dat" }.sorted())
    for name in NISTProblem.names {
      let text = try String(
        contentsOf: directory.appending(path: "\(name).dat"), encoding: .utf8)
      #expect(try NISTProblem.text(of: name) == text, "run Scripts/embed-nist: \(name) differs")
    }
  }
}
