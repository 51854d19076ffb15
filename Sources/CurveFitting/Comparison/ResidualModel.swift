public import LSQScalars

/// Residuals f(x) without rows of data, generic over their number, such as those of a test function.
///
/// The formulas are written once; they then run on every scalar and on numbers with derivatives:
///
/// ```swift
/// struct Himmelblau: ResidualModel {
///   let residualCount = 2, parameterCount = 2
///
///   func function<Number: ModelNumber>(
///     over type: Number.Type
///   ) -> (Span<Number>, inout MutableSpan<Number>) throws -> Void {
///     { x, f in
///       f[0] = x[0] * x[0] + x[1] - 11
///       f[1] = x[0] + x[1] * x[1] - 7
///     }
///   }
/// }
/// let fit = try ResidualFit(Himmelblau(), start: ["4", "1"]).fit(
///   digits: 50, ladder: PrecisionLadder.scalarType(bits:))
/// ```
public protocol ResidualModel: Sendable {
  /// The number m of residuals.
  var residualCount: Int { get }
  /// The number n of parameters.
  var parameterCount: Int { get }

  /// The function over one type of number, made once per solve: it reads n parameters and writes m residuals. What it
  /// computes from constants alone counts as given, up to its own rounding: where a difference of large data loses digits,
  /// a ``Model`` with these as predictors is charged with them.
  /// It is called from one thread at a time.
  func function<Number: ModelNumber>(
    over type: Number.Type
  ) throws -> (_ x: Span<Number>, _ f: inout MutableSpan<Number>) throws -> Void
}
