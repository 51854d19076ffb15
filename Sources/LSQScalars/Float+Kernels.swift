import CKernels

// The kernels and whole steps of `Float` that use the processor's widest registers, in C.

extension Float {
  public static func columnNorms(
    ofRowMajor matrix: Span<Self>, rowCount: Int, columnCount: Int, small: Self, large: Self,
    into norms: inout MutableSpan<Self>
  ) {
    unsafe columnNorms(
      matrix, rowCount, columnCount, small, large, &norms, by: lsq_middle_norms_float)
  }

  public static func applyReflector(
    inColumn pivot: Int, ofRowMajor matrix: inout MutableSpan<Self>, rowCount: Int,
    columnCount: Int, sums: inout MutableSpan<Self>
  ) {
    unsafe applyReflector(
      pivot, &matrix, rowCount, columnCount, by: lsq_apply_reflector_float)
  }

  public static func reflect(
    column pivot: Int, norm: Self, ofRowMajor matrix: inout MutableSpan<Self>, rowCount: Int,
    columnCount: Int, vector: inout MutableSpan<Self>, sums: inout MutableSpan<Self>
  ) {
    unsafe reflect(pivot, norm, &matrix, rowCount, columnCount, &vector, by: lsq_reflect_float)
  }

  public static func solveDamped(
    triangle r: Span<Self>, rightHandSide b: Span<Self>, diagonal d: Span<Self>,
    half: Self, quarter: Self, into s: inout MutableSpan<Self>, solution z: inout MutableSpan<Self>,
    row: inout MutableSpan<Self>
  ) {
    unsafe solveDamped(r, b, d, &s, &z, &row, by: lsq_solve_damped_float)
  }

  public static func apply(
    _ operation: LaneOperation, _ x: Lane, _ y: Lane, into z: Lane,
    in buffer: inout MutableSpan<Self>
  ) {
    unsafe apply(operation, x, y, z, &buffer, by: lsq_apply_lane_float)
  }

  public static func areFinite(_ x: Span<Self>) -> Bool {
    unsafe areFinite(x, by: lsq_are_finite_float)
  }

  @inlinable
  public static var hasWholeSteps: Bool { true }

  public static func linearize(
    rowMajor matrix: inout MutableSpan<Self>, residuals f: Span<Self>, length: Self,
    norm: EuclideanNorm<Self>, columnNorms: inout MutableSpan<Self>,
    order: inout MutableSpan<Int>, rightHandSide b: inout MutableSpan<Self>,
    scratch: inout MutableSpan<Self>
  ) -> Self {
    unsafe linearize(
      &matrix, f, length, norm, &columnNorms, &order, &b, &scratch, by: lsq_linearize_float)
  }

  public static func findStep(
    triangle r: Span<Self>, order: Span<Int>, rightHandSide b: Span<Self>, scaling: Span<Self>,
    radius: Self, norm: EuclideanNorm<Self>, origin: Span<Self>, damping: inout Self,
    trial: inout MutableSpan<Self>, scratch: inout MutableSpan<Self>
  ) -> (length: Self, change: Self) {
    unsafe findStep(
      r, order, b, scaling, radius, norm, origin, &damping, &trial, &scratch,
      by: lsq_find_step_float)
  }

  public static func measure(
    residuals f: Span<Self>, parameters x: Span<Self>, scaling: Span<Self>,
    norm: EuclideanNorm<Self>, scratch: inout MutableSpan<Self>
  ) -> (residualNorm: Self, scaledNorm: Self) {
    unsafe measure(f, x, scaling, norm, &scratch, by: lsq_measure_float)
  }
}
