import LSQScalars

/// The sizes of a Newton step and of what it changes, as effects on the residuals: log₂ of ‖J_j‖·|b_j| and
/// ‖J_j‖·|p_j|.
///
/// They are numbers without type, since they are compared from one type to the next. Digits are in doubt by no more
/// than one.
struct StepSizes {
  /// Of the parameters after the step.
  let effects: [Double]
  /// Of the step.
  let changes: [Double]
  /// log₂‖J_j‖, in doubt by one.
  private let norms: [Int]
  /// log₂‖r‖.
  let residuals: Double
  /// log₂ of the size of all that the residuals are computed from.
  private let scale: Double
  /// The digits that the type shows.
  let shown: Double

  private static let digitsPerBit = Double.log10(2)
  /// The size of zero, less than all that counts.
  private static let nothing = -Double.greatestFiniteMagnitude

  /// - Parameters:
  ///   - scale: e with 2ᵉ the size of all that the residuals are computed from; nil where it is not known.
  ///   - norms: e with 2ᵉ ≤ ‖J_j‖ < 2ᵉ⁺¹ for each parameter.
  ///   - shown: the digits that the type shows.
  init(
    point: [BinaryReal], step: [BinaryReal], sumOfSquares: BinaryReal, scale: Int?, norms: [Int],
    shown: Double
  ) {
    func size(_ x: BinaryReal) -> Double { x.binaryExponent.map(Double.init) ?? Self.nothing }
    effects = zip(norms, point).map { Double($0) + size($1) }
    changes = zip(norms, step).map { Double($0) + size($1) + 1 }
    self.norms = norms
    residuals = size(sumOfSquares) / 2
    self.scale = scale.map(Double.init) ?? Self.nothing
    self.shown = shown
  }

  /// The largest effect or, if larger, the residuals or what these are computed from, whose rounding they have even
  /// where all effects are zero.
  var largest: Double { max(effects.max() ?? Self.nothing, residuals, scale) }

  /// The correct digits of the point before the step; no more than the type shows.
  var digits: Double { digits(of: changes.max() ?? Self.nothing) }

  /// By how many digits the residuals are smaller than the largest size; no more than the type shows, since what is
  /// nothing in one type may be something in a wider one.
  var residualDigits: Double { digits(of: residuals) }

  /// Whether the residuals are more than the error of the point.
  var areResidualsKnown: Bool { residualDigits < digits - 3 }

  private func digits(of size: Double) -> Double {
    min((largest - size) * Self.digitsPerBit, shown)
  }

  /// What is smaller leaves no trace in the gradient.
  private var resolution: Double { largest - shown / Self.digitsPerBit }

  /// The same as a number; zero where nothing has a size.
  var leastShown: BinaryReal {
    guard largest > Self.nothing else { return .finite(sign: .plus, words: [], exponent: 0) }
    return .finite(sign: .plus, words: [1], exponent: Int(resolution.rounded(.up)))
  }

  /// For each parameter whether the step left it as it was, to 8 bits at least.
  var isResolved: [Bool] { zip(effects, changes).map { max($1, resolution) + 8 <= $0 } }

  /// For each parameter, whether the step changed it by at least half of its size, and not by rounding.
  var isMoved: [Bool] { zip(effects, changes).map { $1 >= max($0, resolution) } }

  /// Whether the step is shorter than the one before along each of some parameters, by at least two bits, or as short
  /// as rounding allows for either: only then do steps say how far the minimum is.
  func isContracted(after previous: Self, along parameters: [Bool]) -> Bool {
    let rounding = max(resolution, previous.resolution) + 10
    return changes.indices.allSatisfy { j in
      let before = previous.changes[j] + Double(norms[j] - previous.norms[j])
      return !parameters[j] || changes[j] <= max(before - 2, rounding)
    }
  }

  /// For each parameter whether the type would have shown an effect that is smaller than `reference` by `digits`
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

  /// The correct digits of the worst of some parameters, relative to itself.
  func ownDigits(of parameters: [Bool]) -> Double {
    zip(zip(effects, changes), parameters).filter(\.1).map { ($0.0.0 - $0.0.1) * Self.digitsPerBit }
      .min() ?? digits
  }
}
