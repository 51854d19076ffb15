import CurveFitting
import LSQScalars

extension FitInput: AnyPrecisionFit {
  func start<Scalar: LSQScalar>(over type: Scalar.Type) throws -> [Scalar] {
    try start(as: type, named: .double)
  }
}
