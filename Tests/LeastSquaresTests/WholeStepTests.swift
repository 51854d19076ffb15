import LSQScalars
import MultiPrecision
import Testing

@testable import LeastSquares

/// The whole steps of `Double` and `Float`, against numbers of the same precision that go by kernels.
@Suite struct WholeStepTests {
  /// Far below and far above the thresholds of MINPACK's norm, too.
  @Test(arguments: [0, -75, 75])
  func `A whole step of Double has the bits of the kernels`(exponent: Int) {
    compare(Double.self, MPFloat<53, 1>.self, scaledBy: exponent)
  }

  @Test func `A whole step of Float has the bits of the kernels`() {
    compare(Float.self, MPFloat<24, 1>.self, scaledBy: 0)
  }

  @Test func `A Jacobian whose norms overflow is named by its first such column`() {
    let huge = Double.greatestFiniteMagnitude
    var linearization = Linearization<Double>(rowCount: 2, columnCount: 1)
    var room = [Double](repeating: 0, count: 10)
    linearization.factor = [huge, huge]
    let overflow = linearization.complete(with: [1, 1], residualNorm: 1, room: &room, Constants())
    #expect(overflow == .columnNorm(parameter: 0) && linearization.columnNorms == [.infinity])
    linearization.factor = [1, .nan]
    let bad = linearization.complete(with: [1, 1], residualNorm: 1, room: &room, Constants())
    #expect(bad == .derivative(residual: 1, parameter: 0, value: "nan"))
  }

  /// Of many columns and of many rows, which are factorised by sweeps; the last rows are fewer than go together.
  @Test(arguments: [(131, 131), (16411, 8), (2500, 63)])
  func `A whole step of Double on a large matrix has the bits of the kernels`(m: Int, n: Int) {
    var random = SeededRandom(seed: UInt64(m))
    var matrix = random.matrix(m, n, Double.self)
    // A column of zeros, and two that hardly differ, whose norm has to be computed anew.
    for i in 0..<m {
      matrix[i, 2] = 0
      matrix[i, 5] = matrix[i, 3] + matrix[i, 4] * Double.ulpOfOne.squareRoot() / 16
    }
    let f = random.numbers(m, Double.self)
    let constants = Constants<Double>()
    var whole = Linearization<Double>(rowCount: m, columnCount: n)
    var kernels = whole
    whole.factor = matrix.elements
    kernels.factor = matrix.elements
    var room = [Double](repeating: 0, count: 3 * m + 4 * n)
    let bad = whole.complete(with: f, residualNorm: 1, room: &room, constants)
    #expect(bad == nil && whole.largestCosine != nil)
    kernels.measureColumns(constants)
    kernels.factorizeMeasured(rotating: f, constants)
    #expect(whole.permutation == kernels.permutation && whole.columnNorms == kernels.columnNorms)
    #expect(whole.factor == kernels.factor, "seed \(m)")
    #expect(whole.rotatedResiduals == kernels.rotatedResiduals, "seed \(m)")
  }

  private func compare<S: LSQScalar, K: LSQScalar>(
    _: S.Type, _: K.Type, scaledBy exponent: Int
  ) {
    #expect(S.hasWholeSteps && !K.hasWholeSteps)
    let scale = S.powerOfTwo(exponent)
    for sample in MatrixSample<S>.all where sample.matrix.columnCount > 0 {
      let elements = sample.matrix.elements.map { $0 * scale }
      let whole = steps(sample, elements, S.self)
      let kernels = steps(sample, elements.map { K(nearest: $0) }, K.self)
      #expect(whole == kernels.map { S(nearest: $0) }, "\(sample)")
    }
  }

  /// All numbers that a linearisation and steps of several lengths leave.
  private func steps<S: LSQScalar, T: LSQScalar>(
    _ sample: MatrixSample<S>, _ elements: [T], _: T.Type
  ) -> [T] {
    let (m, n) = (sample.matrix.rowCount, sample.matrix.columnCount)
    let constants = Constants<T>()
    let f = sample.rightHandSide.map { T(nearest: $0) }
    var linearization = Linearization<T>(rowCount: m, columnCount: n)
    linearization.factor = elements
    let length = constants.norm(f)
    var room = [T](repeating: 0, count: max(3 * m + 4 * n, n * (n + 7)))
    guard
      linearization.complete(with: f, residualNorm: length, room: &room, constants) == nil
    else { return [] }
    var numbers = linearization.factor + linearization.columnNorms + linearization.rotatedResiduals
    numbers += linearization.permutation.map { T($0) }
    numbers.append(linearization.gradientCosine(residualNorm: length))
    let scaling = linearization.columnNorms.map { $0 == 0 ? 1 : $0 }
    for k in [-20, -6, -2, 0, 20] {
      var damping = DampingParameter<T>(parameterCount: n)
      var trial = scaling
      for _ in 0..<2 {
        let step = damping.solve(
          linearization, scaling: scaling, trustRegionRadius: T.powerOfTwo(k), from: scaling,
          to: &trial, room: &room, constants)
        numbers += damping.step(of: n, leftIn: room) + trial
        numbers += [damping.value, step.length, step.change]
        numbers += measure(f, trial, scaling, constants)
      }
    }
    return numbers
  }

  /// What is measured at a trial point.
  private func measure<T: LSQScalar>(
    _ f: [T], _ trial: [T], _ scaling: [T], _ constants: Constants<T>
  ) -> [T] {
    var scratch = trial
    guard T.hasWholeSteps else {
      T.multiply(scaling, trial, into: &scratch)
      return [constants.norm(f), constants.norm(scratch)]
    }
    var room = scratch.mutableSpan
    let norms = T.measure(
      residuals: f.span, parameters: trial.span, scaling: scaling.span, norm: constants.norm,
      scratch: &room)
    return [norms.residualNorm, norms.scaledNorm]
  }
}
