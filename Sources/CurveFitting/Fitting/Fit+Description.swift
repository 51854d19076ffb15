import LSQScalars

extension Fit: CustomStringConvertible {
  /// A line for each parameter, with its standard error, then the sum of squares and why the fit stopped.
  public var description: String {
    let lines = parameters.indices.map { j in
      let error = standardErrors[j].map { " ± " + $0.description.rounded(significantDigits: 3) }
      return
        "\(String.parameterName(j, among: nil)) = \(parameters[j])\(error ?? ", no standard error")"
    }
    let sum = sumOfSquares.description.rounded(significantDigits: 5)
    return
      (lines + [
        "sum of squares \(sum), degrees of freedom \(degreesOfFreedom)", StopReason(self).sentence,
      ]).joined(separator: "\n")
  }
}
