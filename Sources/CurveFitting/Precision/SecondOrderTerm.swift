import LSQScalars
import LeastSquares

/// Σ rᵢ·∇²rᵢ, the part of the Hessian of ½‖r‖² that Gauss–Newton leaves out.
///
/// Column j is the derivative of J(x)ᵀr along parameter j with r held fixed, taken by differences of the
/// exact Jacobian. In a type of b bits a forward difference keeps b/2 bits; one of fourth order, from two
/// central ones, keeps 4b/5.
///
/// - Complexity: n + 1 (forward) or 4n (fourth order) evaluations of the Jacobian.
struct SecondOrderTerm {
  /// How the differences are taken.
  enum Differences {
    /// One neighbour, where evaluations are expensive and bits are to be had.
    case forward
    /// Four neighbours, where evaluations are cheap and bits are not.
    case fourthOrder

    /// The share of a type's bits that the step takes.
    fileprivate var stepShare: Double { self == .forward ? 1 / 2 : 1 / 5 }

    /// The evaluations of the Jacobian for n parameters.
    func evaluations(parameterCount n: Int) -> Int { self == .forward ? n + 1 : 4 * n }
  }

  /// The symmetric n×n matrix, its numbers without type.
  private let elements: [BinaryReal]

  init<Scalar: LSQScalar>(
    of problem: ModelProblem<Scalar>, at x: [Scalar], _ differences: Differences
  ) throws {
    let n = x.count
    let exponent = -Int(Double(Scalar.precisionBits) * differences.stepShare)
    let relative = Scalar(sign: .plus, exponent: Scalar.Exponent(exponent), significand: 1)
    let residuals = try Sweep(of: problem, at: x).residuals
    /// J(x + t·e_j)ᵀr, and t as it came about.
    func gradient(_ j: Int, _ t: Scalar) throws -> (values: [Scalar], offset: Scalar) {
      var point = x
      point[j] += t
      let values = try Sweep(of: problem, at: point).gradient(residuals: residuals)
      return (values, point[j] - x[j])
    }
    func slope(_ j: Int, from a: Scalar, to b: Scalar) throws -> [Scalar] {
      let (low, high) = (try gradient(j, a), try gradient(j, b))
      return (0..<n).map { (high.values[$0] - low.values[$0]) / (high.offset - low.offset) }
    }
    var matrix = Matrix<Scalar>(rowCount: n, columnCount: n, repeating: 0)
    for j in 0..<n {
      let step = relative * (x[j] == 0 ? 1 : x[j].magnitude)
      var column: [Scalar]
      switch differences {
      case .forward: column = try slope(j, from: 0, to: step)
      case .fourthOrder:
        column = try slope(j, from: -step, to: step)
        let wide = try slope(j, from: -2 * step, to: 2 * step)
        for i in 0..<n { column[i] += (column[i] - wide[i]) / 3 }
      }
      for i in 0..<n { matrix[i, j] = column[i] }
    }
    elements = (0..<n * n).map { k in
      ((matrix[k / n, k % n] + matrix[k % n, k / n]) / 2).binaryReal
    }
  }

  /// The term in a scalar type.
  func matrix<Scalar: LSQScalar>(over _: Scalar.Type, parameterCount n: Int) -> Matrix<Scalar>? {
    let values = elements.map { Scalar(rounding: $0) }
    guard values.count == n * n, values.allSatisfy(\.isFinite) else { return nil }
    return Matrix(rowCount: n, columnCount: n, elements: values)
  }
}

/// Residuals and Jacobian at a point, from one evaluation of the model on every row.
struct Sweep<Scalar: LSQScalar> {
  let residuals: [Scalar]
  let jacobian: Matrix<Scalar>

  /// - Throws: what the model throws.
  init(of problem: ModelProblem<Scalar>, at x: [Scalar]) throws {
    let (m, n) = (problem.rowCount, problem.parameterCount)
    var residuals = [Scalar](repeating: 0, count: m)
    var elements = [Scalar](repeating: 0, count: m * n)
    var target = elements.mutableSpan
    for i in 0..<m {
      residuals[i] = try problem.linearization(i, x.span, &target, from: i * n)
    }
    self.residuals = residuals
    jacobian = Matrix(rowCount: m, columnCount: n, elements: elements)
  }

  var isFinite: Bool {
    residuals.allSatisfy(\.isFinite) && jacobian.elements.allSatisfy(\.isFinite)
  }

  /// Jᵀr for given residuals.
  func gradient(residuals: [Scalar]) -> [Scalar] {
    let (m, n) = (jacobian.rowCount, jacobian.columnCount)
    return (0..<n).map { j in
      Scalar.dotProduct(
        jacobian.elements.span, Lane(start: j, count: m, stride: n), residuals.span,
        Lane(count: m))
    }
  }
}
