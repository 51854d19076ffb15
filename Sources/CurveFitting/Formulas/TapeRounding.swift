import LSQScalars
import LeastSquares

/// How much rounding can change the value of a tape, in units of the type's ε: row by row
///
///     Σ_k |z̄_k·z_k|,   z̄_k = ∂f/∂z_k
///
/// over everything that a value is computed from: parameters, predictors, constants and the results of all steps. A
/// relative error ε of each of them, from its rounding or from that of the decimal it was read from, changes the value by
/// no more than ε times this. One sweep backward tells, with adjoints for what is no parameter as well.
///
/// - Complexity: O(steps) per row, like a gradient.
///
/// Source: A. Griewank, A. Walther, *Evaluating Derivatives*, 2nd ed. (SIAM, 2008), section 3.4; F. Bauer,
/// *Computational graphs and rounding error*, SIAM J. Numer. Anal. 11 (1974).
struct TapeRounding<Scalar: LSQScalar> {
  /// A sum per row; infinite or NaN where a value or an adjoint is.
  private(set) var sizes: [Scalar]

  init(of tape: ModelTape<Scalar>, _ data: ModelRows<Scalar>, at b: [Scalar]) {
    let plan = tape.plan.withAllAdjoints
    let m = data.response.count
    sizes = Array(repeating: 0, count: m)
    var sheet = TapeSheet(
      ModelTape(plan: plan, constants: tape.constants),
      height: TapeRows<Scalar>.blockHeight(of: plan, rowCount: m, withCurvature: false))
    sheet.begin(b.span, withSlopes: true)
    for start in stride(from: 0, to: m, by: sheet.height) {
      let block = start..<min(start + sheet.height, m)
      sheet.differentiate(block, of: data)
      sheet.perform()
      for value in plan.supports.indices {
        var target = sizes.mutableSpan
        addMagnitudes(
          sheet.cells.span, sheet.gradientLane(value), sheet.lane(value), to: &target,
          from: block.lowerBound)
      }
    }
  }
}

/// zᵢ += |xᵢ·yᵢ|, where z begins at an index.
@specialized(where Scalar == Double)
@specialized(where Scalar == Float)
#if (arch(i386) || arch(x86_64)) && !os(Windows) && !os(Android)
  @specialized(where Scalar == Float80)
#endif
private func addMagnitudes<Scalar: LSQScalar>(
  _ cells: Span<Scalar>, _ x: Lane, _ y: Lane, to z: inout MutableSpan<Scalar>, from start: Int
) {
  for i in 0..<x.count { z[start + i] += (cells[x[i]] * cells[y[i]]).magnitude }
}

extension FormulaModel {
  /// Whether there are steps between the inputs and the value: a column alone has none.
  package var isComputed: Bool { !tape.instructions.isEmpty }

  /// How much rounding can change the values of a formula without parameters, in units of the type's ε: where it
  /// is not computed their magnitudes.
  ///
  /// - Parameter predictors: row by row.
  /// - Throws: ``FormulaError`` for a constant beyond the range of the scalar.
  package func roundingSizes<Scalar: LSQScalar>(
    predictors: [Scalar], rowCount: Int
  ) throws(FormulaError) -> [Scalar] {
    let data = ModelRows(
      predictors: predictors, predictorCount: self.predictors.count,
      response: Array(repeating: 0, count: rowCount), sigma: nil)
    return TapeRounding(of: try ModelTape(self), data, at: []).sizes
  }
}
