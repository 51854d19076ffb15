/// The functions that formulas may call.
@usableFromInline
enum MathFunction: String, CaseIterable, Sendable {
  case exp, log, log10, log2, sqrt, cbrt
  case sin, cos, tan, asin, acos, atan, atan2
  case sinh, cosh, tanh, asinh, acosh, atanh
  case abs, min, max, pow, erf, erfc
  case expMinusOne = "expm1"
  case logOnePlus = "log1p"

  var argumentCount: Int {
    switch self {
    case .atan2, .pow, .min, .max: 2
    default: 1
    }
  }

  /// Every name that a formula may use, with its function.
  static let spellings: [String: MathFunction] = {
    var spellings = Dictionary(uniqueKeysWithValues: allCases.map { ($0.rawValue, $0) })
    spellings["ln"] = .log
    let inverse: [Self] = [.asin, .acos, .atan, .asinh, .acosh, .atanh]
    for function in inverse { spellings["arc" + function.rawValue.dropFirst()] = function }
    return spellings
  }()

  /// The name of the constant π.
  static let pi = "pi"

  /// Whether a name is taken by a function or a constant.
  static func isReserved(_ name: String) -> Bool {
    name == pi || spellings[name].map { !$0.mayBeName } ?? false
  }

  /// Whether the name without parentheses is one that data often have, such as min for minutes.
  private var mayBeName: Bool { self == .min || self == .max }

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
