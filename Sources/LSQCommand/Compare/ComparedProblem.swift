import CurveFitting
import LSQScalars
import LeastSquares
import TestProblems

/// What `compare` can solve.
enum ComparedProblem {
  /// A NIST problem, from both of its starts.
  case certified(CertifiedProblem)
  /// A test function of Moré, Garbow and Hillstrom from one of its starts.
  case function(MoreGarbowHillstromProblem.StandardRun)
  /// The user's own formula and data.
  case formula(FitInput, name: String)

  /// The problems that an argument names.
  ///
  /// - Throws: ``CommandFailure`` for an unknown name, or a file that does not hold a problem.
  static func named(_ argument: String, on console: Console) throws -> [Self] {
    let name = argument.lowercased()
    let runs = MoreGarbowHillstromProblem.standardRuns.filter {
      $0.identifier == name || $0.problem.function.argument == name
    }
    if !runs.isEmpty { return runs.map { .function($0) } }
    do {
      return try CertifiedProblem.named(argument, on: console).map { .certified($0) }
    } catch let failure as CommandFailure
      where failure.status == ExitStatus.data && !name.hasSuffix(".dat")
    {
      throw CommandFailure.usage(
        failure.message + " To compare a formula on data, give --model and --from.")
    } catch let failure as CommandFailure where failure.status == ExitStatus.usage {
      let functions = MoreGarbowHillstromFunction.allCases.map(\.argument)
      throw CommandFailure.usage(
        failure.message + " Test functions are \(functions.joined(separator: ", ")).")
    }
  }

  /// The comparisons from the starts that are asked for.
  func comparisons(
    starts: [Int], _ contenders: [PrecisionComparison.Contender],
    _ options: PrecisionComparison.Options
  ) -> [() throws -> PrecisionComparison] {
    switch self {
    case .certified(let problem):
      starts.map { start in
        {
          try PrecisionComparison(
            of: StartedProblem(problem.file, start: start), problem: problem.file.name,
            start: start, parameterNames: problem.file.parameterNames,
            certified: problem.certified, contenders: contenders,
            options: options.explaining(
              problem.file.parameterNames, placeOfRow: CertifiedProblem.place(ofRow:)))
        }
      }
    case .function(let run):
      [
        {
          try PrecisionComparison(
            of: run, problem: "\(run.problem.function.name) (\(run.identifier))",
            contenders: contenders, options: options)
        }
      ]
    case .formula(let input, let name):
      [
        {
          try PrecisionComparison(
            of: input, problem: name, parameterNames: input.parameterNames,
            contenders: contenders,
            options: options.explaining(input.parameterNames) { "line \(input.line(ofRow: $0))" })
        }
      ]
    }
  }
}

extension MoreGarbowHillstromFunction {
  /// The name as an argument: "rosenbrock", "kowalik-and-osborne".
  fileprivate var argument: String {
    name.lowercased().replacing(",", with: "").replacing(" ", with: "-")
  }
}

extension PrecisionComparison.Options {
  /// The same, with the solver's complaints in terms of the user's parameters and data.
  fileprivate func explaining(
    _ parameterNames: [String], placeOfRow: @escaping @Sendable (Int) -> String
  ) -> Self {
    var options = self
    options.explain = { error, contender in
      guard let complaint = error as? LeastSquaresError else { return "\(error)" }
      return complaint.message(
        over: contender.name, parameterNames: parameterNames, placeOfRow: placeOfRow)
    }
    return options
  }
}
