import LeastSquares

extension Error {
  /// What kept a fit from starting; a complaint of the solver in terms of the user's parameters and of places in the data.
  func message(
    over scalar: String, parameterNames: [String], placeOfRow place: (Int) -> String
  ) -> String {
    guard let complaint = self as? LeastSquaresError else { return "\(self)" }
    return complaint.message(over: scalar, parameterNames: parameterNames, placeOfRow: place)
  }
}

extension LeastSquaresError {
  /// The solver's complaint, in terms of the user's parameters and of places in the data.
  func message(
    over scalar: String, parameterNames: [String], placeOfRow place: (Int) -> String
  ) -> String {
    switch self {
    case .tooFewResiduals(let rows, let parameters):
      "There are fewer rows than parameters (\(rows) and \(parameters)); give more data or fit fewer "
        + "parameters."
    case .nonFiniteResidual(let row, let value):
      "At the start the model is \(value) at \(place(row)); start where it is defined, or check the "
        + "row\(remedy(for: value, over: scalar))."
    case .nonFiniteDerivative(let row, let parameter, let value):
      "At the start the derivative of the model by \(parameterNames[parameter]) is \(value) at "
        + "\(place(row)); start where it is finite, or check the row\(remedy(for: value, over: scalar))."
    case .residualNormOverflows:
      "The sum of squares overflows \(scalar) at the start; start nearer to the solution, or take a wider scalar."
    case .columnNormOverflows(let parameter):
      "The derivatives of the model by \(parameterNames[parameter]) overflow \(scalar) at the start; "
        + "start nearer to the solution, or take a wider scalar."
    default: description
    }
  }

  /// A further remedy if the value is infinite, or may have become undefined by an infinity on the way, and there are scalars
  /// with a larger range.
  private func remedy(for value: String, over scalar: String) -> String {
    if scalar.hasPrefix("mp"), !["mp24", "mp53", "mp64"].contains(scalar) { return "" }
    let cause = value.contains("inf") ? "" : ", if something overflows on the way"
    return ", or take a scalar with a larger range, such as mp128\(cause)"
  }
}
