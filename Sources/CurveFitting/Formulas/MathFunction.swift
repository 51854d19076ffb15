/// The functions that formulas may call, and others that only models in Swift call.
@usableFromInline
enum MathFunction: String, CaseIterable, Sendable {
  case exp, log, log10, log2, sqrt, cbrt
  case sin, cos, tan, asin, acos, atan, atan2
  case sinh, cosh, tanh
  case abs, pow, erf
  // No formula knows these names.
  case expMinusOne, logOnePlus, asinh, acosh, atanh

  private static let unknownToFormulas: Set<Self> = [
    .expMinusOne, .logOnePlus, .asinh, .acosh, .atanh,
  ]

  var argumentCount: Int {
    switch self {
    case .atan2, .pow: 2
    default: 1
    }
  }

  /// Every name that a formula may use, with its function.
  static let spellings: [String: MathFunction] = {
    var spellings = Dictionary(
      uniqueKeysWithValues: allCases.filter { !unknownToFormulas.contains($0) }.map {
        ($0.rawValue, $0)
      })
    spellings["ln"] = .log
    spellings["arctan"] = .atan
    spellings["arcsin"] = .asin
    spellings["arccos"] = .acos
    return spellings
  }()

  /// The name of the constant π.
  static let pi = "pi"

  /// Whether a name is taken by a function or a constant.
  static func isReserved(_ name: String) -> Bool { name == pi || spellings[name] != nil }

  /// The known name that a misspelt one probably meant, if any is near.
  static func nearest(to name: String) -> String? {
    let lowercased = name.lowercased()
    if spellings[lowercased] != nil { return lowercased }
    guard name.count >= 3, name.count <= 10 else { return nil }
    let candidates = spellings.keys.sorted().map {
      (name: $0, edits: $0.editDistance(to: lowercased))
    }
    guard let best = candidates.min(by: { $0.edits < $1.edits }), best.edits <= 1 else {
      return nil
    }
    return best.name
  }
}
