import LSQScalars
import LeastSquares
import Testing

@Suite struct LeastSquaresFactorTests {
  @Test(arguments: ScalarCase.all)
  func `The triangle has the products of the columns, and solves both ways`(scalar: ScalarCase) {
    func check<S: LSQScalar>(_: S.Type) {
      for sample in MatrixSample<S>.fullRank {
        let A = sample.matrix
        let factor = LeastSquaresFactor(A)
        #expect(factor.hasFullRank, "\(sample)")
        let (R, permuted) = (factor.triangle, A.permutingColumns(factor.permutation))
        let bound = sample.tolerance * S(A.rowCount)
        #expect(
          (R.transposed * R).distance(to: permuted.transposed * permuted) <= bound, "\(sample)")

        let x = factor.solve(factor.rotated(sample.rightHandSide))
        let remaining = zip(A * x, sample.rightHandSide).map { $0 - $1 }
        let size = x.reduce(S(1)) { $0 + $1.magnitude }
        let none = [S](repeating: 0, count: A.columnCount)
        #expect((A.transposed * remaining).distance(to: none) <= bound * size, "\(sample)")

        let w = Array(sample.rightHandSide[..<A.columnCount])
        let z = factor.solveTransposed(w)
        let back = R.transposed * z
        let extent = z.reduce(S(1)) { $0 + $1.magnitude }
        #expect(back.distance(to: factor.permutation.map { w[$0] }) <= bound * extent, "\(sample)")
      }
    }
    check(scalar.type)
  }

  @Test(arguments: ScalarCase.all)
  func `A column of zeros has no full rank`(scalar: ScalarCase) {
    func check<S: LSQScalar>(_: S.Type) {
      for sample in MatrixSample<S>.deficient where sample.kind.hasPrefix("zero") {
        let factor = LeastSquaresFactor(sample.matrix)
        #expect(!factor.hasFullRank && factor.columnNorms[1] == 0, "\(sample)")
      }
    }
    check(scalar.type)
  }
}
