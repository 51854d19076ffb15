import LSQScalars
import MultiPrecision

/// Two runs of one problem, step by step.
///
/// Numbers are read back from their shortest decimals in a type wider than both, so that the digits on
/// which they agree are counted to the last one of the narrower type.
struct PathComparison {
  /// A step of both runs; a side is nil where its run has ended.
  struct Step {
    let first: PathRecord?
    let second: PathRecord?
    /// The decimal digits on which the worst parameter agrees; nil where a side is missing.
    let agreement: Double?
    /// Whether both runs made the same decision about the step.
    let isSameDecision: Bool
  }

  let steps: [Step]
  /// The index of the first step at which the paths have parted: a decision differs, or fewer than half
  /// of the narrower type's digits agree.
  let parting: Int?
  /// Whether all numbers of all steps are the same.
  let isIdentical: Bool

  init(_ first: RecordedPath, _ second: RecordedPath) throws {
    let bits = min(first.scalar.bits, second.scalar.bits)
    let wide = try PrecisionLadder.scalarType(
      bits: min(max(first.scalar.bits, second.scalar.bits) + 64, 65536))
    let digits = Self.digits(ofBits: bits)
    var steps: [Step] = []
    for k in 0..<max(first.records.count, second.records.count) {
      let a = k < first.records.count ? first.records[k] : nil
      let b = k < second.records.count ? second.records[k] : nil
      var agreement: Double?
      if let a, let b {
        agreement = min(agreeingDigits(a.parameters, b.parameters, in: wide), digits)
      }
      steps.append(
        Step(
          first: a, second: b, agreement: agreement,
          isSameDecision: a?.isAccepted == b?.isAccepted && a?.iteration == b?.iteration))
    }
    self.steps = steps
    parting = steps.firstIndex { !$0.isSameDecision || ($0.agreement ?? 0) < digits / 2 }
    isIdentical =
      first.scalar.bits == second.scalar.bits
      && steps.allSatisfy { $0.first?.parameters == $0.second?.parameters && $0.isSameDecision }
  }

  /// bits · log₁₀ 2.
  static func digits(ofBits bits: Int) -> Double { Double(bits) * Double.log10(2) }
}

/// −log₁₀ of the largest relative difference; infinite where there is none.
private func agreeingDigits(
  _ a: [String], _ b: [String], in type: any LSQScalar.Type
) -> Double {
  func digits<Scalar: LSQScalar>(_: Scalar.Type) -> Double {
    var largest: Scalar = 0
    for (a, b) in zip(a, b) {
      guard let x = Scalar(a), let y = Scalar(b), x != y else { continue }
      largest = max(largest, (x - y).magnitude / max(x.magnitude, y.magnitude))
    }
    if largest == 0 { return .infinity }
    return max(0, -(Double(Scalar.log10(largest).description) ?? 0))
  }
  return digits(type)
}
