import CurveFitting
import LeastSquares
import TestProblems

/// The steps of one run as a table.
struct TraceTable {
  let text: String

  init(_ path: RecordedPath, title: String) {
    var table = TextTable([.left] + Array(repeating: .right, count: 10))
    table.append([
      "step", "‖f‖", "actual", "predicted", "gain", "Δ", "λ", "length", "cosine", "nfev", "njev",
    ])
    for record in path.records {
      let isStart = record.iteration == 0
      func number(_ text: String) -> String { text.rounded(significantDigits: 4).shortExponent }
      func step(_ text: String) -> String { isStart || record.isClosing ? "" : number(text) }
      table.append([
        record.label, number(record.residualNorm), step(record.actualReduction),
        step(record.predictedReduction), step(record.gainRatio),
        record.isClosing ? "" : number(record.trustRegionRadius),
        record.isClosing ? "" : number(record.dampingParameter),
        isStart ? "" : number(record.stepLength), number(record.gradientCosine),
        "\(record.counts.residuals)", "\(record.counts.jacobians)",
      ])
    }
    text = "\(title), \(path.scalar)\n\(table.text)\(path.reason.sentence)\n"
  }
}

/// Two runs side by side as a table.
struct PathComparisonTable {
  let text: String

  init(_ first: RecordedPath, _ second: RecordedPath, of fit: StartedProblem, title: String) {
    let comparison = PathComparison(first, second, of: fit)
    var table = TextTable([.right, .left, .right, .right, .left, .right, .right, .right, .left])
    table.append([
      "step", "\(first.scalar)", "‖f‖", "gain", "\(second.scalar)", "‖f‖", "gain", "agree", "",
    ])
    for (k, step) in comparison.steps.enumerated() {
      func number(_ text: String?) -> String {
        text?.rounded(significantDigits: 6).shortExponent ?? ""
      }
      func gain(_ record: PathRecord?) -> String {
        guard let record, record.iteration > 0, !record.isClosing else { return "" }
        return record.gainRatio.rounded(significantDigits: 3).shortExponent
      }
      table.append([
        "\(k)", step.first?.label ?? "", number(step.first?.residualNorm), gain(step.first),
        step.second?.label ?? "", number(step.second?.residualNorm), gain(step.second),
        step.agreement.map { "\(($0 * 10).rounded() / 10)" } ?? "",
        k == comparison.parting?.step ? "<- the paths part" : "",
      ])
    }
    text =
      "\(title), \(first.scalar) against \(second.scalar)\n" + table.text
      + Self.verdict(comparison, first, second)
  }

  private static func verdict(
    _ comparison: PathComparison, _ first: RecordedPath, _ second: RecordedPath
  ) -> String {
    let endings = [first, second].map { "\($0.scalar): \($0.reason.sentence)\n" }.joined()
    if comparison.isIdentical { return endings + "The paths are identical, bit for bit.\n" }
    guard let parting = comparison.parting else {
      let isAsLong = first.path.steps.count == second.path.steps.count
      return endings + "The paths do not part\(isAsLong ? "" : " while both go on").\n"
    }
    let digits = (parting.agreeingDigits * 10).rounded() / 10
    let decision = parting.isDecision ? "; one run accepts the step, the other does not" : ""
    return endings
      + "The paths part at step \(parting.step), where \(digits) digits agree\(decision).\n"
  }
}

extension PathRecord {
  /// The iteration, with − after a rejected step and + after a closing step.
  var label: String {
    if isClosing { return "\(iteration)+" }
    return isAccepted ? "\(iteration)" : "\(iteration)-"
  }
}

extension String {
  /// Without the padding of an exponent: `1.5e-7` for `1.5e-07`.
  fileprivate var shortExponent: String {
    replacing("e+0", with: "e+").replacing("e-0", with: "e-").replacing("e+", with: "e")
  }
}
