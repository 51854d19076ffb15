import Foundation

/// The tables of Documentation/CertifiedValues.md, by problem and name: b1, sd(b1), SSR, RSD.
func certifiedValues() throws -> [String: [String: String]] {
  let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  let text = try String(
    contentsOf: package.appendingPathComponent("Documentation/CertifiedValues.md"),
    encoding: .utf8)
  var values: [String: [String: String]] = [:]
  var problem = ""
  for line in text.split(separator: "\n") {
    if line.hasPrefix("### ") { problem = String(line.dropFirst(4)) }
    let cells = line.split(separator: "|").map { $0.split(separator: " ").joined(separator: " ") }
    guard cells.count == 2, cells[1].hasPrefix("`") else { continue }
    values[problem, default: [:]][cells[0]] = cells[1].replacing("`", with: "")
  }
  return values
}
