import CGauges
import LeastSquares

/// A line of JSON: what was run, how long it took, what came out.
struct ResultLine {
  private var fields: [String] = []

  mutating func add(_ key: String, text value: String) { add(key, raw: "\"\(value)\"") }

  mutating func add(_ key: String, _ value: Int) { add(key, raw: "\(value)") }

  /// JSON has no numbers that are not finite.
  mutating func add<Scalar: LSQScalar>(_ key: String, _ value: Scalar) {
    add(key, raw: Self.json(value))
  }

  /// At most twelve of the parameters.
  mutating func add<Scalar: LSQScalar>(_ key: String, _ values: [Scalar]) {
    var items = values.prefix(12).map(Self.json)
    if values.count > 12 { items.append("null") }
    add(key, raw: "[" + items.joined(separator: ", ") + "]")
  }

  mutating func add(_ timing: Timing) {
    add("seconds_per_fit", timing.wall)
    add("seconds_best", timing.best)
    add("cpu_seconds", timing.cpu)
    add("fn_seconds", timing.beside)
    add("overhead", timing.ratio)
    add("repeats", timing.repeats)
    add("inner", timing.inner)
  }

  mutating func add(_ key: String, raw value: String) { fields.append("\"\(key)\": \(value)") }

  private static func json<Scalar: LSQScalar>(_ value: Scalar) -> String {
    value.isFinite ? "\(value)" : "null"
  }

  /// The line, with the round of the harness that runs this program.
  var text: String {
    let round = gauge_environment("PEERS_ROUND").map { ["\"round\": " + String(cString: $0)] } ?? []
    return "{" + (fields + round).joined(separator: ", ") + "}"
  }
}
