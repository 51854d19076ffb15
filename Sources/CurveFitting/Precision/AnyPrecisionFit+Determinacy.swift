package import LSQScalars
import LeastSquares

// What the Jacobian at a confirmed fit says, in types narrower than that of the fit where those see enough.
extension AnyPrecisionFit {
  /// What the Jacobian at a point says about each parameter; nil where it is not finite, or the type does not hold the data.
  ///
  /// - Parameter tolerance: how near to the span of others a column is taken to be in it; nil for what rounding explains.
  private func determinacy<Scalar: LSQScalar>(
    at x: [Scalar], tolerance: Scalar?
  ) throws -> Determinacy<Scalar>? {
    let jacobian: Matrix<Scalar>?
    do { jacobian = try problem(over: Scalar.self).finiteJacobian(at: x) } catch
      where !error.isCancellation
    {
      return nil
    }
    return jacobian.map { jacobian in
      tolerance.map { Determinacy(jacobian: jacobian, tolerance: $0) }
        ?? Determinacy(jacobian: jacobian)
    }
  }

  /// The same at a confirmed fit.
  func determinacy<Scalar: LSQScalar>(
    of fit: ConfirmedFit, over type: Scalar.Type
  ) throws -> Determinacy<Scalar>? {
    // The point, rounded to the type, leaves of zero what its digits do.
    try determinacy(
      at: fit.parameters(as: type),
      tolerance: fit.undetermined.isEmpty ? nil : Scalar.ulpOfOne.squareRoot())
  }

  /// log₁₀ of the condition of the Jacobian at a point, with columns of unit length; nil where parameters are redundant,
  /// to three quarters of 512 bits: the rest is for the rounding of the model.
  package func conditionDigits(at point: [BinaryReal], _ ladder: ScalarLadder) throws -> Double? {
    func look<Scalar: LSQScalar>(_ type: Scalar.Type) throws -> Double? {
      let (half, quarter) = (Scalar.precisionBits / 2, Scalar.precisionBits / 4)
      let tolerance = Scalar(
        sign: .plus, exponent: Scalar.Exponent(-half - quarter), significand: 1)
      guard
        let found = try determinacy(at: point.map(Scalar.init(rounding:)), tolerance: tolerance),
        found.rank == point.count
      else { return nil }
      return zip(found.deviations, found.columnNorms).map { -Scalar.leadingZeros($0 * $1) }.max()
    }
    return try look(ladder(512))
  }

  /// What a look at a confirmed fit shows in the first type that holds it and sees every parameter, or else in the widest.
  func firstLook<Result>(
    at fit: ConfirmedFit, _ ladder: ScalarLadder, rank: (Result) -> Int?,
    in look: (any LSQScalar.Type) throws -> Result
  ) throws -> Result {
    let wider = try ladder(min(256, fit.bits))
    guard fit.undetermined.isEmpty else { return try look(wider) }
    for type in [Double.self, wider] as [any LSQScalar.Type] where fit.isHeld(by: type) {
      let result = try look(type)
      if rank(result) == fit.parameters.count { return result }
    }
    return try look(ladder(fit.bits))
  }
}

extension ConfirmedFit {
  /// Whether parameters and standard errors are within the range of a type.
  fileprivate func isHeld(by type: any LSQScalar.Type) -> Bool {
    func holds<Scalar: LSQScalar>(_: Scalar.Type) -> Bool {
      (parameters + standardErrors.compactMap { $0 }).allSatisfy {
        $0 == "0.0" || Scalar($0)?.isNormal == true
      }
    }
    return holds(type)
  }
}
