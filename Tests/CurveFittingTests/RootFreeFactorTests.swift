import LSQScalars
import LeastSquares
import MultiPrecision
import Testing

@testable import CurveFitting

/// Normal equations of a climb.
@Suite struct RootFreeFactorTests {
  @Test func `L·D·Lᵀ solves equations and inverts, in every type`() throws {
    try check(Double.self)
    try check(MPFloat192.self)
    try check(MPFloat1024.self)
  }

  private func check<Scalar: LSQScalar>(_: Scalar.Type) throws {
    for n in 1...6 {
      // The Hilbert matrix, and I in front of it.
      var a = Matrix<Scalar>(rowCount: n, columnCount: n, repeating: 0)
      for i in 0..<n {
        for j in 0..<n { a[i, j] = 1 / Scalar(i + j + 1) + (i == j ? 1 : 0) }
      }
      let factor = try #require(RootFreeFactor(a))
      let tolerance = 100 * Scalar.ulpOfOne
      let diagonal = factor.inverseDiagonal
      for k in 0..<n {
        let x = factor.solved((0..<n).map { $0 == k ? 1 : 0 })
        for i in 0..<n {
          let sum = (0..<n).reduce(Scalar(i == k ? -1 : 0)) { $0 + a[i, $1] * x[$1] }
          #expect(sum.magnitude < tolerance)
        }
        #expect((x[k] - diagonal[k]).magnitude < tolerance)
      }
    }
  }

  @Test func `A matrix that is not positive definite has no L·D·Lᵀ`() {
    func matrix(_ elements: [MPFloat192]) -> Matrix<MPFloat192> {
      Matrix(rowCount: 2, columnCount: 2, elements: elements)
    }
    #expect(RootFreeFactor(matrix([1, 2, 2, 1])) == nil)
    #expect(RootFreeFactor(matrix([0, 0, 0, 1])) == nil)
    #expect(RootFreeFactor(matrix([1, .nan, .nan, 1])) == nil)
  }
}
