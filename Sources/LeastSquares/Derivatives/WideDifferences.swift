public import LSQScalars

// Derivatives by differences, without the loss of digits that differences have in the solver's own type.

extension JacobianSource {
  /// Differences of residuals that are evaluated in a wider type, rounded to the solver's.
  ///
  /// ```swift
  /// func curve<T: LSQScalar>(_ x: Span<T>, _ f: inout MutableSpan<T>) { … }
  /// let problem = try LeastSquaresProblem<Double>(
  ///   residualCount: m, parameterCount: n,
  ///   jacobian: .differences(of: { curve($0, &$1) }, in: MPFloat128.self),
  ///   residuals: { curve($0, &$1) })
  /// ```
  ///
  /// A forward difference keeps half of the digits of the type that it is taken in. If that type has at
  /// least twice the solver's bits, half of its digits are all of the solver's. If it has fewer (`Float80`
  /// for `Double`), differences are central and keep two thirds of its digits. The solver counts one
  /// Jacobian and no residuals.
  ///
  /// - Parameters:
  ///   - residuals: the same residuals as the solver's, in the wide type. A wider type does not remove
  ///     noise in them: see ``measuredNoise(of:residualCount:at:)``.
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
    let rounded = Scalar.nearest(jacobian)
    for i in rounded.indices { target[i] = rounded[i] }
  }
}

extension LSQScalar {
  /// The values of another scalar, each rounded once. The types are looked up once for all values.
  fileprivate static func nearest<Other: LSQScalar>(_ others: [Other]) -> [Self] {
    func converted<From: BinaryFloatingPoint, To: BinaryFloatingPoint>(
      _: From.Type, _: To.Type
    ) -> [Self]? {
      (others as? [From])?.map { To($0) } as? [Self]
    }
    if let same = others as? [Self] { return same }
    if let from = Other.self as? any BinaryFloatingPoint.Type,
      let to = Self.self as? any BinaryFloatingPoint.Type, let values = converted(from, to)
    {
      return values
    }
    return rounded(others)
  }

  /// The value of another scalar, rounded once.
  package init<Other: LSQScalar>(nearest other: Other) {
    if let same = other as? Self {
      self = same
    } else if let number = other as? any BinaryFloatingPoint,
      let type = Self.self as? any BinaryFloatingPoint.Type,
      let converted = type.init(number) as? Self
    {
      self = converted
    } else {
      self.init(rounding: other.binaryReal)
    }
  }
}
