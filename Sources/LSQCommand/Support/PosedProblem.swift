import CurveFitting
import LeastSquares
import TestProblems

/// A model with its data, to be fitted in any scalar type, and where its fits begin.
struct PosedProblem {
  /// One of the starts.
  struct Start {
    /// The number, from 1, if there are several starts.
    let number: Int?
    let fit: any AnyPrecisionFit
  }

  let parameterNames: [String]
  /// The start that is taken first where any will do.
  let near: Start
  /// Another, if there is one.
  let far: Start?
  /// What is certified for this problem, if anything is.
  let certified: PrecisionComparison.Certified?
  /// How messages name a row, which counts from zero.
  let placeOfRow: @Sendable (Int) -> String
  /// The parameters that are held, which are not among those named.
  let fixed: [ParameterValue]
  private let givenName: String

  /// A user's formula and data.
  init(_ input: FitInput, name: String) {
    (givenName, parameterNames, fixed) = (name, input.parameterNames, input.fixed)
    (near, far) = (Start(number: nil, fit: input), nil)
    certified = nil
    placeOfRow = { "line \(input.line(ofRow: $0))" }
  }

  /// A problem of NIST's, or in the form of NIST's, without the parameters that are held: then nothing is certified.
  ///
  /// - Throws: ``CommandFailure`` where the model does not have the parameters that are held, or no other.
  init(_ problem: StRDProblem, fixed: [ParameterValue]) throws {
    let file = problem.file
    let held = Set(fixed.map(\.name))
    (givenName, self.fixed) = (file.name, fixed)
    parameterNames = file.parameterNames.filter { !held.contains($0) }
    certified = fixed.isEmpty ? problem.certified : nil
    placeOfRow = StRDProblem.place(ofRow:)
    func start(_ number: Int) throws -> Start {
      if fixed.isEmpty { return Start(number: number, fit: StartedProblem(file, start: number)) }
      let formulas = try FitFormulas(file, start: "\(number)", fixed: fixed)
      return Start(
        number: number, fit: try FitInput(formulas, file.data, sigma: nil, source: file.name))
    }
    (far, near) = (try start(1), try start(2))
  }

  /// The starts with one of these numbers, or without any.
  func starts(numbered numbers: [Int]) -> [Start] {
    [far, near].compactMap(\.self).filter { $0.number.map(numbers.contains) ?? true }
  }

  /// The widest scalar in which a climb begins.
  static let widestOfClimb = (name: "mp256", bits: 256)

  /// What to report of an error that kept a fit over a scalar from starting.
  ///
  /// - Parameter start: the number of the start, if there are several.
  func failure(_ error: any Error, over scalar: String, from start: Int?) -> CommandFailure {
    if let failure = error as? CommandFailure { return failure }
    let place =
      switch error as? LeastSquaresError {
      case nil, .tooFewResiduals: ""  // The data are at fault, whatever the start.
      default: start.map { ", start \($0)" } ?? ""
      }
    return .badData(
      "\(name(isWhole: false))\(place): "
        + error.message(over: scalar, parameterNames: parameterNames, placeOfRow: placeOfRow))
  }

  /// The name with what is held, for people; a long formula is whole for programs alone.
  func name(isWhole: Bool) -> String {
    let values = fixed.map { ", \($0.name) = \($0.text)" }.joined()
    return (isWhole ? givenName : givenName.visible.shortened) + values
  }
}

extension String {
  /// At most 60 characters, the last of which is … where some are left out.
  var shortened: String { count > 60 ? prefix(59) + "…" : self }
}
