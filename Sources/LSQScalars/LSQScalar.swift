public import RealModule

/// A real number that a least-squares problem can be solved in.
///
/// Everything the solver needs to know about a type follows from its conformance: machine epsilon is
/// `ulpOfOne` (MINPACK: epsmch), the smallest normal number `leastNormalMagnitude` (MINPACK: dwarf).
///
/// To use a number type of your own, conform it to `Real`, `LosslessStringConvertible` and
/// `ExpressibleByFloatLiteral`, and add `erf`, `log2` and the like if it lacks them. The kernels below
/// all have defaults.
///
/// ## Kernels and their law
///
/// The inner loops of the solver are static requirements. Each states the roundings that it makes and
/// their order. An override makes the same roundings in the same order, so that it returns the same
/// bits; it may only save temporaries or work on independent elements side by side. It forms no fused
/// multiply-add and splits no sum.
///
/// Kernels address flat buffers through ``Lane``s. Two lanes of one buffer do not overlap unless a
/// kernel says so.
public protocol LSQScalar: Real, ModelNumber, LosslessStringConvertible where Scalar == Self {
  /// The number of significant bits of the type: 24 of `Float`, 53 of `Double`, 64 of `Float80`, `bits`
  /// of `MPFloat`. By default it follows from `ulpOfOne`.
  static var precisionBits: Int { get }

  /// The number without its type, exactly. The default finds it by arithmetic, bit by bit.
  var binaryReal: BinaryReal { get }

  /// A number of another type, rounded once, to nearest, ties to even.
  init(rounding number: BinaryReal)

  /// Numbers of another type, each converted as by ``init(rounding:)``.
  static func rounded<Source: LSQScalar>(_ numbers: [Source]) -> [Self]

  /// The Euclidean norm, free of harmful overflow and underflow (MINPACK: enorm).
  ///
  /// Use ``EuclideanNorm``, which carries the two thresholds.
  ///
  /// *Law:* component by component, as in the default; ``EuclideanNorm`` states the formula.
  static func euclideanNorm(_ v: Span<Self>, _ lane: Lane, small: Self, large: Self) -> Self

  /// The numbers next to 3.834e-20 and 1.304e19, between which enorm squares components without
  /// scaling (MINPACK: rdwarf, rgiant).
  static var normThresholds: (small: Self, large: Self) { get }

  /// The Euclidean norms of all columns of a row-major matrix.
  ///
  /// *Law:* per column that of `euclideanNorm`. Columns may be processed side by side.
  /// - Precondition: `norms` has room for `columnCount` numbers.
  static func columnNorms(
    ofRowMajor matrix: Span<Self>, rowCount: Int, columnCount: Int, small: Self, large: Self,
    into norms: inout MutableSpan<Self>)

  /// The inner product Σ xᵢ·yᵢ.
  ///
  /// *Law:* the sum starts at zero and runs upward; two roundings per term.
  /// - Precondition: both lanes have the same count.
  static func dotProduct(_ x: Span<Self>, _ xLane: Lane, _ y: Span<Self>, _ yLane: Lane) -> Self

  /// Sets yᵢ = yᵢ + factor·xᵢ, for buffers of their own.
  ///
  /// *Law:* two roundings per element.
  /// - Precondition: both lanes have the same count.
  static func addScaled(
    _ factor: Self, _ x: Span<Self>, _ xLane: Lane, to y: inout MutableSpan<Self>, _ yLane: Lane)

  /// Sets yᵢ = yᵢ + factor·xᵢ for two lanes of one buffer.
  ///
  /// *Law:* two roundings per element.
  /// - Precondition: both lanes have the same count and share no element.
  static func addScaled(
    _ factor: Self, _ xLane: Lane, to yLane: Lane, in buffer: inout MutableSpan<Self>)

  /// Sets zᵢ from xᵢ and yᵢ by an operation, for lanes of one buffer.
  ///
  /// *Law:* one rounding per element; two where a product is added, the product's first. Exponentials are those of
  /// `exp`. Elements are taken in rising order, so that products add up where z is one element over and over.
  /// - Precondition: all lanes have the same count. z shares no element with x and y, but may be x itself
  ///   where no product is added.
  static func apply(
    _ operation: LaneOperation, _ x: Lane, _ y: Lane, into z: Lane,
    in buffer: inout MutableSpan<Self>)

  /// Takes steps one after another. One call for many steps makes code cheap that does not know the type
  /// when it is compiled.
  ///
  /// *Law:* that of `apply` for one step, in their order.
  /// - Precondition: that of `apply` for every step.
  static func apply(_ steps: Span<LaneStep>, in buffer: inout MutableSpan<Self>)

  /// Sets yᵢ = xᵢ, for buffers of their own.
  ///
  /// *Law:* no rounding.
  /// - Precondition: both lanes have the same count.
  static func copy(
    _ x: Span<Self>, _ xLane: Lane, to y: inout MutableSpan<Self>, _ yLane: Lane)

  /// Exchanges the elements of two lanes of one buffer.
  ///
  /// *Law:* no rounding.
  /// - Precondition: both lanes have the same count and share no element.
  static func exchange(_ xLane: Lane, _ yLane: Lane, in buffer: inout MutableSpan<Self>)

  /// Divides every element of a lane by `divisor`.
  ///
  /// *Law:* one rounding per element.
  static func divide(_ lane: Lane, of buffer: inout MutableSpan<Self>, by divisor: Self)

  /// Sets the elements of a lane to (xᵢ − yᵢ)/`divisor`.
  ///
  /// *Law:* two roundings per element.
  /// - Precondition: x and y have at least the lane's count.
  static func divideDifferences(
    _ x: Span<Self>, _ y: Span<Self>, by divisor: Self, into z: inout MutableSpan<Self>,
    _ lane: Lane)

  /// Applies the Householder reflector stored in column `pivot`, rows `pivot..<rowCount`, of a
  /// row-major matrix to the columns on its right.
  ///
  /// With v the stored vector, a column a becomes a − ((vᵀa)/v₁)·v. The kernel runs down the rows with
  /// one accumulator per column, so columns may be processed side by side while each keeps its order.
  ///
  /// *Law:* per column, vᵀa starts at zero and runs down the rows with two roundings per term; one
  /// division; then two roundings per element.
  ///
  /// `sums` is scratch of at least `columnCount` elements.
  static func applyReflector(
    inColumn pivot: Int, ofRowMajor matrix: inout MutableSpan<Self>, rowCount: Int,
    columnCount: Int, sums: inout MutableSpan<Self>)

  /// Makes the Householder reflector of column `pivot`, rows `pivot..<rowCount`, of a row-major matrix,
  /// and applies it to the columns on its right and to a vector of `rowCount` elements.
  ///
  /// The column a becomes v = a/`norm` with 1 added to v₁, where `norm` is its norm with the sign of its
  /// first element. One call lets the sums of all columns and of the vector be taken side by side.
  ///
  /// *Law:* that of `divide`, one addition, that of `applyReflector`; for the vector b the same as for a
  /// column, b − ((vᵀb)/v₁)·v.
  ///
  /// `sums` is scratch of at least `columnCount` elements.
  static func reflect(
    column pivot: Int, norm: Self, ofRowMajor matrix: inout MutableSpan<Self>, rowCount: Int,
    columnCount: Int, vector: inout MutableSpan<Self>, sums: inout MutableSpan<Self>)

  /// Solves R·z ≅ b, D·z ≅ 0 for an upper triangle R and a diagonal D (MINPACK: qrsolv).
  ///
  /// The rows of D are rotated into R, which leaves S with SᵀS = RᵀR + D², and S·z = Qᵀb is solved.
  ///
  /// *Law:* D row by row; an entry b of the row, unless it is zero, is eliminated against the diagonal a
  /// by ``GivensRotation``, which turns the right-hand sides, then the rest of both rows as `rotate` does;
  /// then S from the last row up, by `dotProduct`, one difference and one division. From the first zero on
  /// the diagonal of S on, z is zero.
  /// - Parameters:
  ///   - r: at least n rows of n; only the upper triangle is read.
  ///   - b: Qᵀb, n numbers.
  ///   - d: the diagonal of D, n numbers.
  ///   - half: 1/2.
  ///   - quarter: 1/4.
  ///   - s: receives S, n×n; what is below the diagonal is not meaningful.
  ///   - z: receives the solution.
  ///   - row: scratch of n.
  static func solveDamped(
    triangle r: Span<Self>, rightHandSide b: Span<Self>, diagonal d: Span<Self>,
    half: Self, quarter: Self, into s: inout MutableSpan<Self>, solution z: inout MutableSpan<Self>,
    row: inout MutableSpan<Self>)

  /// Applies a plane rotation: (xᵢ, yᵢ) becomes (c·xᵢ + s·yᵢ, −(s·xᵢ) + c·yᵢ).
  ///
  /// *Law:* three roundings for each of the two results.
  /// - Precondition: both lanes have the same count.
  static func rotate(
    _ x: inout MutableSpan<Self>, _ xLane: Lane, _ y: inout MutableSpan<Self>, _ yLane: Lane,
    cosine: Self, sine: Self)

  /// Whether all numbers of a span are finite.
  static func areFinite(_ x: Span<Self>) -> Bool

  /// Whether the type implements the three steps that follow. Without them the kernels above are called one
  /// after another, and on small problems the time between kernels is more than that within them.
  static var hasWholeSteps: Bool { get }

  /// The scratch that whole steps have to be given: none for a problem so small that they have enough of their
  /// own.
  static func wholeStepScratch(rowCount: Int, parameterCount n: Int) -> Int

  /// Factorises a Jacobian with its residuals: J·P = Q·R and Qᵀf (MINPACK: qrfac and what follows it in lmder).
  ///
  /// *Law:* the bits that the kernels leave, in everything but `scratch`.
  /// - Parameters:
  ///   - matrix: J by rows, of at least as many rows as columns; then R in and above the diagonal, and the
  ///     vectors of the reflectors below it. J stays if a norm of its columns is not finite.
  ///   - f: the residuals.
  ///   - length: ‖f‖.
  ///   - norm: measures columns.
  ///   - columnNorms: receives the norms of the columns of J.
  ///   - order: receives P, column j of J·P being column `order[j]` of J.
  ///   - b: receives the first n entries of Qᵀf.
  ///   - scratch: 3·`rowCount` + 4n numbers, or less where ``wholeStepScratch(rowCount:parameterCount:)`` is 0.
  /// - Returns: the largest cosine of the angle between f and a column of J; −1 where the norm of a column
  ///   is not finite.
  static func linearize(
    rowMajor matrix: inout MutableSpan<Self>, residuals f: Span<Self>, length: Self,
    norm: EuclideanNorm<Self>, columnNorms: inout MutableSpan<Self>,
    order: inout MutableSpan<Int>, rightHandSide b: inout MutableSpan<Self>,
    scratch: inout MutableSpan<Self>
  ) -> Self

  /// Searches for the damping parameter λ and the step p (MINPACK: lmpar) with a triangle of n columns,
  /// J·P = Q·R, and takes the step.
  ///
  /// *Law:* the bits that the kernels leave, in everything but the rest of `scratch`.
  /// - Parameters:
  ///   - r: n rows of n; only the upper triangle is read.
  ///   - order: P.
  ///   - b: the first n entries of Qᵀf.
  ///   - scaling: D.
  ///   - radius: Δ.
  ///   - norm: measures vectors.
  ///   - origin: x.
  ///   - damping: λ, of the last step and then of this one.
  ///   - trial: receives x − p.
  ///   - scratch: n·(n + 7) numbers, of which the first n receive p, or less, as above.
  /// - Returns: ‖D·p‖ and ‖J·p‖.
  static func findStep(
    triangle r: Span<Self>, order: Span<Int>, rightHandSide b: Span<Self>, scaling: Span<Self>,
    radius: Self, norm: EuclideanNorm<Self>, origin: Span<Self>, damping: inout Self,
    trial: inout MutableSpan<Self>, scratch: inout MutableSpan<Self>
  ) -> (length: Self, change: Self)

  /// Measures a trial point: ‖f‖, and ‖D·x‖, which is used if the step is accepted.
  ///
  /// *Law:* one rounding per product; the norms by that of `euclideanNorm`.
  /// - Parameters:
  ///   - f: the residuals there, at least one.
  ///   - x: the point.
  ///   - scaling: D.
  ///   - norm: measures vectors.
  ///   - scratch: n numbers, or less, as above.
  static func measure(
    residuals f: Span<Self>, parameters x: Span<Self>, scaling: Span<Self>,
    norm: EuclideanNorm<Self>, scratch: inout MutableSpan<Self>
  ) -> (residualNorm: Self, scaledNorm: Self)
}

// A real scalar as a model number.
extension LSQScalar {
  /// The constant itself.
  @inlinable
  public init(_ constant: Self) { self = constant }

  @inlinable
  public var realPart: Self { self }

  @inlinable
  public var isFiniteThroughout: Bool { isFinite }

  @inlinable
  public static func absoluteValue(_ x: Self) -> Self { x.magnitude }

  @inlinable
  public static func lesser(_ x: Self, _ y: Self) -> Self { y < x || y.isNaN ? y : x }

  @inlinable
  public static func greater(_ x: Self, _ y: Self) -> Self { y > x || y.isNaN ? y : x }
}

extension LSQScalar {
  @inlinable
  public static var precisionBits: Int { 1 - Int(ulpOfOne.exponent) }
}
