/// The 18 least-squares functions of Moré, Garbow and Hillstrom, numbered as in MINPACK's `ssqfcn`.
///
/// Source: J. J. Moré, B. S. Garbow, K. E. Hillstrom, "Testing unconstrained optimization
/// software", *ACM Transactions on Mathematical Software* 7 (1981), 17–41.
public enum MoreGarbowHillstromFunction: Int, CaseIterable, Sendable, Hashable {
  case linearFullRank = 1
  case linearRankOne
  case linearRankOneWithZeros
  case rosenbrock
  case helicalValley
  case powellSingular
  case freudensteinRoth
  case bard
  case kowalikOsborne
  case meyer
  case watson
  case box
  case jennrichSampson
  case brownDennis
  case chebyquad
  case brownAlmostLinear
  case osborne1
  case osborne2

  /// The number in MINPACK's list, 1 to 18.
  public var number: Int { rawValue }

  /// The function's customary name.
  public var name: String {
    switch self {
    case .linearFullRank: "linear, full rank"
    case .linearRankOne: "linear, rank 1"
    case .linearRankOneWithZeros: "linear, rank 1 with zero columns and rows"
    case .rosenbrock: "Rosenbrock"
    case .helicalValley: "helical valley"
    case .powellSingular: "Powell singular"
    case .freudensteinRoth: "Freudenstein and Roth"
    case .bard: "Bard"
    case .kowalikOsborne: "Kowalik and Osborne"
    case .meyer: "Meyer"
    case .watson: "Watson"
    case .box: "box 3-dimensional"
    case .jennrichSampson: "Jennrich and Sampson"
    case .brownDennis: "Brown and Dennis"
    case .chebyquad: "Chebyquad"
    case .brownAlmostLinear: "Brown almost-linear"
    case .osborne1: "Osborne 1"
    case .osborne2: "Osborne 2"
    }
  }

  /// The elementary functions that the residuals call, besides the square root. If there are none,
  /// results have the same bits on every IEEE platform.
  public var elementaryFunctions: [String] {
    switch self {
    case .helicalValley: ["atan"]
    case .meyer, .box, .jennrichSampson, .osborne1, .osborne2: ["exp"]
    case .brownDennis: ["exp", "sin", "cos"]
    default: []
    }
  }

  /// The sizes that the function is defined for.
  func allows(parameterCount n: Int, residualCount m: Int) -> Bool {
    switch self {
    case .linearFullRank, .linearRankOne, .linearRankOneWithZeros, .chebyquad: n >= 1 && m >= 1
    case .rosenbrock, .freudensteinRoth: (n, m) == (2, 2)
    case .helicalValley: (n, m) == (3, 3)
    case .powellSingular: (n, m) == (4, 4)
    case .bard: (n, m) == (3, 15)
    case .kowalikOsborne: (n, m) == (4, 11)
    case .meyer: (n, m) == (3, 16)
    case .watson: (2...31).contains(n) && m == 31
    case .box: n == 3 && m >= 1
    case .jennrichSampson: n == 2 && m >= 1
    case .brownDennis: n == 4 && m >= 1
    case .brownAlmostLinear: n >= 1 && m == n
    case .osborne1: (n, m) == (5, 33)
    case .osborne2: (n, m) == (11, 65)
    }
  }
}
