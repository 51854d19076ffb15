import CurveFitting
import LeastSquares

/// A fit to be timed, its residuals (model − data) and Jacobian written by hand, as a user who cares for speed would.
protocol BenchmarkProblem<Scalar>: Sendable {
  associatedtype Scalar: LSQScalar

  /// The family and the problem within it, such as `A/Misra1a`.
  var name: String { get }
  var rowCount: Int { get }
  var start: [Scalar] { get }

  /// Writes the residuals at b.
  func residuals(_ b: Span<Scalar>, _ f: inout MutableSpan<Scalar>)

  /// Writes the Jacobian at b, row by row.
  func jacobian(_ b: Span<Scalar>, _ j: inout MutableSpan<Scalar>)

  /// Writes both, sharing what they have in common; the residuals are the same to the bit.
  func residualsAndJacobian(
    _ b: Span<Scalar>, _ f: inout MutableSpan<Scalar>, _ j: inout MutableSpan<Scalar>)

  /// The same as a generic model, with derivatives by dual numbers; nil where the problem has none.
  func modelProblem() throws -> ModelProblem<Scalar>?
}

extension BenchmarkProblem {
  func residualsAndJacobian(
    _ b: Span<Scalar>, _ f: inout MutableSpan<Scalar>, _ j: inout MutableSpan<Scalar>
  ) {
    residuals(b, &f)
    jacobian(b, &j)
  }

  func modelProblem() throws -> ModelProblem<Scalar>? { nil }
}

/// A problem whose rows can be evaluated block by block.
protocol RowProblem<Scalar>: BenchmarkProblem {
  /// Writes the residuals of some rows at b, the first of them to the front.
  func residuals(of rows: Range<Int>, _ b: Span<Scalar>, _ f: inout MutableSpan<Scalar>)

  /// Writes the gradients of some rows at b, the first of them to the front.
  func jacobian(of rows: Range<Int>, _ b: Span<Scalar>, _ j: inout MutableSpan<Scalar>)

  /// Writes both for some rows.
  func residualsAndJacobian(
    of rows: Range<Int>, _ b: Span<Scalar>, _ f: inout MutableSpan<Scalar>,
    _ j: inout MutableSpan<Scalar>)

  /// The same from the generic model, with derivatives by dual numbers.
  func rowModelProblem() throws -> RowwiseProblem<Scalar>
}

extension RowProblem {
  func residuals(_ b: Span<Scalar>, _ f: inout MutableSpan<Scalar>) {
    residuals(of: 0..<rowCount, b, &f)
  }

  func jacobian(_ b: Span<Scalar>, _ j: inout MutableSpan<Scalar>) {
    jacobian(of: 0..<rowCount, b, &j)
  }

  func residualsAndJacobian(
    _ b: Span<Scalar>, _ f: inout MutableSpan<Scalar>, _ j: inout MutableSpan<Scalar>
  ) {
    residualsAndJacobian(of: 0..<rowCount, b, &f, &j)
  }
}
