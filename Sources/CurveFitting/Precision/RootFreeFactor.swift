import LSQScalars
import LeastSquares

/// A symmetric positive definite matrix as L·D·Lᵀ, with a unit lower triangle L and a diagonal D.
///
/// It contains no roots, so that all arithmetic is steps on lanes, which the scalar's kernel takes in one call: code
/// that is not specialised for a wide type spends more on a call than a short product takes.
///
/// Source: G. H. Golub, C. F. Van Loan, *Matrix Computations*, 4th ed. (Johns Hopkins, 2013), section 4.1.2.
struct RootFreeFactor<Scalar: LSQScalar> {
  private let order: Int
  /// L below the diagonal and D·Lᵀ from it on, row by row; the reciprocals of D; room for three columns; and 1.
  private let cells: [Scalar]

  /// Factorises an n×n matrix, of which the lower triangle is not read; nil where it is not positive definite in this
  /// type.
  ///
  /// - Complexity: O(n³).
  init?(_ a: Matrix<Scalar>) {
    let n = a.rowCount
    order = n
    let one = n * (n + 4)
    var cells = [Scalar](repeating: 0, count: one + 1)
    cells[one] = 1
    var elements = cells.mutableSpan
    Scalar.copy(a.elements.span, Lane(count: n * n), to: &elements, Lane(count: n * n))
    var steps: [LaneStep] = []
    steps.reserveCapacity(n * (n + 3) / 2)
    for k in 0..<n {
      steps.append(
        LaneStep(.divide, Self.one(one), Self.one(k * n + k), into: Self.one(n * n + k)))
      let below = n - k - 1
      let left = Lane(start: (k + 1) * n + k, count: below, stride: n)
      steps.append(
        LaneStep(
          .multiply, Lane(start: k * n + k + 1, count: below), Self.repeated(n * n + k, below),
          into: left))
      for i in (k + 1)..<n {
        steps.append(
          LaneStep(
            .subtractProduct, Self.repeated(i * n + k, n - i), Lane(start: k * n + i, count: n - i),
            into: Lane(start: i * n + i, count: n - i)))
      }
    }
    Self.take(steps, in: &cells)
    for k in 0..<n where !(cells[k * n + k] > 0 && cells[n * n + k].isFinite) { return nil }
    self.cells = cells
  }

  /// A⁻¹·b.
  ///
  /// - Complexity: O(n²).
  func solved(_ b: [Scalar]) -> [Scalar] {
    let n = order
    let x = n * (n + 1)
    var cells = cells
    for i in 0..<n { cells[x + i] = b[i] }
    var steps: [LaneStep] = []
    steps.reserveCapacity(2 * n + 1)
    for k in 0..<n {
      let below = n - k - 1
      steps.append(
        LaneStep(
          .subtractProduct, Lane(start: (k + 1) * n + k, count: below, stride: n),
          Self.repeated(x + k, below), into: Lane(start: x + k + 1, count: below)))
    }
    let all = Lane(start: x, count: n)
    steps.append(LaneStep(.multiply, all, Lane(start: n * n, count: n), into: all))
    for k in (0..<n).reversed() {
      steps.append(
        LaneStep(
          .subtractProduct, Lane(start: k * n, count: k), Self.repeated(x + k, k),
          into: Lane(start: x, count: k)))
    }
    Self.take(steps, in: &cells)
    return Array(cells[x..<x + n])
  }

  /// The diagonal of A⁻¹,
  ///
  ///     (A⁻¹)_jj = Σ_k w_kj²/d_k,   W = L⁻¹.
  ///
  /// - Complexity: O(n³).
  var inverseDiagonal: [Scalar] {
    let n = order
    let reciprocals = n * n
    let (column, squares, result) = (reciprocals + n, reciprocals + 2 * n, reciprocals + 3 * n)
    var cells = cells
    var steps: [LaneStep] = []
    steps.reserveCapacity(n * (n + 7) / 2)
    for j in 0..<n {
      let below = n - j - 1
      let w = Lane(start: column + j + 1, count: below)
      let l = Lane(start: (j + 1) * n + j, count: below, stride: n)
      steps.append(LaneStep(.negate, l, l, into: w))
      for k in (j + 1)..<n {
        let rest = n - k - 1
        steps.append(
          LaneStep(
            .subtractProduct, Lane(start: (k + 1) * n + k, count: rest, stride: n),
            Self.repeated(column + k, rest), into: Lane(start: column + k + 1, count: rest)))
      }
      let (first, sum) = (Self.one(reciprocals + j), Self.repeated(result + j, below))
      steps.append(LaneStep(.copy, first, first, into: Self.one(result + j)))
      let square = Lane(start: squares + j + 1, count: below)
      steps.append(LaneStep(.multiply, w, w, into: square))
      steps.append(
        LaneStep(.addProduct, square, Lane(start: reciprocals + j + 1, count: below), into: sum))
    }
    Self.take(steps, in: &cells)
    return Array(cells[result..<result + n])
  }

  private static func one(_ place: Int) -> Lane { Lane(start: place, count: 1) }

  private static func repeated(_ place: Int, _ count: Int) -> Lane {
    Lane(start: place, count: count, stride: 0)
  }

  private static func take(_ steps: [LaneStep], in cells: inout [Scalar]) {
    var target = cells.mutableSpan
    Scalar.apply(steps.span, in: &target)
  }
}
