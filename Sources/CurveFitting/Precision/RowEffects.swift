import LSQScalars
import LeastSquares

/// The effects of changes of the residuals on the parameters, summed over the rows by magnitude or by value: the rows
/// of J are held, or evaluated once more block by block.
struct RowEffects<Scalar: LSQScalar> {
  private let problem: ModelProblem<Scalar>
  private let point: [Scalar]
  private let residuals: [Scalar]
  private let jacobian: Matrix<Scalar>?
  private let changes: [Scalar]

  /// - Parameters:
  ///   - jacobian: nil where it is to be evaluated by blocks.
  ///   - changes: δ.
  init(
    of problem: ModelProblem<Scalar>, at point: [Scalar], _ residuals: [Scalar],
    _ jacobian: Matrix<Scalar>?, _ changes: [Scalar]
  ) {
    (self.problem, self.point) = (problem, point)
    (self.residuals, self.jacobian, self.changes) = (residuals, jacobian, changes)
  }

  /// z_j = Σᵢ |p_ji|·δᵢ and s_j = Σᵢ p_ji·rᵢ with p = U·qᵀ and q = J·T.
  ///
  /// - Parameter columns: those of J that T has rows for.
  /// - Throws: what the model throws where J is to be evaluated.
  /// - Complexity: O(m·n²).
  func sums(
    _ t: [[Scalar]], _ u: [[Scalar]], along columns: [Int]
  ) throws -> (magnitudes: [Scalar], values: [Scalar]) {
    let sums = RowSums(
      t: Array(t.joined()), u: Array(u.joined()), columns: columns, width: point.count)
    guard let jacobian else {
      let (residuals, changes) = (residuals, changes)
      let parts = try problem.rowwise().mapBlocks(at: point, by: problem.crew) { rows, block in
        var own = sums
        own.add(block.span, changes.span.extracting(rows), residuals.span.extracting(rows))
        return own
      }
      let total = parts.reduce(into: sums) { $0.add($1) }
      return (total.magnitudes, total.values)
    }
    var total = sums
    total.add(jacobian.elements.span, changes.span, residuals.span)
    return (total.magnitudes, total.values)
  }
}

/// z and s over some rows.
private struct RowSums<Scalar: LSQScalar>: Sendable {
  private let t: [Scalar]
  private let u: [Scalar]
  private let columns: [Int]
  private let width: Int
  private(set) var magnitudes: [Scalar]
  private(set) var values: [Scalar]

  init(t: [Scalar], u: [Scalar], columns: [Int], width: Int) {
    (self.t, self.u, self.columns, self.width) = (t, u, columns, width)
    magnitudes = Array(repeating: 0, count: columns.count)
    values = magnitudes
  }

  mutating func add(_ other: Self) {
    for j in columns.indices {
      magnitudes[j] += other.magnitudes[j]
      values[j] += other.values[j]
    }
  }

  /// Adds rows of J with their δ and r.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  #if (arch(i386) || arch(x86_64)) && !os(Windows) && !os(Android)
    @specialized(where Scalar == Float80)
  #endif
  mutating func add(_ jacobian: Span<Scalar>, _ changes: Span<Scalar>, _ residuals: Span<Scalar>) {
    let n = columns.count
    var (sizes, sums, room) = (magnitudes, values, [Scalar](repeating: 0, count: n))
    var z = sizes.mutableSpan
    var s = sums.mutableSpan
    var q = room.mutableSpan
    for i in changes.indices {
      for k in 0..<n {
        var sum: Scalar = 0
        for j in 0..<n { sum += jacobian[i * width + columns[j]] * t[j * n + k] }
        q[k] = sum
      }
      for j in 0..<n {
        var sum: Scalar = 0
        for k in 0..<n { sum += u[j * n + k] * q[k] }
        z[j] += sum.magnitude * changes[i]
        s[j] += sum * residuals[i]
      }
    }
    (magnitudes, values) = (sizes, sums)
  }
}
