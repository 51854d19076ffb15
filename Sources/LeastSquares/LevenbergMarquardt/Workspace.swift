public import LSQScalars

/// The memory of a solve. Keep one to solve many problems of the same shape without allocating.
///
/// Size: two vectors of m, the factor (m×n, or n×n where the Jacobian comes row by row), one further
/// n×n triangle and a dozen vectors of n; a second Jacobian where the caller's comes in columns or with the
/// residuals, and while closing steps are taken. In `Double` and `Float` also the larger of 3·rows + 4·n
/// numbers, for the rows of the factor, and n·(n + 7), where that is more than 512.
public struct Workspace<Scalar: LSQScalar>: ~Copyable, Sendable {
  /// Nothing before the first solve.
  private var memory: SolveMemory<Scalar>?

  /// The Jacobian at the point to which refused closing steps of the last solve had led, by rows, n of which stand for
  /// all; zeros where it was not completed there, empty where no closing steps were refused.
  package var strayJacobian: [Scalar] {
    switch memory {
    case .some(let kept): kept.strayJacobian
    case .none: []
    }
  }

  /// Memory that takes its size from the first problem it is used for.
  public init() {}

  /// The memory that was given back last if it fits the problem, otherwise new memory.
  @inline(__always)
  mutating func take(for problem: LeastSquaresProblem<Scalar>) -> SolveMemory<Scalar> {
    guard let kept = memory.take(), kept.shape == problem.memoryShape else {
      return SolveMemory(problem.memoryShape)
    }
    return kept
  }

  /// Keeps memory for the next solve.
  @inline(__always)
  mutating func giveBack(_ memory: consuming SolveMemory<Scalar>) {
    self.memory = consume memory
  }
}
