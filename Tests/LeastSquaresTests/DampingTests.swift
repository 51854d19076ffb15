import LSQScalars
import Testing

@testable import LeastSquares

@Suite struct DampingTests {
  @Test(arguments: ScalarCase.all)
  func `The damped solve minimises the damped system`(scalar: ScalarCase) {
    func check<S: LSQScalar>(_: S.Type) {
      let constants = Constants<S>()
      for sample in MatrixSample<S>.all {
        let n = sample.matrix.columnCount
        let linearization = linearize(sample)
        let D = scaling(sample)
        var (p, z, row) = (D, D, D)
        var s = Array(repeating: D[0], count: n * n)
        do {
          var step = p.mutableSpan
          var triangle = s.mutableSpan
          var solution = z.mutableSpan
          var scratch = row.mutableSpan
          DampedSolve.solve(
            linearization, scaling: D, root: 1, into: &step, triangle: &triangle, &solution,
            &scratch, constants)
        }
        expectNormalEquations(sample, p, D)

        // SᵀS = RᵀR + PᵀD²P.
        let triangle = Matrix(rowCount: n, columnCount: n, elements: s)
        let S = triangle.upperTriangle
        var expected = sample.matrix.transposed * sample.matrix
        for j in 0..<n { expected[j, j] += D[j] * D[j] }
        let (product, bound) = (S.transposed * S, bound(sample, D))
        for i in 0..<n {
          for j in 0..<n {
            let (k, l) = (linearization.permutation[i], linearization.permutation[j])
            #expect((product[i, j] - expected[k, l]).magnitude <= bound, "\(sample)")
          }
        }
      }
    }
    check(scalar.type)
  }

  @Test(arguments: ScalarCase.all)
  func `The damping parameter brings the step to the boundary`(scalar: ScalarCase) {
    func check<S: LSQScalar>(_: S.Type) {
      let constants = Constants<S>()
      for sample in MatrixSample<S>.all where sample.rank > 0 {
        let n = sample.matrix.columnCount
        let linearization = linearize(sample)
        let D = scaling(sample)
        for k in [-20, -8, -3, 0, 3, 20] {
          let radius = S.powerOfTwo(k)
          // From nothing, and from what another step left.
          for initial: S in [0, 1, 1000] {
            var damping = DampingParameter<S>(parameterCount: n)
            damping.value = initial
            let origin = [S](repeating: 1, count: n)
            var (trial, room) = (origin, [S](repeating: 0, count: n * (n + 7)))
            let (stepLength, change) = damping.solve(
              linearization, scaling: D, trustRegionRadius: radius, from: origin, to: &trial,
              room: &room, constants)
            let step = damping.step(of: n, leftIn: room)
            #expect(trial == step.map { 1 - $0 })
            let image = sample.matrix * step
            let imageSlack = sample.tolerance * (1 + step.plainNorm)
            #expect((change - image.plainNorm).magnitude <= imageSlack, "\(sample)")
            let length = zip(D, step).map { $0 * $1 }.plainNorm
            let slack = radius * (1 + 16 * S.ulpOfOne) / 10
            #expect(damping.value >= 0)
            #expect((stepLength - length).magnitude <= 16 * S.ulpOfOne * length, "\(sample)")
            #expect(length <= radius + slack, "\(sample), radius \(radius)")
            if damping.value != 0 {
              // Where rounding alone keeps R from being singular, ten rounds may end further inside.
              if sample.rank == n {
                #expect(length >= radius - slack, "\(sample), radius \(radius)")
              }
              let root = damping.value.squareRoot()
              expectNormalEquations(sample, step, D.map { root * $0 })
            }
          }
        }
      }
    }
    check(scalar.type)
  }

  // MARK: -

  /// (JᵀJ + D²)·p = Jᵀf, to the rounding of its terms.
  private func expectNormalEquations<S: LSQScalar>(
    _ sample: MatrixSample<S>, _ p: [S], _ D: [S]
  ) {
    let J = sample.matrix
    let left = J.transposed * (J * p)
    let right = J.transposed * sample.rightHandSide
    let bound = bound(sample, D) * (1 + p.plainNorm)
    for j in p.indices {
      let remainder = left[j] + D[j] * D[j] * p[j] - right[j]
      #expect(remainder.magnitude <= bound, "\(sample): \(remainder) > \(bound)")
    }
  }

  private func bound<S: LSQScalar>(_ sample: MatrixSample<S>, _ D: [S]) -> S {
    let (m, n) = (sample.matrix.rowCount, sample.matrix.columnCount)
    return S(16 * (m + n)) * S.ulpOfOne * (S(m) + D.sumOfSquares)
  }

  private func scaling<S: LSQScalar>(_ sample: MatrixSample<S>) -> [S] {
    var random = SeededRandom(seed: sample.seed + 1000)
    return (0..<sample.matrix.columnCount).map { _ in random.number(S.self).magnitude + 1 / 8 }
  }

  private func linearize<S: LSQScalar>(_ sample: MatrixSample<S>) -> Linearization<S> {
    let J = sample.matrix
    var result = Linearization<S>(rowCount: J.rowCount, columnCount: J.columnCount)
    result.factor = J.elements
    result.measureColumns(Constants())
    result.factorizeMeasured(rotating: sample.rightHandSide, Constants())
    return result
  }
}

extension DampingParameter {
  /// The step of the last search, where it may have been a whole one over scratch.
  func step(of n: Int, leftIn scratch: [Scalar]) -> [Scalar] {
    Scalar.hasWholeSteps ? Array(scratch.prefix(n)) : step
  }
}
