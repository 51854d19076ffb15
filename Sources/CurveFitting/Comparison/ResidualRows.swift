import LSQScalars

/// Residuals as a model whose predictor is the index of a residual, so that everything made for models, above all the
/// climb to any number of digits, works for them as well.
///
/// Rows are asked for one after the other. What was computed at a point is kept for the rows to come, and
/// where derivatives take several passes, for each of them.
struct ResidualRows: PreparedModel {
  let residuals: any ResidualModel

  func value<Number: ModelNumber>(_ b: Span<Number>, at x: Span<Number>) throws -> Number {
    try evaluator(over: Number.self)(b, x)
  }

  func evaluator<Number: ModelNumber>(
    over type: Number.Type
  ) throws -> (Span<Number>, Span<Number>) throws -> Number {
    let memory = try ResidualMemory(residuals.function(over: type), count: residuals.residualCount)
    return { try memory.residual($1[0].realPart, at: $0) }
  }
}

/// Residuals at the last points.
private final class ResidualMemory<Number: ModelNumber> {
  private typealias Point = (parameters: [Number], residuals: [Number])

  private let function: (Span<Number>, inout MutableSpan<Number>) throws -> Void
  /// The predictors of the rows.
  private let rows: [Number.Scalar]
  /// The row that was asked for last.
  private var row = 0
  private var points: [Point] = []
  /// The point that was asked for last.
  private var last = 0
  /// The one to be replaced first.
  private var oldest = 0

  /// The number of points kept for n parameters: several even where one pass is enough, since values beside a point are
  /// asked for as well.
  private static func capacity(parameterCount n: Int) -> Int {
    max(24, SecondOrderFunction<Number.Scalar>.passCount(parameterCount: n))
  }

  init(
    _ function: @escaping (Span<Number>, inout MutableSpan<Number>) throws -> Void, count: Int
  ) {
    self.function = function
    rows = (0..<count).map { Number.Scalar($0) }
  }

  func residual(_ index: Number.Scalar, at x: Span<Number>) throws -> Number {
    // The same row, in another pass, or the next one.
    if rows[row] != index { row = row + 1 < rows.count ? row + 1 : 0 }
    if rows[row] != index { row = rows.firstIndex(of: index) ?? 0 }
    let next = last + 1 < points.count ? last + 1 : 0
    if let known = [last, next].first(where: { isPoint($0, x) })
      ?? points.indices.first(where: { isPoint($0, x) })
    {
      last = known
      return points[known].residuals[row]
    }
    var residuals = [Number](repeating: 0, count: rows.count)
    var target = residuals.mutableSpan
    try function(x, &target)
    let point = (x.indices.map { x[$0] }, residuals)
    if points.count < Self.capacity(parameterCount: x.count) {
      points.append(point)
      last = points.count - 1
    } else {
      points[oldest] = point
      last = oldest
      oldest = (oldest + 1) % points.count
    }
    return residuals[row]
  }

  private func isPoint(_ k: Int, _ x: Span<Number>) -> Bool {
    guard k < points.count else { return false }
    for j in x.indices where points[k].parameters[j] != x[j] { return false }
    return true
  }
}
