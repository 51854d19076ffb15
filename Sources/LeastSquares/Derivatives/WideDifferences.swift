public import LSQScalars

// Derivatives by differences, without the loss of digits that differences have in the solver's own type.

extension JacobianSource {
  /// Differences of residuals that are evaluated in a wider type, rounded to the solver's.
  ///
  /// ```swift
  /// func curve<T: LSQScalar>(_ x: Span<T>, _ f: inout MutableSpan<T>) { … }
  /// let problem = try LeastSquaresProblem<Double>(
  ///   residualCount: m, parameterCount: n, jacobian: .differences(of: curve, in: MPFloat128.self),
  ///   residuals: curve)
  /// ```
  ///
  /// A forward difference keeps half of the digits of the type that it is taken in: with at least twice the
  /// bits that is all of the solver's. Where the wide type has fewer (`Float80` for `Double`), differences
  /// are central and keep two thirds of its digits. The solver counts a Jacobian, no residuals.
  ///
  /// - Parameters:
  ///   - residuals: the same residuals as the solver's, in the wide type. What is noise in them is not
  ///     differentiated away: see ``measuredNoise(of:residualCount:at:)``.
  ///   - type: the wide type.
  /// - Complexity: n + 1 evaluations in the wide type, or 2n where differences are central.
  public static func differences<Wide: LSQScalar>(
    of residuals: @escaping ResidualFunction<Wide>, in type: Wide.Type = Wide.self
  ) -> Self {
    var wide = WideDifferences<Wide>(
      isCentral: Wide.precisionBits < 2 * Scalar.precisionBits - 1)
    return .byRows { try wide.fill(&$1, at: $0, residuals) }
  }
}

/// The scratch space of differences in a wide type.
private struct WideDifferences<Wide: LSQScalar> {
  let isCentral: Bool
  private var point: [Wide] = []
  private var residuals: [Wide] = []
  private var shifted: [Wide] = []
  private var jacobian: [Wide] = []

  init(isCentral: Bool) { self.isCentral = isCentral }

  mutating func fill<Scalar: LSQScalar>(
    _ target: inout MutableSpan<Scalar>, at x: Span<Scalar>, _ evaluate: ResidualFunction<Wide>
  ) throws {
    let n = x.count
    let m = target.count / n
    if residuals.count != m || point.count != n {
      point = Array(repeating: 0, count: n)
      residuals = Array(repeating: 0, count: m)
      shifted = residuals
      jacobian = Array(repeating: 0, count: m * n)
    }
    for j in 0..<n { point[j] = Wide(nearest: x[j]) }
    let differences: Differences<Wide> =
      isCentral
      ? .central(residualPrecision: .ulpOfOne) : .forward(residualPrecision: .ulpOfOne)
    if !isCentral { try LeastSquares.fill(&residuals, at: point, by: evaluate) }
    var counts = EvaluationCounts()
    try differences.fill(
      &jacobian, at: &point, residuals: residuals, shifted: &shifted, counts: &counts, evaluate)
    for i in jacobian.indices { target[i] = Scalar(nearest: jacobian[i]) }
  }
}

extension LSQScalar {
  /// The value of another scalar: exactly where this type holds it, else one of its two neighbours.
  ///
  /// - Complexity: O(number of bits that are set), where neither type is one of the hardware's.
  package init<Other: LSQScalar>(nearest other: Other) {
    if let same = other as? Self {
      self = same
    } else if let number = other as? any BinaryFloatingPoint,
      let type = Self.self as? any BinaryFloatingPoint.Type,
      let converted = type.init(number) as? Self
    {
      self = converted
    } else if other.isNaN {
      self = .nan
    } else {
      self = other.isInfinite ? .infinity : Self.sum(ofBitsOf: other.magnitude)
      if other.sign == .minus { self.negate() }
    }
  }

  /// The bits of a number, from the top, as far as this type holds them.
  private static func sum<Other: LSQScalar>(ofBitsOf number: Other) -> Self {
    guard number != 0 else { return 0 }
    var rest = number
    var sum: Self = 0
    let lowest = Int(number.exponent) - precisionBits - 1
    while rest != 0 {
      let exponent = Int(rest.exponent)
      if exponent < lowest { break }
      sum += Self(sign: .plus, exponent: Exponent(exponent), significand: 1)
      rest -= Other(sign: .plus, exponent: Other.Exponent(exponent), significand: 1)
    }
    return sum
  }
}
