import CurveFitting
import LSQScalars
import LeastSquares
import MultiPrecision
import Synchronization
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

  @Test func `A climb in a cancelled task says so, and a fit has the best point`()
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
    let end = #expect(throws: DigitsNotReached.self) { try climb.get() }
    #expect(end?.cause == .interrupted)
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

  /// A decay without scatter that knows the tasks in which it was evaluated.
  private final class Witness: Model, AnyPrecisionFit {
    private let tasks = Mutex<Set<Int>>([])
    var taskCount: Int { tasks.withLock { $0.count } }

    func value<Number: ModelNumber>(_ b: Span<Number>, at x: Span<Number>) -> Number {
      let task = unsafe withUnsafeCurrentTask { unsafe $0?.hashValue ?? 0 }
      tasks.withLock { _ = $0.insert(task) }
      // Whoever asks for the number cannot be recorded.
      return x[0].realPart < 0 ? b[0] : b[0] * .exp(-b[1] * x[0]) + b[2]
    }

    func problem<Scalar: LSQScalar>(over type: Scalar.Type) throws -> ModelProblem<Scalar> {
      let x = (0..<60).map { Scalar($0) as Scalar }
      return try ModelProblem(
        model: self, predictors: x, predictorCount: 1, response: x.map { 8 * .exp(-$0 / 10) + 1 },
        parameterCount: 3)
    }

    func start<Scalar: LSQScalar>(over type: Scalar.Type) -> [Scalar] { [7, 1 / 8, 2] }
  }

  @Test func `Climbs for every bit, and where rounding left too few digits, keep to their threads`()
    throws
  {
    let ladder: ScalarLadder = PrecisionLadder.scalarType(bits:)
    let witness = Witness()
    let options = FitOptions<Double>(maximumConcurrency: 1)
    let plain = try witness.problem(over: Double.self).fit(
      from: witness.start(over: Double.self), options: options)
    let refined = try witness.refined(plain, ladder: ladder, maximumConcurrency: 1)
    let rounded = try witness.correctlyRoundedFit(
      as: Double.self, ladder: ladder, maximumConcurrency: 1)
    #expect(witness.taskCount == 1 && refined.refinement != nil)
    #expect(refined.parameters == rounded.parameters && rounded.parameters == [8, 0.1, 1])
    #expect(throws: LeastSquaresError.invalidConcurrency(0)) {
      try witness.refined(plain, ladder: ladder, maximumConcurrency: 0)
    }
    #expect(throws: LeastSquaresError.invalidConcurrency(0)) {
      try witness.correctlyRoundedFit(as: Double.self, ladder: ladder, maximumConcurrency: 0)
    }
  }
}
