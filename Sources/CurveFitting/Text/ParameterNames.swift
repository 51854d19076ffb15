extension [Int] {
  /// Parameters, counted from zero, by their names; b1, b2, … for those without.
  func listed(from names: [String]?) -> String {
    map { String.parameterName($0, among: names) }.joined(separator: ", ")
  }
}

extension String {
  /// The name of a parameter, counted from zero; b1, b2, … for those without.
  static func parameterName(_ j: Int, among names: [String]?) -> String {
    if let names, names.indices.contains(j) { names[j] } else { "b\(j + 1)" }
  }
}
