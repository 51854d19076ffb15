import LSQScalars
import LeastSquares

/// How much rounding can change the value of a tape, in units of the type's ε: row by row
///
///     Σ_k |z̄_k·z_k|,   z̄_k = ∂f/∂z_k
///
/// over everything that a value is computed from: parameters, predictors, constants and the results of all steps that
/// round. A relative error ε of each of them, from its rounding or from that of the decimal it was read from, changes the
/// value by no more than ε times this. The result of a step counts for no less than the least normal number, since
/// what underflows loses all of its digits. One backward sweep yields it, with adjoints for values that are not
/// parameters as well.
///
/// A derivative says nothing about the effect of an error as large as the number itself, as in exp(−(x − c)²) where
/// x − c is rounded to zero. So rows in which the result of a step keeps fewer than ten bits of what it was computed
/// from, unless it is a whole number that results from whole numbers without rounding, and rows in which `min` or `max`
/// picks one of two numbers that agree to ten bits, so that an error could pick the other, are evaluated with every number
/// displaced by ε, up or down according to a bit of its index, for every bit and both ways round, so that any two are
/// displaced against each other. A change beyond what slopes and rounding explain counts 16 times, since slopes change as
/// much, and as all of the value where it exceeds half of the digits.
///
/// - Complexity: O(steps) per row, like a gradient, and O(steps·log(steps)) for rows with such a step.
///
/// Source: A. Griewank, A. Walther, *Evaluating Derivatives*, 2nd ed. (SIAM, 2008), section 3.4; F. Bauer,
/// *Computational graphs and rounding error*, SIAM J. Numer. Anal. 11 (1974).
struct TapeRounding<Scalar: LSQScalar> {
  /// A size per row; infinite or NaN where a value or an adjoint is.
  private(set) var sizes: [Scalar]
  /// The range of the binary exponents of all those numbers, without those that change no value, relative to its σ, by 2⁻⁶⁴
  /// of the largest sum or response: a type that does not hold them computes something else.
  private(set) var exponents: ClosedRange<Int>?
  /// Whether in some row the result of a step may be nothing but rounding.
  var isBlurred: Bool { !blurred.isEmpty }
  private var blurred: [Blurred]

  /// - Parameters:
  ///   - areWholesExact: whether whole numbers in the data are exactly what was meant.
  ///   - crew: shares the rows.
  init(
    of tape: ModelTape<Scalar>, _ data: ModelRows<Scalar>, at b: [Scalar],
    areWholesExact: Bool = true, by crew: Crew = .alone
  ) {
    let plan = tape.plan.withAllAdjoints
    let m = data.response.count
    let height = TapeRows<Scalar>.blockHeight(of: plan, rowCount: m, withCurvature: false)
    let blocks = (0..<m).pieces(of: height)
    let own = ModelTape(plan: plan, constants: tape.constants)
    let areWholesExact = areWholesExact && !tape.hasRoundedWholes
    let responses = data.response.indices.map { data.response[$0].magnitude / data.deviation($0) }
    let largest = responses.reduce(0) { max($0, $1) }
    let parts = crew.map(blocks.count) {
      var sheet = TapeSheet(own, height: height)
      sheet.begin(b.span, withSlopes: true)
      return sheet
    } body: { k, sheet in
      Part(blocks[k], of: data, on: &sheet, areWholesExact, beside: largest)
    }
    sizes = parts.flatMap(\.sizes)
    exponents = parts.compactMap(\.exponents).hull
    blurred = parts.flatMap(\.blurred)
    if !blurred.isEmpty { displace(tape, data, at: b) }
  }

  /// A row, the value there, the sum, and the change that slopes and rounding explain where all numbers are displaced.
  private typealias Blurred = (row: Int, value: Scalar, size: Scalar, explained: Scalar)

  /// A block of rows.
  private struct Part: Sendable {
    var sizes: [Scalar]
    var exponents: ClosedRange<Int>?
    var blurred: [Blurred]

    init(
      _ block: Range<Int>, of data: ModelRows<Scalar>, on sheet: inout TapeSheet<Scalar>,
      _ areWholesExact: Bool, beside response: Scalar
    ) {
      sheet.differentiate(block, of: data)
      sheet.perform()
      let plan = sheet.plan
      var sums = [Scalar](repeating: 0, count: block.count)
      for value in 0..<plan.firstStep { Self.add(value, times: value, on: sheet, to: &sums) }
      for (k, step) in plan.steps.enumerated() where !step.operation.isExact {
        let value = plan.firstStep + k
        Self.add(value, times: value, atLeast: .leastNormalMagnitude, on: sheet, to: &sums)
      }
      sizes = sums
      let sigmas = block.map { data.deviation($0) }
      let largest = zip(sums, sigmas).reduce(response) { max($0, $1.0 / $1.1) }
      let limits = sigmas.map { largest * $0 }
      let ranges = (0..<plan.firstStep + plan.steps.count).map { value in
        exponentRange(
          of: sheet.cells.span, sheet.lane(value), times: sheet.gradientLane(value),
          beside: limits.span)
      }
      exponents = ranges.compactMap(\.self).hull
      let rows = blurredRows(of: sheet, areWholesExact)
      if rows.isEmpty {
        blurred = []
        return
      }
      // Displaced numbers are rounded anew, and sums are moved by a part of an operand as well.
      var explained = sums.map { 2 * $0 }
      for (k, step) in plan.steps.enumerated() where step.operation.isSum {
        Self.add(plan.firstStep + k, times: step.left, on: sheet, to: &explained)
      }
      let (cells, first, values) = (sheet.cells, block.lowerBound, sheet.lane(plan.result))
      blurred = rows.map { (first + $0, cells[values[$0]], sums[$0], explained[$0]) }
    }

    /// Adds |z̄·w| for the adjoint of a value and the numbers of another one, which count for no less than `least`.
    private static func add(
      _ value: Int, times other: Int, atLeast least: Scalar = 0, on sheet: TapeSheet<Scalar>,
      to sums: inout [Scalar]
    ) {
      var target = sums.mutableSpan
      addMagnitudes(
        sheet.cells.span, sheet.gradientLane(value), sheet.lane(other), atLeast: least, to: &target)
    }
  }

  /// Evaluates blurred rows with displaced numbers.
  private mutating func displace(
    _ tape: ModelTape<Scalar>, _ data: ModelRows<Scalar>, at b: [Scalar]
  ) {
    let rows = ModelRows(
      predictors: blurred.flatMap { Array(data.predictors[data.range($0.row)]) },
      predictorCount: data.predictorCount, response: blurred.map(\.value), sigma: nil)
    let bits = Int.bitWidth - (tape.plan.firstStep + tape.plan.steps.count).leadingZeroBitCount
    let height = TapeRows<Scalar>.blockHeight(
      of: tape.plan, rowCount: blurred.count, withCurvature: false)
    for isReversed in [false, true] {
      for bit in 0..<bits {
        var sheet = TapeSheet(tape, height: height)
        sheet.displacement = (bit, isReversed)
        sheet.begin(b.span, withSlopes: false)
        for block in blurred.indices.pieces(of: height) {
          sheet.evaluate(block, of: rows, withSlopes: false)
          sheet.perform()
          for (k, place) in block.enumerated() {
            take(change: sheet.cells[sheet.residualLane[k]], of: blurred[place])
          }
        }
      }
    }
  }

  private mutating func take(change: Scalar, of place: Blurred) {
    // Outside the domain of the model nothing is known; an infinity leaves no digit.
    if change.isNaN { return }
    let value = place.value.magnitude / .ulpOfOne
    // What is beyond the range would not count at all.
    let size = min(change.magnitude / .ulpOfOne, .greatestFiniteMagnitude / 32)
    let excess = change.isFinite ? size - place.explained : value
    guard excess > 0 else { return }
    // A change of more than half of the digits may be one of all.
    let least = excess > value * Scalar.ulpOfOne.squareRoot() ? value : 0
    sizes[place.row] = max(sizes[place.row], place.size + max(16 * excess, least))
  }
}

/// The rows of a sheet in which the result of some step is less than 2¹⁰·ε of what it was computed from, and rounded.
private func blurredRows<Scalar: LSQScalar>(
  of sheet: TapeSheet<Scalar>, _ areWholesExact: Bool
) -> [Int] {
  var exact: [Int: [Bool]] = [:]
  let rows = cancellations(in: sheet).filter { row, value in
    let known = exact[row] ?? exactValues(in: row, of: sheet, areWholesExact)
    exact[row] = known
    return !known[value]
  }
  return Set(rows.map(\.row)).sorted()
}

/// The values of steps that are less than 2¹⁰·ε of what they were computed from, or picked from two that nearly agree,
/// by their rows.
@specialized(where Scalar == Double)
@specialized(where Scalar == Float)
#if (arch(i386) || arch(x86_64)) && !os(Windows) && !os(Android)
  @specialized(where Scalar == Float80)
#endif
private func cancellations<Scalar: LSQScalar>(
  in sheet: TapeSheet<Scalar>
) -> [(row: Int, value: Int)] {
  let plan = sheet.plan
  let unit = Scalar(1024) * Scalar.ulpOfOne
  var found: [(row: Int, value: Int)] = []
  let cells = sheet.cells.span
  for (k, step) in plan.steps.enumerated() {
    let value = plan.firstStep + k
    let (x, z) = (sheet.lane(step.left), sheet.lane(value))
    switch step.operation {
    case .multiply, .divide, .negate: continue
    case .add, .subtract:
      let y = sheet.lane(step.right)
      for i in 0..<z.count {
        let size = cells[x[i]].magnitude + cells[y[i]].magnitude
        if unit * size > cells[z[i]].magnitude { found.append((i, value)) }
      }
    case .call(.min), .call(.max):
      let y = sheet.lane(step.right)
      for i in 0..<z.count {
        let (first, second) = (cells[x[i]], cells[y[i]])
        let distance = (first - second).magnitude
        if 1024 * distance < first.magnitude + second.magnitude { found.append((i, value)) }
      }
    case .power, .integerPower, .root, .call:
      let slope = sheet.slopeLane(k, 0)
      for i in 0..<z.count {
        let size = (cells[slope[i]] * cells[x[i]]).magnitude
        if unit * size > cells[z[i]].magnitude { found.append((i, value)) }
      }
    }
  }
  return found
}

/// For every value, whether in a row it is a whole number that results, without rounding in any type, from whole
/// numbers of the data and the formula, or from zero alone, like 1 − exp(−b·x) at x = 0.
private func exactValues<Scalar: LSQScalar>(
  in row: Int, of sheet: TapeSheet<Scalar>, _ areWholesExact: Bool
) -> [Bool] {
  let plan = sheet.plan
  func number(_ value: Int) -> Scalar { sheet.cells[sheet.lane(value)[row]] }
  var exact = (0..<plan.firstStep).map {
    $0 >= plan.parameterCount && (areWholesExact ? number($0).isPlainlyWhole : number($0) == 0)
  }
  for (k, step) in plan.steps.enumerated() {
    func isZero(_ value: Int) -> Bool { exact[value] && number(value) == 0 }
    let areExact = exact[step.left] && (!step.hasRight || exact[step.right])
    let isWholeOfWhole = areExact && number(plan.firstStep + k).isPlainlyWhole
    switch step.operation {
    case .add, .subtract, .negate, .integerPower, .call(.min), .call(.max):
      exact.append(isWholeOfWhole)
    case .multiply: exact.append(isWholeOfWhole || isZero(step.left) || isZero(step.right))
    case .divide: exact.append(isZero(step.left))
    case .power, .root, .call:
      let x = number(step.left)
      exact.append(isWholeOfWhole && (x == 0 || x == 1))
    }
  }
  return exact
}

extension LSQScalar {
  /// Whether this is a whole number with ten bits to spare, so that it is not a result that was rounded to one.
  var isPlainlyWhole: Bool {
    self == rounded() && magnitude < 1 / (Self(1024) * Self.ulpOfOne)
  }
}

/// zᵢ += |xᵢ|·max(|yᵢ|, least).
@specialized(where Scalar == Double)
@specialized(where Scalar == Float)
#if (arch(i386) || arch(x86_64)) && !os(Windows) && !os(Android)
  @specialized(where Scalar == Float80)
#endif
private func addMagnitudes<Scalar: LSQScalar>(
  _ cells: Span<Scalar>, _ x: Lane, _ y: Lane, atLeast least: Scalar,
  to z: inout MutableSpan<Scalar>
) {
  for i in 0..<x.count {
    let size = cells[y[i]].magnitude
    z[i] += (cells[x[i]] * (size < least ? least : size)).magnitude
  }
}

/// The range of the exponents of numbers yᵢ with |xᵢ·yᵢ| ≥ 2⁻⁶⁴·zᵢ; nil where there are none.
@specialized(where Scalar == Double)
@specialized(where Scalar == Float)
#if (arch(i386) || arch(x86_64)) && !os(Windows) && !os(Android)
  @specialized(where Scalar == Float80)
#endif
private func exponentRange<Scalar: LSQScalar>(
  of cells: Span<Scalar>, _ y: Lane, times x: Lane, beside z: Span<Scalar>
) -> ClosedRange<Int>? {
  let scale = Scalar(sign: .plus, exponent: 64, significand: 1)
  var range: ClosedRange<Int>?
  for i in 0..<x.count {
    let number = cells[y[i]]
    guard number != 0, number.isFinite, scale * (cells[x[i]] * number).magnitude >= z[i] else {
      continue
    }
    let exponent = Int(number.exponent)
    let known = range ?? exponent...exponent
    range = min(known.lowerBound, exponent)...max(known.upperBound, exponent)
  }
  return range
}

extension Sequence<ClosedRange<Int>> {
  /// The least range that contains all; nil where there are none.
  var hull: ClosedRange<Int>? {
    guard let least = map(\.lowerBound).min(), let largest = map(\.upperBound).max() else {
      return nil
    }
    return least...largest
  }
}

extension ModelProblem {
  /// Records how much rounding can change responses that a formula without parameters computed from columns of a table.
  ///
  /// - Throws: ``DataTableError`` for the columns, ``FormulaError`` for a constant beyond the range of the scalar.
  package func takeRounding(of response: FormulaModel, from table: DataTable) throws {
    // For a plain column the magnitudes say it.
    guard !response.tape.instructions.isEmpty else { return }
    responseSizes = try response.rounding(
      from: table, table.rows(of: response.predictors, as: Scalar.self))
  }
}
