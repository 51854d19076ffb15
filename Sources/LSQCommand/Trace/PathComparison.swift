import CurveFitting
import TestProblems

/// Two runs of one problem: the trial steps of both side by side, then the closing steps.
struct PathComparison {
  /// A step of both runs; a side is nil where its run has ended.
  struct Step {
    let first: PathRecord?
    let second: PathRecord?
    /// The decimal digits of the narrower type on which the worst parameter agrees; nil for closing steps,
    /// and where a side is missing.
    var agreement: Double?
  }

  let steps: [Step]
  /// Where the path of the narrower type leaves that of the wider one.
  let parting: PrecisionComparison.Parting?
  /// Whether all numbers of all steps are the same.
  let isIdentical: Bool

  init(_ first: RecordedPath, _ second: RecordedPath, of fit: StartedProblem) {
    let isSecondWide = second.scalar.bits > first.scalar.bits
    let (narrow, wide) = isSecondWide ? (first.path, second.path) : (second.path, first.path)
    parting = narrow.parting(from: wide, of: fit)
    var trials = Self.pairs(first.records, second.records) { !$0.isClosing }
    let common = min(narrow.steps.count, wide.steps.count)
    for k in 0..<common { trials[k].agreement = narrow.agreeingDigits(atStep: k, with: wide) }
    steps = trials + Self.pairs(first.records, second.records) { $0.isClosing }
    isIdentical =
      first.scalar.bits == second.scalar.bits
      && steps.allSatisfy { $0.first?.parameters == $0.second?.parameters }
      && (0..<common).allSatisfy { !narrow.decidesDifferently(atStep: $0, from: wide) }
  }

  private static func pairs(
    _ first: [PathRecord], _ second: [PathRecord], where belongs: (PathRecord) -> Bool
  ) -> [Step] {
    let (first, second) = (first.filter(belongs), second.filter(belongs))
    return (0..<max(first.count, second.count)).map { k in
      Step(
        first: k < first.count ? first[k] : nil, second: k < second.count ? second[k] : nil,
        agreement: nil)
    }
  }
}
