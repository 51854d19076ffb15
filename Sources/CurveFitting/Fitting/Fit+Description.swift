import LSQScalars

extension Fit: CustomStringConvertible {
  /// A line for each parameter, with its standard error, then the sum of squares and why the fit stopped.
  public var description: String {
    let lines = parameters.indices.map { j in
      let error = standardErrors[j].map { " ± " + $0.description.rounded(significantDigits: 3) }
      return
        "\(String.parameterName(j, among: nil)) = \(parameters[j])\(error ?? ", no standard error")"
    }
    let sum = sumOfSquaresText.rounded(significantDigits: 5)
    return
      (lines + [
        "sum of squares \(sum), degrees of freedom \(degreesOfFreedom)", StopReason(self).sentence,
      ]).joined(separator: "\n")
  }

  /// The sum of squares as text, also where it is beyond the range of the type.
  package var sumOfSquaresText: String { Self.text(ofSquare: sumOfSquares, of: residualNorm) }

  /// A square as text, also where it is beyond the range of the type that its root is not.
  static func text(ofSquare square: Scalar, of root: Scalar) -> String {
    guard !square.isNormal, root != 0, let exact = RoundedDecimal(root.description)?.squared else {
      return square.description
    }
    // Two more than the type has, so that they round less than it does.
    let digits = Int(Double(Scalar.precisionBits) * .log10(2)) + 2
    return exact.text(significantDigits: digits)
  }
}
