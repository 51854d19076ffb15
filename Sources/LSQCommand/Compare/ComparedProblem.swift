import CurveFitting
import LSQScalars
import Synchronization
import TestProblems

/// What `compare` can solve.
enum ComparedProblem {
  /// A NIST problem, or the user's own formula and data.
  case posed(PosedProblem)
  /// A test function of Moré, Garbow and Hillstrom from one of its starts.
  case function(MoreGarbowHillstromProblem.StandardRun)

  /// The problems that an argument names, without the parameters that are held.
  ///
  /// - Throws: ``CommandFailure`` for an unknown name, a file that does not hold a problem, and parameters that a problem
  ///   does not have.
  static func named(
    _ argument: String, fixed: [ParameterValue], on console: Console
  ) throws -> [Self] {
    let name = argument.lowercased()
    let runs = MoreGarbowHillstromProblem.standardRuns.filter {
      $0.identifier == name || $0.problem.function.argument == name
    }
    if !runs.isEmpty {
      guard fixed.isEmpty else {
        throw CommandFailure.usage(
          "--fix holds parameters of formulas, but \(argument) is a test function; drop --fix.")
      }
      return runs.map { .function($0) }
    }
    return try problems(argument, on: console).map { .posed(try PosedProblem($0, fixed: fixed)) }
  }

  private static func problems(_ argument: String, on console: Console) throws -> [StRDProblem] {
    do {
      return try StRDProblem.named(argument, orFormulaBy: "--from", on: console)
    } catch let failure as CommandFailure
      where failure.status == ExitStatus.usage && argument != "-" && !Console.fileExists(argument)
    {
      let functions = MoreGarbowHillstromFunction.allCases.map(\.argument)
      let near = functions.filter { $0.editDistance(to: argument.lowercased()) <= 2 }
      guard near.isEmpty else {
        throw CommandFailure.usage(
          "There is no problem “\(argument)”; \(functions.remedy(near: near, called: "functions"))")
      }
      throw CommandFailure.usage(
        failure.message + " Test functions are \(functions.joined(separator: ", ")).")
    }
  }

  /// The parameters that are held.
  var fixed: [ParameterValue] {
    if case .posed(let problem) = self { problem.fixed } else { [] }
  }

  /// The comparisons from the starts that are asked for, which throw ``CommandFailure`` where no contender can begin.
  func comparisons(
    starts: [Int], _ contenders: [PrecisionComparison.Contender],
    _ options: PrecisionComparison.Options, isNameWhole: Bool
  ) -> [() throws -> PrecisionComparison] {
    switch self {
    case .posed(let problem):
      problem.starts(numbered: starts).map { start in
        { try problem.comparison(from: start, contenders, options, isNameWhole: isNameWhole) }
      }
    case .function(let run):
      [
        {
          try PrecisionComparison(
            of: run, problem: "\(run.problem.function.name) (\(run.identifier))",
            contenders: contenders, options: options)
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

extension PosedProblem {
  /// The comparison from a start.
  ///
  /// - Throws: ``CommandFailure`` where no contender can begin: then the data or the start are at fault, in what the widest
  ///   scalar says of them.
  fileprivate func comparison(
    from start: Start, _ contenders: [PrecisionComparison.Contender],
    _ options: PrecisionComparison.Options, isNameWhole: Bool
  ) throws -> PrecisionComparison {
    let errors = Mutex<[(scalar: (name: String, bits: Int), error: any Error)]>([])
    var options = options
    options.explain = { [parameterNames, placeOfRow] error, contender in
      errors.withLock { $0.append((contender.first, error)) }
      return error.message(
        over: contender.first.name, parameterNames: parameterNames, placeOfRow: placeOfRow)
    }
    let comparison = try PrecisionComparison(
      of: start.fit, problem: name(isWhole: isNameWhole), start: start.number,
      parameterNames: parameterNames, certified: certified, contenders: contenders,
      options: options)
    let failures = errors.withLock { $0 }
    guard failures.count == contenders.count,
      let widest = failures.max(by: { $0.scalar.bits < $1.scalar.bits })
    else { return comparison }
    throw failure(widest.error, over: widest.scalar.name, from: start.number)
  }
}

extension PrecisionComparison.Contender {
  /// The type, or the widest in which a climb begins.
  fileprivate var first: (name: String, bits: Int) {
    switch self {
    case .scalar(let type, let name): (name, type.precisionBits)
    case .ladder: PosedProblem.widestOfClimb
    }
  }
}
