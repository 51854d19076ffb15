import CurveFitting
import LSQScalars
import LeastSquares
import MultiPrecision
import Testing

/// Rows of a climb that several threads evaluate.
@Suite struct ConcurrentClimbTests {
  /// A decay over 60 rows that may refuse some of them in wide types.
  struct Decay: Model, AnyPrecisionFit {
    struct Refusal: Error, Equatable { let row: Int }

    var refusedRows: [Int] = []

    func value<Number: ModelNumber>(_ b: Span<Number>, at x: Span<Number>) throws -> Number {
      if Number.Scalar.precisionBits >= 1024 {
        for row in refusedRows where x[0].realPart == Number.Scalar(row) {
          throw Refusal(row: row)
        }
      }
      return b[0] * Number.exp(-b[1] * x[0]) + b[2]
    }

    func problem<Scalar: LSQScalar>(over type: Scalar.Type) throws -> ModelProblem<Scalar> {
      // Scatter without chance: the multiples of 7 modulo 11.
      let hundredths: [Int] = (0..<60).map { row in 5000 / (row + 5) + 7 * row % 11 }
      let response: [Scalar] = hundredths.map { Scalar($0) / 100 }
      return try ModelProblem(
        model: self, predictors: (0..<60).map { Scalar($0) as Scalar }, predictorCount: 1,
        response: response, parameterCount: 3)
    }

    func start<Scalar: LSQScalar>(over type: Scalar.Type) -> [Scalar] {
      [8, Scalar(1) / Scalar(10), 1]
    }

    func climbed(by threads: Int?) throws -> ConfirmedFit {
      try fit(
        digits: 400, ladder: PrecisionLadder.scalarType(bits:),
        maximumConcurrency: threads)
    }
  }

  @Test func `A climb in a cancelled task ends with that, and a fit with the best point`()
    async throws
  {
    func cancelled<Result: Sendable>(
      _ body: @escaping @Sendable () throws -> Result
    ) async -> Swift.Result<Result, any Error> {
      let task = Task {
        while !Task.isCancelled { await Task.yield() }
        return try body()
      }
      task.cancel()
      return await task.result
    }
    let climb = await cancelled { try Decay().climbed(by: 2).bits }
    #expect(throws: CancellationError.self) { try climb.get() }
    let fit = await cancelled {
      try Decay().problem(over: Double.self).fit(from: [8, 0.1, 1]).solution.termination
    }
    #expect(try fit.get() == .cancelled)
  }

  @Test("The number of threads changes no digit, and nothing else that a fit says")
  func digits() throws {
    let alone = try Decay().climbed(by: 1)
    for threads in [2, 3, 7, nil] {
      let together = try Decay().climbed(by: threads)
      #expect(together.parameters == alone.parameters)
      #expect(together.standardErrors == alone.standardErrors)
      #expect(together.sumOfSquares == alone.sumOfSquares)
      #expect(together.bits == alone.bits)
    }
  }

  @Test("Of several rows that fail the first one's error is thrown, by any number of threads")
  func errors() throws {
    for threads in [1, 2, 5] {
      #expect(throws: Decay.Refusal(row: 17)) {
        try Decay(refusedRows: [51, 17, 44]).climbed(by: threads)
      }
    }
  }
}
