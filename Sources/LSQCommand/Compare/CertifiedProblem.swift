import CurveFitting
import LSQScalars
import LeastSquares
import TestProblems

/// A problem whose answer is certified, ready to be solved in any scalar type.
struct CertifiedProblem {
  let file: StRDFile

  /// The problems that an argument stands for: one by its name or the path of its file, or all.
  ///
  /// - Throws: ``CommandFailure`` for an unknown name, or a file that is no problem.
  static func named(_ argument: String, on console: Console) throws -> [Self] {
    if argument.lowercased() == "all" {
      return try NISTProblem.names.map { try Self(NISTProblem.named($0), source: $0) }
    }
    do {
      if !argument.looksLikePath {
        return [try Self(NISTProblem.named(argument), source: argument)]
      }
    } catch let error as UnknownNISTProblem {
      guard Console.fileExists(argument) else {
        throw CommandFailure.usage(error.description)
      }
    }
    do {
      return [try Self(StRDFile(console.text(ofFile: argument)), source: argument)]
    } catch let error as StRDError {
      let place = error.position.map { "\($0): " } ?? ""
      throw CommandFailure.badData("\(argument): \(place)\(error)")
    }
  }

  private init(_ file: StRDFile, source: String) throws {
    self.file = file
    do throws(ExpressionError) {
      _ = try file.formulas()
    } catch {
      throw CommandFailure.badData("\(source): The model \(file.model) is no formula: \(error)")
    }
  }

  /// Solves the problem from one of its starts. What goes wrong is part of the report.
  func solve(
    from start: Int, over scalar: ScalarName, _ options: SolverOptions,
    isInterrupted: @escaping () -> Bool
  ) -> SolveReport {
    var report: SolveReport
    do {
      report = try solve(
        from: start, over: scalar.type, named: scalar, options, isInterrupted: isInterrupted)
    } catch {
      let complaint = (error as? LeastSquaresError)?.message(
        over: scalar, parameterNames: file.parameterNames
      ) { "row \($0 + 1) of the data" }
      report = SolveReport(
        failure: complaint ?? "\(error)",
        start: file.parameters.map {
          let value = start == 1 ? $0.start1 : $0.start2
          return .init(name: $0.name, value: value.text, standardError: nil)
        },
        scalar: scalar, jacobian: options.jacobian, degreesOfFreedom: file.degreesOfFreedom)
      report.digits = 0
    }
    report.problem = (file.name, start)
    return report
  }

  /// The problem with its data read at a scalar's precision.
  func problem<Scalar: LSQScalar>(over type: Scalar.Type) throws -> ModelProblem<Scalar> {
    try file.problem(over: type)
  }

  private func solve<Scalar: LSQScalar>(
    from start: Int, over type: Scalar.Type, named name: ScalarName, _ options: SolverOptions,
    isInterrupted: @escaping () -> Bool
  ) throws -> SolveReport {
    let problem = try problem(over: type)
    let begin = try file.start(start, as: type)
    let clock = ContinuousClock()
    let startTime = clock.now
    let fit = try problem.fit(
      from: begin, options: options.fitOptions(over: type, isInterrupted: isInterrupted))
    let duration = startTime.duration(to: clock.now)
    var report = SolveReport(
      fit, parameterNames: file.parameterNames, scalar: name, jacobian: options.jacobian,
      duration: duration)
    report.digits = correctDigits(fit.parameters, try file.certifiedValues(as: type))
    return report
  }
}

/// The correct digits of the worst value: −log₁₀|x − c|/|c|, at least 0 and at most the 11 digits that
/// NIST certifies, to two decimals.
///
/// For c = 0 the error is taken as it is. It counts as at least half a unit of the type, since c itself
/// has been rounded to the type. A value that is not finite has no correct digits.
func correctDigits<Scalar: LSQScalar>(_ values: [Scalar], _ certified: [Scalar]) -> Double {
  let halfUnit = Scalar.ulpOfOne / 2
  var worst = 11.0
  for (value, certified) in zip(values, certified) {
    guard value.isFinite else { return 0 }
    let difference = (value - certified).magnitude
    let error = max(certified == 0 ? difference : difference / certified.magnitude, halfUnit)
    worst = min(worst, -(Double(Scalar.log10(error).description) ?? 0))
  }
  return (max(worst, 0) * 100).rounded() / 100
}

extension String {
  /// Whether an argument can only be the path of a file.
  fileprivate var looksLikePath: Bool {
    contains("/") || contains("\\") || lowercased().hasSuffix(".dat") || self == "-"
  }
}
