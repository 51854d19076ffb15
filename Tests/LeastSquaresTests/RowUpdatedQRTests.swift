import LSQScalars
import Testing

@testable import LeastSquares

@Suite struct RowUpdatedQRTests {
  @Test(arguments: ScalarCase.all)
  func `The triangle of the rows has the products of the columns`(scalar: ScalarCase) {
    func check<S: LSQScalar>(_: S.Type) {
      for sample in MatrixSample<S>.all {
        let J = sample.matrix
        let updated = rotateRows(sample)
        let R = Matrix(
          rowCount: J.columnCount, columnCount: J.columnCount, elements: updated.factor
        ).upperTriangle
        let permuted = J.permutingColumns(updated.permutation)
        let bound = sample.tolerance * S(J.rowCount)
        #expect(
          (R.transposed * R).distance(to: permuted.transposed * permuted) <= bound, "\(sample)")
        let gradient = permuted.transposed * sample.rightHandSide
        for j in 0..<J.columnCount {
          #expect((updated.gradient(j) - gradient[j]).magnitude <= bound, "\(sample)")
        }
      }
    }
    check(scalar.type)
  }

  @Test(arguments: ScalarCase.all)
  func `Rows are pivoted only where a zero is on the diagonal`(scalar: ScalarCase) {
    func check<S: LSQScalar>(_: S.Type) {
      for sample in MatrixSample<S>.fullRank {
        let identity = Array(0..<sample.matrix.columnCount)
        #expect(rotateRows(sample).permutation == identity, "\(sample)")
      }
      // The zero column is moved to the end.
      for sample in MatrixSample<S>.deficient where sample.kind == "zero column" {
        let updated = rotateRows(sample)
        let last = sample.matrix.columnCount - 1
        #expect(updated.permutation[last] == 1, "\(sample)")
        #expect(updated.r(last, last) == 0, "\(sample)")
        #expect(updated.columnNorms[1] == 0, "\(sample)")
      }
    }
    check(scalar.type)
  }

  @Test(arguments: ScalarCase.all)
  func `A plane rotation is orthogonal and makes a zero`(scalar: ScalarCase) {
    func check<S: LSQScalar>(_: S.Type) {
      var random = SeededRandom(seed: 7)
      let constants = Constants<S>()
      for trial in 0..<50 {
        var a = random.number(S.self)
        var b = random.number(S.self) * S.powerOfTwo(trial - 25)
        let length = (a * a + b * b).squareRoot()
        let rotation = GivensRotation(
          eliminating: b, against: a, half: constants.half, quarter: constants.quarter)
        let (c, s) = (rotation.cosine, rotation.sine)
        #expect((c * c + s * s - 1).magnitude <= 8 * S.ulpOfOne, "trial \(trial), seed 7")
        rotation.apply(&a, &b)
        #expect(b.magnitude <= 8 * S.ulpOfOne * length, "trial \(trial), seed 7")
        #expect((a.magnitude - length).magnitude <= 8 * S.ulpOfOne * length, "trial \(trial)")
      }
    }
    check(scalar.type)
  }

  private func rotateRows<S: LSQScalar>(_ sample: MatrixSample<S>) -> Linearization<S> {
    let J = sample.matrix
    let constants = Constants<S>()
    var updated = Linearization<S>(rowCount: J.columnCount, columnCount: J.columnCount)
    updated.clear()
    for i in 0..<J.rowCount {
      updated.row = J.rows[i]
      updated.rotateIn(rightHandSide: sample.rightHandSide[i], constants)
    }
    #expect(updated.finishRows(constants) == nil)
    return updated
  }
}
