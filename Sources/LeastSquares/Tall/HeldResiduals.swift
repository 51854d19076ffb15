import LSQScalars

/// f at the last point where it was evaluated without derivatives, leaf by leaf.
///
/// Differences start from f. If it is held, an accepted step costs n further evaluations, as in
/// MINPACK, and not n + 1; and nothing is computed ahead that a refused step would waste.
final class HeldResiduals<Scalar: LSQScalar>: Sendable {
  private let content: Guarded<Content>

  private struct Content {
    /// Nil while f is not known throughout.
    var parameters: [Scalar]?
    /// By leaves, blocks and rows.
    var leaves: [[[Scalar]]]
  }

  /// The most memory that residuals may take, in bytes; f of more rows is not held.
  private static var memoryLimit: Int { 16 << 20 }

  /// Room for the residuals of a problem, or nil where holding them does not pay or takes too much memory.
  init?(_ problem: RowwiseProblem<Scalar>, leafCount: Int) {
    guard problem.gradients.isByDifferences,
      problem.rowCount <= Self.memoryLimit / MemoryLayout<Scalar>.stride
    else { return nil }
    content = Guarded(Content(leaves: Array(repeating: [], count: leafCount)))
  }

  /// Whether f is known at a point.
  func areKnown(at parameters: [Scalar]) -> Bool {
    content.withLock { $0.parameters == parameters }
  }

  /// Forgets f, or says where all of it has been evaluated.
  func setPoint(_ parameters: [Scalar]?) { content.withLock { $0.parameters = parameters } }

  /// f of the rows of a leaf, block by block.
  subscript(leaf: Int) -> [[Scalar]] { content.withLock { $0.leaves[leaf] } }

  /// Holds f of the rows of a leaf, and gives back memory that was held for them before.
  func exchange(_ residuals: inout [[Scalar]], leaf: Int) {
    let new = residuals
    residuals = content.withLock { content in
      let old = content.leaves[leaf]
      content.leaves[leaf] = new
      return old
    }
  }
}
