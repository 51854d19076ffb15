import LSQScalars
import Testing

@testable import LeastSquares

@Suite struct PivotedQRTests {
  @Test(arguments: ScalarCase.all)
  func `Q times R is the matrix with its columns permuted`(scalar: ScalarCase) {
    func check<S: LSQScalar>(_: S.Type) {
      for sample in MatrixSample<S>.all {
        let (factored, reflectors) = factorize(sample)
        let J = sample.matrix
        var product = Matrix<S>(
          rowCount: J.rowCount, columnCount: J.columnCount, repeating: 0)
        for j in 0..<J.columnCount {
          let column = J.rowCount == 0 ? [] : columnOfR(factored, j)
          for (i, value) in applyQ(reflectors, to: column).enumerated() { product[i, j] = value }
        }
        let distance = product.distance(to: J.permutingColumns(factored.permutation))
        #expect(distance <= sample.tolerance, "\(sample)")
        #expect(factored.permutation.sorted() == Array(0..<J.columnCount), "\(sample)")
      }
    }
    check(scalar.type)
  }

  @Test(arguments: ScalarCase.all)
  func `The diagonal of R falls, and ends with the rank`(scalar: ScalarCase) {
    func check<S: LSQScalar>(_: S.Type) {
      for sample in MatrixSample<S>.all {
        let (factored, _) = factorize(sample)
        let diagonal = (0..<sample.matrix.columnCount).map { factored.r($0, $0).magnitude }
        // The norms that decide the order are downdated, not computed anew: a little growth is theirs.
        for j in diagonal.indices.dropFirst() {
          #expect(
            diagonal[j] <= diagonal[j - 1] + sample.tolerance, "\(sample), diagonal \(diagonal)")
        }
        for j in diagonal.indices {
          #expect((diagonal[j] <= sample.tolerance) == (j >= sample.rank), "\(sample), \(j)")
        }
      }
    }
    check(scalar.type)
  }

  @Test(arguments: ScalarCase.all)
  func `Column norms and the gradient belong to the matrix`(scalar: ScalarCase) {
    func check<S: LSQScalar>(_: S.Type) {
      for sample in MatrixSample<S>.all {
        let J = sample.matrix
        let (factored, _) = factorize(sample)
        let gradient = J.transposed * sample.rightHandSide
        let bound = sample.tolerance * S(J.rowCount)
        for j in 0..<J.columnCount {
          let norm = (0..<J.rowCount).map { J[$0, j] }.plainNorm
          #expect((factored.columnNorms[j] - norm).magnitude <= bound, "\(sample)")
          let expected = gradient[factored.permutation[j]]
          #expect((factored.gradient(j) - expected).magnitude <= bound, "\(sample)")
        }
      }
    }
    check(scalar.type)
  }

  @Test(arguments: ScalarCase.all)
  func `The Gauss–Newton direction solves the normal equations`(scalar: ScalarCase) {
    func check<S: LSQScalar>(_: S.Type) {
      for sample in MatrixSample<S>.fullRank {
        let (factored, _) = factorize(sample)
        let J = sample.matrix
        var damping = DampingParameter<S>(parameterCount: J.columnCount)
        var scratch = [S](repeating: 0, count: J.columnCount)
        damping.takeGaussNewtonDirection(factored, scratch: &scratch)
        let p = damping.step
        let remainder = zip(J * p, sample.rightHandSide).map { $0 - $1 }
        let gradient = J.transposed * remainder
        let size = S(J.rowCount) * (1 + p.plainNorm)
        #expect(gradient.plainNorm <= sample.tolerance * size, "\(sample)")
      }
    }
    check(scalar.type)
  }

  @Test(arguments: ScalarCase.all)
  func `Columns that a crew shares go through the same operations`(scalar: ScalarCase) {
    func check<S: LSQScalar>(_: S.Type) {
      for sample in MatrixSample<S>.all {
        var alone = posed(sample)
        alone.prepareScratch()
        var shared = alone
        alone.factorize(Constants())
        Crew.employed(3) {
          shared.measureColumns(by: $0, Constants())
          shared.factorizeMeasured(by: $0, Constants())
        }
        #expect(shared.columnNorms == alone.columnNorms, "\(sample)")
        #expect(shared.factor == alone.factor, "\(sample)")
        #expect(shared.permutation == alone.permutation, "\(sample)")
        #expect(shared.diagonalOfR == alone.diagonalOfR, "\(sample)")
        #expect(shared.reflected == alone.reflected, "\(sample)")
      }
    }
    check(scalar.type)
  }

  // MARK: -

  private func posed<S: LSQScalar>(_ sample: MatrixSample<S>) -> Linearization<S> {
    let J = sample.matrix
    var result = Linearization<S>(rowCount: J.rowCount, columnCount: J.columnCount)
    result.factor = J.elements
    result.reflected = sample.rightHandSide
    return result
  }

  /// The finished factorisation, and the matrix while the reflectors still stand in it.
  private func factorize<S: LSQScalar>(
    _ sample: MatrixSample<S>
  ) -> (Linearization<S>, Matrix<S>) {
    let J = sample.matrix
    var factored = posed(sample)
    factored.factorize(Constants())
    let reflectors = Matrix(
      rowCount: J.rowCount, columnCount: J.columnCount, elements: factored.factor)
    factored.rotatedResiduals = Array(factored.reflected[0..<J.columnCount])
    factored.storeDiagonal()
    return (factored, reflectors)
  }

  /// Column j of R with zeros down to m.
  private func columnOfR<S: LSQScalar>(_ factored: Linearization<S>, _ j: Int) -> [S] {
    (0..<factored.rowCount).map { $0 <= j ? factored.r($0, j) : 0 }
  }

  /// H₁·H₂⋯·v, from the definition of a reflector.
  private func applyQ<S: LSQScalar>(_ reflectors: Matrix<S>, to vector: [S]) -> [S] {
    var result = vector
    for j in (0..<reflectors.columnCount).reversed() where reflectors[j, j] != 0 {
      var sum: S = 0
      for i in j..<reflectors.rowCount { sum += reflectors[i, j] * result[i] }
      for i in j..<reflectors.rowCount {
        result[i] -= sum / reflectors[j, j] * reflectors[i, j]
      }
    }
    return result
  }
}
