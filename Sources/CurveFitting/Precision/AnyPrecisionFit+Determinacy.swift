import LSQScalars
import LeastSquares

// What the Jacobian at a confirmed fit says, in types narrower than that of the fit where those see enough.
extension AnyPrecisionFit {
  /// What the Jacobian at a point says about each parameter; nil where it is not finite.
  func determinacy<Scalar: LSQScalar>(at x: [Scalar], tolerance: Scalar) throws
    -> Determinacy<Scalar>?
  {
    try problem(over: Scalar.self).finiteJacobian(at: x).map {
      Determinacy(jacobian: $0, tolerance: tolerance)
    }
  }

  /// The same at a confirmed fit.
  func determinacy<Scalar: LSQScalar>(of fit: ConfirmedFit, over type: Scalar.Type) throws
    -> Determinacy<Scalar>?
  {
    // The point, rounded to the type, leaves of zero what its digits do.
    let tolerance =
      fit.undetermined.isEmpty
      ? Determinacy<Scalar>.tolerance(parameterCount: fit.parameters.count)
      : Scalar.ulpOfOne.squareRoot()
    return try determinacy(at: fit.parameters(as: type), tolerance: tolerance)
  }

  /// The types to look in, one after the other until one sees every parameter.
  func typesToLook(
    at fit: ConfirmedFit, _ ladder: ScalarLadder
  ) throws -> (first: any LSQScalar.Type, wider: [any LSQScalar.Type]) {
    let wider = try ladder(min(256, fit.bits))
    return fit.undetermined.isEmpty ? (Double.self, [wider, try ladder(fit.bits)]) : (wider, [])
  }
}
