public import LSQScalars

/// The residuals and the Jacobian of a problem in one scalar type.
///
/// Tables are converted once, when the value is made. Residuals and Jacobian can be passed to the solver as they are;
/// they keep the order of operations of MINPACK's test functions, so that results agree with theirs bit for bit.
public struct MoreGarbowHillstromFunctions<Scalar: LSQScalar>: Sendable {
  /// The problem that these functions belong to.
  public let problem: MoreGarbowHillstromProblem
  /// The customary starting point.
  public let start: [Scalar]
  /// Writes the m residuals at x.
  public let residuals: @Sendable (_ x: Span<Scalar>, _ f: inout MutableSpan<Scalar>) -> Void
  /// Writes the Jacobian at x, m×n, row-major.
  public let jacobian: @Sendable (_ x: Span<Scalar>, _ j: inout MutableSpan<Scalar>) -> Void
  /// Writes row i (from zero) of the Jacobian at x, the gradient of residual i.
  public let jacobianRow:
    @Sendable (_ i: Int, _ x: Span<Scalar>, _ row: inout MutableSpan<Scalar>) -> Void

  /// The function itself, generic over numbers with derivatives.
  let function: any ResidualFunction<Scalar>

  fileprivate init<F: ResidualFunction<Scalar>>(
    _ problem: MoreGarbowHillstromProblem, _ function: F
  ) {
    self.problem = problem
    self.function = function
    start = function.start
    residuals = { x, f in function.residuals(at: x, into: &f) }
    jacobian = { x, j in function.jacobian(at: x, into: &j) }
    jacobianRow = { i, x, row in function.gradient(ofResidual: i, at: x, into: &row) }
  }

  /// The m residuals at x.
  ///
  /// - Precondition: x has n values.
  public func residuals(at x: [Scalar]) -> [Scalar] {
    requireCount(of: x)
    var f = [Scalar](repeating: 0, count: problem.residualCount)
    var span = f.mutableSpan
    residuals(x.span, &span)
    return f
  }

  /// The Jacobian at x, m×n, row-major.
  ///
  /// - Precondition: x has n values.
  public func jacobian(at x: [Scalar]) -> [Scalar] {
    requireCount(of: x)
    var j = [Scalar](repeating: 0, count: problem.residualCount * problem.parameterCount)
    var span = j.mutableSpan
    jacobian(x.span, &span)
    return j
  }

  private func requireCount(of x: [Scalar]) {
    precondition(
      x.count == problem.parameterCount,
      "\(problem.function.name) has \(problem.parameterCount) parameters, not \(x.count)")
  }
}

extension MoreGarbowHillstromProblem {
  /// The problem's functions in one scalar type.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  #if (arch(i386) || arch(x86_64)) && !os(Windows) && !os(Android)
    @specialized(where Scalar == Float80)
  #endif
  public func functions<Scalar: LSQScalar>(
    over _: Scalar.Type
  ) -> MoreGarbowHillstromFunctions<Scalar> {
    let (n, m) = (parameterCount, residualCount)
    return switch function {
    case .linearFullRank: .init(self, LinearFullRank(n: n, m: m))
    case .linearRankOne: .init(self, LinearRankOne(n: n, m: m))
    case .linearRankOneWithZeros: .init(self, LinearRankOneWithZeros(n: n, m: m))
    case .rosenbrock: .init(self, Rosenbrock())
    case .helicalValley: .init(self, HelicalValley())
    case .powellSingular: .init(self, PowellSingular())
    case .freudensteinRoth: .init(self, FreudensteinRoth())
    case .bard: .init(self, Bard())
    case .kowalikOsborne: .init(self, KowalikOsborne())
    case .meyer: .init(self, Meyer())
    case .watson: .init(self, Watson(n: n))
    case .box: .init(self, Box(m: m))
    case .jennrichSampson: .init(self, JennrichSampson(m: m))
    case .brownDennis: .init(self, BrownDennis(m: m))
    case .chebyquad: .init(self, Chebyquad(n: n, m: m))
    case .brownAlmostLinear: .init(self, BrownAlmostLinear(n: n))
    case .osborne1: .init(self, Osborne1())
    case .osborne2: .init(self, Osborne2())
    }
  }
}
