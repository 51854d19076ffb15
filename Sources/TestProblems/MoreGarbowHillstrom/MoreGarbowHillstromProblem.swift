public import LSQScalars

/// One of the Moré–Garbow–Hillstrom functions with its numbers of parameters and residuals.
///
/// ```swift
/// let problem = try MoreGarbowHillstromProblem(.watson, parameterCount: 9, residualCount: 31)
/// let x0 = problem.start(Double.self, factor: 10)
/// let f = problem.functions(over: Double.self).residuals(at: x0)
/// ```
public struct MoreGarbowHillstromProblem: Sendable, Hashable {
  /// The function.
  public let function: MoreGarbowHillstromFunction
  /// The number n of parameters.
  public let parameterCount: Int
  /// The number m of residuals.
  public let residualCount: Int

  /// A function at a given size.
  ///
  /// - Throws: ``UnsupportedSize`` if the function is not defined for n parameters and m residuals.
  public init(
    _ function: MoreGarbowHillstromFunction, parameterCount n: Int, residualCount m: Int
  ) throws(UnsupportedSize) {
    guard function.allows(parameterCount: n, residualCount: m) else {
      throw UnsupportedSize(function: function, parameterCount: n, residualCount: m)
    }
    self.init(unchecked: function, n, m)
  }

  private init(unchecked function: MoreGarbowHillstromFunction, _ n: Int, _ m: Int) {
    self.function = function
    parameterCount = n
    residualCount = m
  }

  /// A size that a function is not defined for.
  public struct UnsupportedSize: Error, Hashable, Sendable, CustomStringConvertible {
    /// The function.
    public let function: MoreGarbowHillstromFunction
    /// The number n of parameters that was asked for.
    public let parameterCount: Int
    /// The number m of residuals that was asked for.
    public let residualCount: Int

    public var description: String {
      """
      The \(function.name) function is not defined for \(parameterCount) parameters and \
      \(residualCount) residuals; take the size from MoreGarbowHillstromProblem.standardRuns.
      """
    }
  }

  /// The starting point F·x₀, with x₀ the customary start and F the factor.
  ///
  /// Watson's customary start is the origin; for F ≠ 1 each of its components is F. A factor of 1
  /// multiplies nothing.
  public func start<Scalar: LSQScalar>(_: Scalar.Type, factor: Int = 1) -> [Scalar] {
    let start = functions(over: Scalar.self).start
    guard factor != 1 else { return start }
    if function == .watson { return Array(repeating: Scalar(factor), count: parameterCount) }
    return start.map { Scalar(factor) * $0 }
  }
}

// MARK: - The standard runs

extension MoreGarbowHillstromProblem {
  /// A problem with the factor that its start is multiplied by.
  public struct StandardRun: Sendable, Hashable {
    /// The problem.
    public let problem: MoreGarbowHillstromProblem
    /// What the customary start is multiplied by: 1, 10 or 100.
    public let startFactor: Int

    /// The name in the reference files, `p<number>-n<n>-m<m>-x<factor>`.
    public var identifier: String {
      let (n, m) = (problem.parameterCount, problem.residualCount)
      return "p\(problem.function.number)-n\(n)-m\(m)-x\(startFactor)"
    }
  }

  /// The 53 runs of MINPACK's own test drivers, in their order.
  public static let standardRuns: [StandardRun] = sizes.flatMap { function, n, m, factors in
    factors.map {
      StandardRun(problem: Self(unchecked: function, n, m), startFactor: $0)
    }
  }

  private static let sizes:
    [(function: MoreGarbowHillstromFunction, n: Int, m: Int, factors: [Int])] = [
      (.linearFullRank, 5, 10, [1]),
      (.linearFullRank, 5, 50, [1]),
      (.linearRankOne, 5, 10, [1]),
      (.linearRankOne, 5, 50, [1]),
      (.linearRankOneWithZeros, 5, 10, [1]),
      (.linearRankOneWithZeros, 5, 50, [1]),
      (.rosenbrock, 2, 2, [1, 10, 100]),
      (.helicalValley, 3, 3, [1, 10, 100]),
      (.powellSingular, 4, 4, [1, 10, 100]),
      (.freudensteinRoth, 2, 2, [1, 10, 100]),
      (.bard, 3, 15, [1, 10, 100]),
      (.kowalikOsborne, 4, 11, [1, 10, 100]),
      (.meyer, 3, 16, [1, 10]),
      (.watson, 6, 31, [1, 10, 100]),
      (.watson, 9, 31, [1, 10, 100]),
      (.watson, 12, 31, [1, 10, 100]),
      (.box, 3, 10, [1]),
      (.jennrichSampson, 2, 10, [1]),
      (.brownDennis, 4, 20, [1, 10, 100]),
      (.chebyquad, 1, 8, [1, 10, 100]),
      (.chebyquad, 8, 8, [1]),
      (.chebyquad, 9, 9, [1]),
      (.chebyquad, 10, 10, [1]),
      (.brownAlmostLinear, 10, 10, [1, 10, 100]),
      (.brownAlmostLinear, 30, 30, [1]),
      (.brownAlmostLinear, 40, 40, [1]),
      (.osborne1, 5, 33, [1]),
      (.osborne2, 11, 65, [1]),
    ]
}
