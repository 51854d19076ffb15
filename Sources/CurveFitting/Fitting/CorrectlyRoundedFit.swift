public import LSQScalars

/// A fit to every bit of a scalar type: each number is the exact one for the decimals of the data, rounded
/// once to the type.
public struct CorrectlyRoundedFit<Scalar: LSQScalar>: Sendable {
  /// The parameters.
  public let parameters: [Scalar]
  /// Their standard errors; nil where the Jacobian is singular (``ConfirmedFit/undetermined``), and where m = n and σ is not
  /// known.
  public let standardErrors: [Scalar?]
  /// The sum of squares.
  public let sumOfSquares: Scalar
  /// The residual standard deviation; nil where m = n.
  public let residualStandardDeviation: Scalar?
  /// The fit that was rounded, with the digits and the width that it took.
  public let confirmed: ConfirmedFit
}

extension CorrectlyRoundedFit: Codable where Scalar: Codable {}

extension AnyPrecisionFit {
  /// Fits to every bit of a scalar type.
  ///
  /// ```swift
  /// let thurber = try …  // data and start as decimals
  /// let ladder: ScalarLadder = PrecisionLadder.scalarType(bits:)
  /// let fit = try thurber.correctlyRoundedFit(as: Double.self, ladder: ladder)
  /// ```
  ///
  /// The solution is found to a few digits more than the type has. If that leaves open to which of two neighbours a
  /// number has to be rounded, the digits are doubled, and so on.
  ///
  /// - Parameters:
  ///   - type: the type to round to.
  ///   - ladder: the types to climb, such as `PrecisionLadder.scalarType(bits:)` of MultiPrecision.
  ///   - maximumResidualEvaluations: of the fit in `Double` that the climb starts from.
  ///   - maximumConcurrency: the number of threads that evaluate rows; nil for one per processor. No bit of the result
  ///     depends on it.
  ///   - isInterrupted: polled now and then; true ends the climb. By default, whether the task is cancelled.
  /// - Throws: what `fit(digits:ladder:)` throws, and ``DigitsNotReached`` where, to eight times the digits of the
  ///   type, a number lies midway between two of its values.
  ///
  /// Source: A. Ziv, *Fast evaluation of elementary mathematical functions with correctly rounded last bit*,
  /// ACM Trans. Math. Softw. 17 (1991).
  public func correctlyRoundedFit<Scalar: LSQScalar>(
    as type: Scalar.Type, ladder: @escaping ScalarLadder, maximumResidualEvaluations: Int? = nil,
    maximumConcurrency: Int? = nil, isInterrupted: @escaping () -> Bool = { Task.isCancelled }
  ) throws -> CorrectlyRoundedFit<Scalar> {
    let own = Int((Double(Scalar.precisionBits) * Double.log10(2)).rounded(.up)) + 3
    var last: ConfirmedFit?
    for digits in [own, 2 * own, 4 * own, 8 * own]
    where DigitsOutOfRange.range.contains(digits) {
      let fit = try fit(
        digits: digits, ladder: ladder, maximumResidualEvaluations: maximumResidualEvaluations,
        maximumConcurrency: maximumConcurrency, isInterrupted: isInterrupted)
      if let rounded = try CorrectlyRoundedFit<Scalar>(fit, wide: ladder(fit.bits)) {
        return rounded
      }
      last = fit
    }
    guard let last else { throw DigitsOutOfRange(digits: own) }
    throw DigitsNotReached(
      digits: own, cause: .roundingOpen(digits: last.digitsConfirmed), parameters: last.parameters,
      sumOfSquares: last.sumOfSquares, digitsReached: last.digitsConfirmed, bits: last.bits,
      work: last.work)
  }
}

extension CorrectlyRoundedFit {
  /// Rounds what was confirmed; nil where the digits leave a rounding open.
  fileprivate init?(_ fit: ConfirmedFit, wide type: any LSQScalar.Type) {
    func round<Wide: LSQScalar>(_: Wide.Type) -> CorrectlyRoundedFit? {
      let error = Wide("1e-\(fit.digitsConfirmed)") ?? 0
      /// The number that all values within the error round to, if there is one.
      func rounded(_ text: String) -> Scalar? {
        guard let value = Wide(text) else { return nil }
        let margin = value.magnitude * error
        let (low, high) = (value - margin, value + margin)
        guard let first = Scalar(low.description), first == Scalar(high.description) else {
          return nil
        }
        return first
      }
      let parameters = fit.parameters.compactMap(rounded)
      let errors = fit.standardErrors.map { $0.map(rounded) }
      let deviation = fit.residualStandardDeviation.map(rounded)
      guard parameters.count == fit.parameters.count, let sum = rounded(fit.sumOfSquares),
        !errors.contains(where: { $0 == .some(nil) }), deviation != .some(nil)
      else { return nil }
      return CorrectlyRoundedFit(
        parameters: parameters, standardErrors: errors.map { $0 ?? nil }, sumOfSquares: sum,
        residualStandardDeviation: deviation ?? nil, confirmed: fit)
    }
    guard let fit = round(type) else { return nil }
    self = fit
  }
}
