import LeastSquares

/// What the solves of a fit, and the looks and steps between them, have cost so far, whatever came of them.
struct SolveTally {
  /// The evaluations.
  private(set) var counts = EvaluationCounts()
  /// How often a solve began anew.
  var retries = 0
  private var wasStopped = false
  private let poll: () -> Bool

  /// - Parameter isInterrupted: whether the caller wants an end, polled now and then; nil for whether the task is
  ///   cancelled.
  init(isInterrupted poll: (() -> Bool)? = nil) { self.poll = poll ?? { Task.isCancelled } }

  /// Whether a solve was stopped from outside, or an end is wanted: then no other begins, and nothing is looked at.
  var isInterrupted: Bool { wasStopped || poll() }

  /// Remembers that a solve was stopped from outside.
  mutating func stop() { wasStopped = true }

  /// The evaluations of the residuals that are left of a limit; nil for any number.
  func remaining(of limit: Int?) -> Int? { limit.map { $0 - counts.residuals } }

  /// Whether there is anything left of a limit, and no stop was asked for.
  func allowsMore(within limit: Int?) -> Bool { !isInterrupted && remaining(of: limit) ?? 1 > 0 }

  mutating func add(_ counts: EvaluationCounts) { self.counts = self.counts + counts }

  mutating func add(residuals: Int, jacobians: Int = 0) {
    add(EvaluationCounts(residuals: residuals, jacobians: jacobians))
  }
}

extension EvaluationCounts {
  static func + (a: Self, b: Self) -> Self {
    Self(residuals: a.residuals + b.residuals, jacobians: a.jacobians + b.jacobians)
  }

  static func - (a: Self, b: Self) -> Self {
    Self(residuals: a.residuals - b.residuals, jacobians: a.jacobians - b.jacobians)
  }
}
