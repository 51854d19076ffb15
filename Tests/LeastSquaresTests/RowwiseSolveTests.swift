import LSQScalars
import LeastSquares
import MultiPrecision
import Synchronization
import Testing

@Suite("Problems that are given by rows")
struct RowwiseSolveTests {
  /// The largest relative difference.
  private func distance<Scalar: LSQScalar>(_ a: [Scalar], _ b: [Scalar]) -> Scalar {
    zip(a, b).reduce(0) { max($0, (($1.0 - $1.1) / $1.1).magnitude) }
  }

  private func sources<Scalar: LSQScalar>(
    _ sample: TallSample<Scalar>
  ) -> [RowGradientSource<Scalar>] {
    [.together(sample.gradients), .forwardDifferences(), .centralDifferences()]
  }

  private func checkAgreement<Scalar: LSQScalar>(_: Scalar.Type, digits: Scalar) throws {
    // One row more and less than blocks and leaves of 8 and 32 rows have, and m = n.
    for (seed, m) in [3, 4, 7, 8, 9, 31, 32, 33, 63, 64, 65, 1000].enumerated() {
      let sample = TallSample<Scalar>(m: m, seed: UInt64(seed))
      for source in sources(sample) {
        let problem = try sample.posed(source, blockRowCount: 8)
        let solver = LevenbergMarquardt<Scalar>()
        let byBlocks = try solver.minimize(problem, from: sample.start)
        let whole = try solver.minimize(LeastSquaresProblem(problem), from: sample.start)
        guard m > 3 else {
          // As many parameters as residuals: the sum of squares is rounding.
          #expect(distance(byBlocks.parameters, whole.parameters) < digits * 1000)
          continue
        }
        // How far rounding can move the end of a path that stops at √ε.
        let tolerance = problem.gradients.isByDifferences ? digits.squareRoot() : digits
        #expect(
          distance(byBlocks.parameters, whole.parameters) < tolerance,
          "m \(m), seed \(seed), \(Scalar.self)")
        #expect(distance([byBlocks.residualNorm], [whole.residualNorm]) < 100 * digits)
        #expect(byBlocks.counts == whole.counts, "m \(m), seed \(seed), \(Scalar.self)")
        #expect(byBlocks.termination == whole.termination, "m \(m), seed \(seed)")
        #expect(distance(byBlocks.scaling, whole.scaling) < tolerance)
        #expect(byBlocks.permutation == whole.permutation)
        #expect(byBlocks.residuals.isEmpty && byBlocks.factor.rowCount == 3)
      }
    }
  }

  @Test("A solve by blocks agrees with MINPACK's order of operations to nearly all digits")
  func agreement() throws {
    try checkAgreement(Double.self, digits: 1e-11)
    try checkAgreement(MPFloat128.self, digits: 1e-32)
    #if (arch(i386) || arch(x86_64)) && !os(Windows) && !os(Android)
      try checkAgreement(Float80.self, digits: 1e-14)
    #endif
  }

  @Test("Differences evaluate every row as often as MINPACK would")
  func differenceEvaluations() throws {
    let sample = TallSample<Double>(m: 1000, seed: 5)
    let sources: [RowGradientSource<Double>] = [.forwardDifferences(), .centralDifferences()]
    for source in sources {
      let counter = RowCounter()
      let problem = try RowwiseProblem(
        rowCount: sample.m, parameterCount: 3, gradients: source, blockRowCount: 8
      ) { x, rows, f in
        counter.rows.withLock { $0 += rows.count }
        try sample.residuals(x, rows, &f)
      }
      let solution = try LevenbergMarquardt<Double>().minimize(problem, from: sample.start)
      #expect(counter.rows.withLock { $0 } == sample.m * solution.counts.residuals)
    }
  }

  private final class RowCounter: Sendable {
    let rows = Mutex(0)
  }

  @Test("The result does not depend on the number of tasks", arguments: [1, 2, 3, 8])
  func independenceOfTasks(tasks: Int) async throws {
    let sample = TallSample<Double>(m: 5003, seed: 7)
    let solver = LevenbergMarquardt<Double>()
    for source in sources(sample) {
      let problem = try sample.posed(source, blockRowCount: 16)
      let alone = try solver.minimize(problem, from: sample.start)
      let together = try await solver.minimize(
        problem, from: sample.start, maximumConcurrency: tasks)
      #expect(together.parameters == alone.parameters)
      #expect(together.residualNorm == alone.residualNorm)
      #expect(together.factor == alone.factor)
      #expect(together.rotatedResiduals == alone.rotatedResiduals)
      #expect(together.counts == alone.counts)
    }
  }

  @Test("The rows of a block change the last digits alone")
  func dependenceOnBlocks() throws {
    let sample = TallSample<Double>(m: 2000, seed: 11)
    let solver = LevenbergMarquardt<Double>()
    let reference = try solver.minimize(sample.posed(), from: sample.start)
    for rows in [1, 8, 24, 100, 4096] {
      let problem = try sample.posed(blockRowCount: rows)
      #expect(problem.blockRowCount == (min(rows, sample.m) + 7) / 8 * 8)
      let solution = try solver.minimize(problem, from: sample.start)
      #expect(distance(solution.parameters, reference.parameters) < 1e-12, "\(rows) rows")
    }
  }

  @Test("Fifty-three bits of multiprecision give the bits of Double")
  func lawAcrossScalars() throws {
    let sample = TallSample<Double>(m: 777, seed: 13)
    let same = TallSample<MPFloat<53, 1>>(m: 777, seed: 13)
    for (source, twin) in zip(sources(sample), sources(same)).prefix(2) {
      let double = try LevenbergMarquardt<Double>().minimize(
        sample.posed(source, blockRowCount: 40), from: sample.start)
      let multiple = try LevenbergMarquardt<MPFloat<53, 1>>().minimize(
        same.posed(twin, blockRowCount: 40), from: same.start)
      #expect(multiple.parameters.map { Double($0) } == double.parameters)
      #expect(Double(multiple.residualNorm) == double.residualNorm)
      #expect(multiple.rotatedResiduals.map { Double($0) } == double.rotatedResiduals)
    }
  }

  @Test("A fit in Float of many rows keeps its digits")
  func floatAccuracy() throws {
    // The same rows, rounded to Float, are fitted in Double for the truth.
    let sample = TallSample<Float>(m: 20_000, seed: 17)
    let start = sample.start.map { Double($0) }
    let (times, values) = (sample.times.map { Double($0) }, sample.values.map { Double($0) })
    let wide = try RowwiseProblem<Double>(rowCount: sample.m, parameterCount: 3) { x, rows, f in
      for i in rows {
        f[i - rows.lowerBound] = x[0] / (1 + x[1] * times[i]) + x[2] * times[i] - values[i]
      }
    }
    var tight = Options<Double>.tight
    tight.closingSteps = false
    let truth = try LevenbergMarquardt(options: tight).minimize(wide, from: start)

    let options = Options<Float>.tight
    let solver = LevenbergMarquardt(options: options)
    let byBlocks = try solver.minimize(sample.posed(), from: sample.start)
    let error = distance(byBlocks.parameters.map { Double($0) }, truth.parameters)
    #expect(error < 4e-7)
    #expect(abs(Double(byBlocks.residualNorm) / truth.residualNorm - 1) < 1.2e-7)
  }

  @Test("Equal residuals, which a sum in Float rounds all the same way, do not spoil its norm")
  func floatNorm() throws {
    // f = (x − 1/10) ± 1/10: the minimum is x = 1/10, where every residual is 1/10 or −1/10.
    let problem = try RowwiseProblem<Float>(
      rowCount: 100_000, parameterCount: 1,
      gradients: .together { x, rows, f, gradients in
        for i in rows {
          f[i - rows.lowerBound] = x[0] - (i % 2 == 0 ? 0 : 1) / 5
          gradients[i - rows.lowerBound] = 1
        }
      }
    ) { x, rows, f in
      for i in rows { f[i - rows.lowerBound] = x[0] - (i % 2 == 0 ? 0 : 1) / 5 }
    }
    let solver = LevenbergMarquardt<Float>()
    let byBlocks = try solver.minimize(problem, from: [1])
    let inOneSum = try solver.minimize(problem, from: [1], factorization: .whole)
    let norm = Double(100_000).squareRoot() / 10
    #expect(abs(Double(byBlocks.residualNorm) / norm - 1) < 1.2e-7)
    #expect(abs(Double(byBlocks.parameters[0]) * 10 - 1) < 1e-6)
    #expect(abs(Double(inOneSum.residualNorm) / norm - 1) > 1e-5)
  }

  @Test("Residuals near the ends of the exponent's range are solved all the same")
  func scales() throws {
    let sample = TallSample<Double>(m: 300, seed: 19)
    let solver = LevenbergMarquardt<Double>()
    let reference = try solver.minimize(sample.posed(), from: sample.start)
    for exponent in [-1000, -600, -400, 400, 600, 1000] {
      let unit = Double(sign: .plus, exponent: exponent, significand: 1)
      let scaled = try RowwiseProblem<Double>(
        rowCount: sample.m, parameterCount: 3,
        gradients: .together { x, rows, f, gradients in
          try sample.gradients(x, rows, &f, &gradients)
          for i in f.indices { f[i] *= unit }
          for i in gradients.indices { gradients[i] *= unit }
        }
      ) { x, rows, f in
        try sample.residuals(x, rows, &f)
        for i in f.indices { f[i] *= unit }
      }
      let solution = try solver.minimize(scaled, from: sample.start)
      #expect(distance(solution.parameters, reference.parameters) < 1e-12, "2^\(exponent)")
      #expect(abs(solution.residualNorm / unit / reference.residualNorm - 1) < 1e-13)
    }
  }

  @Test("Residuals times a power of two leave the path by differences as it is")
  func scaledDifferences() throws {
    let sample = TallSample<Double>(m: 300, seed: 37)
    let solver = LevenbergMarquardt<Double>()
    for source in sources(sample) where source.isByDifferences {
      let reference = try solver.minimize(sample.posed(source), from: sample.start)
      for exponent in [-600, -20, 20, 600] {
        let unit = Double(sign: .plus, exponent: exponent, significand: 1)
        let scaled = try RowwiseProblem<Double>(
          rowCount: sample.m, parameterCount: 3, gradients: source
        ) { x, rows, f in
          try sample.residuals(x, rows, &f)
          for i in f.indices { f[i] *= unit }
        }
        let solution = try solver.minimize(scaled, from: sample.start)
        // To the bit, unless squares come to be scaled: sums are then taken in another order.
        let tolerance = abs(exponent) > 500 ? 1e-8 : 0
        #expect(
          distance(solution.parameters, reference.parameters) <= tolerance, "2^\(exponent)")
        #expect(abs(solution.residualNorm / unit / reference.residualNorm - 1) <= tolerance)
      }
    }
  }

  @Test("A parameter that no row depends on is found to be undetermined")
  func rankDeficiency() throws {
    let sample = TallSample<Double>(m: 100, seed: 23)
    let problem = try RowwiseProblem<Double>(
      rowCount: sample.m, parameterCount: 4,
      gradients: .together { x, rows, f, gradients in
        for i in rows {
          let k = i - rows.lowerBound
          let q = 1 / (1 + x[1] * sample.times[i])
          f[k] = sample.residual(i, x)
          gradients[4 * k] = q
          gradients[4 * k + 1] = -(x[0] * sample.times[i]) * (q * q)
          gradients[4 * k + 2] = sample.times[i]
          gradients[4 * k + 3] = 0
        }
      }, residuals: sample.residuals)
    let solution = try LevenbergMarquardt<Double>().minimize(problem, from: sample.start + [5])
    let whole = try LevenbergMarquardt<Double>().minimize(
      LeastSquaresProblem(problem), from: sample.start + [5])
    #expect(solution.determinacy.undetermined == [3])
    #expect(solution.parameters[3] == 5)
    #expect(distance(solution.parameters, whole.parameters) < 1e-11)
  }

  @Test("Closing steps go on to the last digits by blocks too")
  func closingSteps() throws {
    let sample = TallSample<Double>(m: 500, seed: 29)
    let precise = TallSample<MPFloat256>(m: 500, seed: 29)
    let truth = try LevenbergMarquardt<MPFloat256>(options: .tight).minimize(
      precise.posed(), from: precise.start)
    var options = Options<Double>()
    options.closingSteps = true
    let solution = try LevenbergMarquardt(options: options).minimize(
      sample.posed(), from: sample.start)
    #expect(solution.closing?.isContracted == true)
    #expect(distance(solution.parameters, truth.parameters.map { Double($0) }) < 1e-13)
  }

  @Test(
    "Held whole, the rows are evaluated by several tasks with the bits of one", arguments: [1, 4])
  func whole(tasks: Int) async throws {
    let sample = TallSample<MPFloat256>(m: 41, seed: 31)
    for source in sources(sample) {
      let problem = try sample.posed(source)
      let solver = LevenbergMarquardt<MPFloat256>()
      let serial = try solver.minimize(LeastSquaresProblem(problem), from: sample.start)
      let concurrent = try await solver.minimize(
        problem, from: sample.start, factorization: .whole, maximumConcurrency: tasks)
      #expect(concurrent.parameters == serial.parameters)
      #expect(concurrent.residuals == serial.residuals)
      #expect(concurrent.factor == serial.factor)
      #expect(concurrent.counts == serial.counts)
    }
  }
}

@Suite struct SolutionStatisticsTests {
  /// y = a + b·x through 1, 3, 5, 8 at 0, 1, 2, 3: s² = 0.15, and the variances are s²·0.7 and s²·0.2.
  @Test func `Standard errors are those of the textbook, by rows or not`() async throws {
    let y: [Double] = [1, 3, 5, 8]
    let whole = try LeastSquaresProblem<Double>(residualCount: 4, parameterCount: 2) { b, f in
      for i in 0..<4 { f[i] = b[0] + b[1] * Double(i) - y[i] }
    }
    let rows = try RowwiseProblem<Double>(rowCount: 4, parameterCount: 2) { b, range, f in
      for i in range { f[i - range.lowerBound] = b[0] + b[1] * Double(i) - y[i] }
    }
    let solver = LevenbergMarquardt<Double>()
    for solution in [
      try solver.minimize(whole, from: [1, 1]), try solver.minimize(rows, from: [1, 1]),
      try await solver.minimize(rows, from: [1, 1], maximumConcurrency: 2),
    ] {
      #expect(solution.degreesOfFreedom == 2)
      let errors = try solution.standardErrors.map { try #require($0) }
      let covariance = try #require(solution.parameterCovariance)
      for (j, variance) in [0.15 * 0.7, 0.15 * 0.2].enumerated() {
        #expect((errors[j] * errors[j] / variance - 1).magnitude < 1e-7)
        #expect((covariance[j, j] / variance - 1).magnitude < 1e-7)
      }
      #expect((covariance[0, 1] / (-0.15 * 0.3) - 1).magnitude < 1e-7)
    }
  }

  @Test(arguments: [-600, 600])
  func `The covariance holds where squares of the scatter leave the range`(exponent: Int) throws {
    func covariance(inUnits unit: Double) throws -> [Double] {
      let line = SampleProblem<Double>.line
      let scaled = SampleProblem<Double>(
        name: "scaled", m: line.m, start: line.start,
        residuals: { x in try line.residuals(x).map { unit * $0 } },
        gradient: { x, i in try line.gradient(x, i).map { unit * $0 } })
      return try #require(scaled.solve(from: [1, 1]).parameterCovariance).elements
    }
    let plain = try covariance(inUnits: 1)
    for (a, b) in zip(try covariance(inUnits: .powerOfTwo(exponent)), plain) {
      #expect(a.relativeError(to: b) < 1e-12)
    }
  }

  @Test func `Blocks and tasks that cannot be are refused`() async throws {
    func posed(_ rows: Int?) throws -> RowwiseProblem<Double> {
      try RowwiseProblem(rowCount: 3, parameterCount: 1, blockRowCount: rows) { b, range, f in
        for i in range { f[i - range.lowerBound] = b[0] - Double(i) }
      }
    }
    #expect(throws: LeastSquaresError.invalidBlockRowCount(-5)) { try posed(-5) }
    let solver = LevenbergMarquardt<Double>()
    #expect(try solver.minimize(posed(.max), from: [0]).termination.isSolved)
    await #expect(throws: LeastSquaresError.invalidConcurrency(0)) {
      try await solver.minimize(posed(nil), from: [0], maximumConcurrency: 0)
    }
  }

  @Test(arguments: [1e-150, 1e-155, 1e-158, 1e-165, 1e-200])
  func `What is left of a column may be as small as numbers are`(small: Double) throws {
    // Row 0 is x + y = 3, the others s·y = 2·s.
    let problem = try RowwiseProblem<Double>(
      rowCount: 64, parameterCount: 2,
      gradients: .together { x, rows, residuals, gradients in
        for (k, i) in rows.enumerated() {
          (gradients[2 * k], gradients[2 * k + 1]) = i == 0 ? (1, 1) : (0, small)
          residuals[k] = i == 0 ? x[0] + x[1] - 3 : small * (x[1] - 2)
        }
      }
    ) { x, rows, residuals in
      for (k, i) in rows.enumerated() {
        residuals[k] = i == 0 ? x[0] + x[1] - 3 : small * (x[1] - 2)
      }
    }
    let solution = try LevenbergMarquardt<Double>().minimize(problem, from: [0.5, 0.5])
    #expect(abs(solution.parameters[0] + solution.parameters[1] - 3) < 1e-12)
    let r = solution.determinacy.columnNorms
    #expect(r[0] == 1 && solution.rotatedResiduals.allSatisfy(\.isFinite))
    let least = solution.factor[1, 1].magnitude
    #expect(abs(least / (small * 63.0.squareRoot()) - 1) < 1e-14, "\(least)")
  }
}
