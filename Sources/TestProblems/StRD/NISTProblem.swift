import CurveFitting

/// The 27 nonlinear regression problems of NIST's Statistical Reference Datasets.
///
/// ```swift
/// let problem = try NISTProblem.named("Misra1a")
/// let start = try problem.start(1, as: Double.self)
/// ```
public enum NISTProblem: Sendable {
  /// The names, in NIST's order: by level of difficulty.
  public static let names = NISTData.files.map(\.name)

  /// The problem of the given name, in upper or lower case.
  ///
  /// - Throws: ``UnknownNISTProblem`` with the names that come near.
  public static func named(_ name: String) throws -> StRDFile {
    try StRDFile(text(of: name))
  }

  /// The text of a problem's `.dat` file.
  ///
  /// - Throws: ``UnknownNISTProblem`` with the names that come near.
  public static func text(of name: String) throws(UnknownNISTProblem) -> String {
    let key = name.lowercased()
    guard let file = NISTData.files.first(where: { $0.name.lowercased() == key }) else {
      throw UnknownNISTProblem(name: name)
    }
    return file.text
  }
}

/// A name that none of NIST's nonlinear regression problems has.
public struct UnknownNISTProblem: Error, Hashable, Sendable, CustomStringConvertible {
  /// The name that was asked for.
  public let name: String

  /// Similar names: those that begin alike or differ in at most two letters.
  public var nearNames: [String] {
    let key = name.lowercased()
    let near = NISTProblem.names.filter { candidate in
      let other = candidate.lowercased()
      let stem = other.prefix { !$0.isNumber }
      return (key.count >= 3 && (other.hasPrefix(key) || key.hasPrefix(stem)))
        || key.editDistance(to: other) <= 2
    }
    return near.sorted {
      key.editDistance(to: $0.lowercased()) < key.editDistance(to: $1.lowercased())
    }
  }

  public var description: String {
    "NIST has no nonlinear regression problem “\(name)”; "
      + NISTProblem.names.remedy(near: nearNames, called: "problems")
  }
}
