import Foundation
import LSQCommand

/// What a run of the command left behind.
struct Outcome: CustomStringConvertible {
  let status: Int32
  let output: String
  let error: String

  /// The lines of standard error that begin a message.
  var messageCount: Int {
    error.split(separator: "\n").count { $0.hasPrefix("lsq: ") }
  }

  /// The results of `--format json`.
  func results() throws -> [ResultLine] {
    try output.split(separator: "\n").map {
      try JSONDecoder().decode(ResultLine.self, from: Data($0.utf8))
    }
  }

  var description: String { "status \(status)\n\(output)\(error)" }
}

/// One line of JSON.
struct ResultLine: Decodable {
  struct Parameter: Decodable {
    var name: String
    var value: String
    var standardError: String?
  }

  var problem: String?
  var start: Int?
  var scalar: String
  var bits: Int
  var jacobian: String
  var termination: String
  var info: Int
  var converged: Bool
  var iterations: Int
  var residualEvaluations: Int
  var jacobianEvaluations: Int
  var seconds: Double
  var parameters: [Parameter]
  var covariance: [[String]]?
  var ssr: String
  var residualStandardDeviation: String?
  var degreesOfFreedom: Int
  var digits: Double?
  var digitsAgainstWidest: Double?
  var undetermined: [String]?
  var parting: Parting?
  var evaluations: [Evaluations]?
  var digitsConfirmed: Int?
  var bitsNeeded: Int?
  var residualPrecision: String?
  var accuracy: Accuracy?

  struct Parting: Decodable {
    var step: Int
    var agreeingDigits: Double
  }
  struct Evaluations: Decodable {
    var bits: Int
    var residuals: Int
    var jacobians: Int
  }
  struct Accuracy: Decodable {
    var rank: Int?
    var digitsNeeded: Double?
    var differencesCap: Double?
    var sentences: [String]
  }

  /// The parameters as Double.
  var values: [Double] { parameters.map { Double($0.value) ?? .nan } }
  /// The standard errors as Double, NaN where there is none.
  var standardErrors: [Double] {
    parameters.map { $0.standardError.flatMap { Double($0) } ?? .nan }
  }
}

/// Runs the command in this process, with a text as standard input.
func lsq(_ arguments: [String], input: String = "") -> Outcome {
  lsq(arguments, input: Array(input.utf8))
}

/// Runs the command in this process, with bytes as standard input.
func lsq(
  _ arguments: [String], input: [UInt8], isInterrupted: @escaping @Sendable () -> Bool = { false }
) -> Outcome {
  final class Sink {
    var output = ""
    var error = ""
  }
  let sink = Sink()
  let console = Console(
    output: { sink.output += $0 }, error: { sink.error += $0 }, standardInput: { input },
    isInterrupted: isInterrupted)
  let status = LSQ.run(arguments, on: console)
  return Outcome(status: status, output: sink.output, error: sink.error)
}

/// Whether two numbers agree to a relative error.
func agree(_ a: Double, _ b: Double, to tolerance: Double) -> Bool {
  abs(a - b) <= tolerance * abs(b)
}

/// Runs a body with the path of a file that holds a text.
func withFile<Result>(
  _ text: String, named name: String, _ body: (String) throws -> Result
) throws -> Result {
  let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
    "lsq-tests-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  let file = folder.appendingPathComponent(name)
  try Data(text.utf8).write(to: file)
  return try body(file.path)
}
