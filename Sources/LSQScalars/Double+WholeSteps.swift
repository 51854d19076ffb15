import CKernels

// The whole steps of `Double`, in C like its kernels.

extension Double {
  @inlinable
  public static var hasWholeSteps: Bool { true }

  public static func linearize(
    rowMajor matrix: inout MutableSpan<Self>, residuals f: Span<Self>, length: Self,
    norm: EuclideanNorm<Self>, columnNorms: inout MutableSpan<Self>,
    order: inout MutableSpan<Int>, rightHandSide b: inout MutableSpan<Self>,
    scratch: inout MutableSpan<Self>
  ) -> Self {
    unsafe linearize(
      &matrix, f, length, norm, &columnNorms, &order, &b, &scratch, by: lsq_linearize_double)
  }

  public static func findStep(
    triangle r: Span<Self>, order: Span<Int>, rightHandSide b: Span<Self>, scaling: Span<Self>,
    radius: Self, norm: EuclideanNorm<Self>, origin: Span<Self>, damping: inout Self,
    step: inout MutableSpan<Self>, trial: inout MutableSpan<Self>, scratch: inout MutableSpan<Self>
  ) -> (length: Self, change: Self) {
    unsafe findStep(
      r, order, b, scaling, radius, norm, origin, &damping, &step, &trial, &scratch,
      by: lsq_find_step_double)
  }

  public static func measure(
    residuals f: Span<Self>, parameters x: Span<Self>, scaling: Span<Self>,
    norm: EuclideanNorm<Self>, scratch: inout MutableSpan<Self>
  ) -> (residualNorm: Self, scaledNorm: Self) {
    unsafe measure(f, x, scaling, norm, &scratch, by: lsq_measure_double)
  }
}
