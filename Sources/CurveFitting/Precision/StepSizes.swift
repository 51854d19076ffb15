import LSQScalars

/// The sizes of a Newton step and of what it changes, as effects on the residuals: log₂ of ‖J_j‖·|b_j| and
/// ‖J_j‖·|p_j|.
///
/// Of numbers without type, since they are compared from one type to the next. What is said of digits is in doubt by
/// no more than one.
struct StepSizes {
  /// Of the parameters after the step.
  let effects: [Double]
  /// Of the step.
  let changes: [Double]
  /// log₂‖r‖.
  let residuals: Double
  /// log₂ of the largest response beside its σ.
  let values: Double
  /// The digits that the type shows.
  let shown: Double

  private static let digitsPerBit = Double.log10(2)
  /// The size of zero, less than all that counts.
  private static let nothing = -Double.greatestFiniteMagnitude

  /// - Parameters:
  ///   - values: e with 2ᵉ ≤ |y|/σ < 2ᵉ⁺² for the largest response; nil where all are zero.
  ///   - norms: e with 2ᵉ ≤ ‖J_j‖ < 2ᵉ⁺¹ for each parameter.
  ///   - shown: the digits that the type shows.
  init(
    point: [BinaryReal], step: [BinaryReal], sumOfSquares: BinaryReal, values: Int?, norms: [Int],
    shown: Double
  ) {
    func size(_ x: BinaryReal) -> Double { x.binaryExponent.map(Double.init) ?? Self.nothing }
    effects = zip(norms, point).map { Double($0) + size($1) }
    changes = zip(norms, step).map { Double($0) + size($1) + 1 }
    residuals = size(sumOfSquares) / 2
    self.values = values.map(Double.init) ?? Self.nothing
    self.shown = shown
  }

  /// The largest effect or, where that is more, the residuals or the responses: what the residuals are the difference of has
  /// its rounding, also where all effects are nothing.
  var largest: Double { max(effects.max() ?? Self.nothing, residuals, values) }

  /// The correct digits of the point before the step; no more than the type shows.
  var digits: Double { digits(of: changes.max() ?? Self.nothing) }

  /// By how many digits the residuals are smaller than the largest size; no more than the type shows, since what is
  /// nothing in one type may be something in a wider one.
  var residualDigits: Double { digits(of: residuals) }

  private func digits(of size: Double) -> Double {
    min((largest - size) * Self.digitsPerBit, shown)
  }

  /// What is smaller leaves no trace in the gradient.
  private var resolution: Double { largest - shown / Self.digitsPerBit }

  /// For each parameter whether the step left it as it was, to 8 bits at least.
  var isResolved: [Bool] { zip(effects, changes).map { max($1, resolution) + 8 <= $0 } }

  /// For each parameter whether the type would have shown an effect that is smaller than `reference` by so many
  /// digits, and has shown none.
  func isNothing(beside reference: Double, digits: Int) -> [Bool] {
    let negligible = reference - Double(digits) / Self.digitsPerBit
    return zip(effects, changes).map { max($0, $1, resolution) <= negligible }
  }

  /// By how many digits the least effect of some parameters is smaller than the largest size.
  func spread(of parameters: [Bool]) -> Double {
    let least = zip(effects, parameters).filter(\.1).map(\.0).min() ?? largest
    return (largest - least) * Self.digitsPerBit
  }

  /// The correct digits of the worst of some parameters, beside itself.
  func ownDigits(of parameters: [Bool]) -> Double {
    zip(zip(effects, changes), parameters).filter(\.1).map { ($0.0.0 - $0.0.1) * Self.digitsPerBit }
      .min() ?? digits
  }
}
