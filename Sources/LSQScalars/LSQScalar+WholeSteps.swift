// Whole steps have no defaults: without them the solver calls the kernels one by one.

extension LSQScalar {
  @inlinable
  public static var hasWholeSteps: Bool { false }

  @inlinable
  public static func wholeStepScratch(rowCount: Int, parameterCount n: Int) -> Int { 0 }

  @inlinable
  public static func linearize(
    rowMajor matrix: inout MutableSpan<Self>, residuals f: Span<Self>, length: Self,
    norm: EuclideanNorm<Self>, columnNorms: inout MutableSpan<Self>,
    order: inout MutableSpan<Int>, rightHandSide b: inout MutableSpan<Self>,
    scratch: inout MutableSpan<Self>
  ) -> Self {
    preconditionFailure("\(Self.self) has whole steps, but does not implement linearize")
  }

  @inlinable
  public static func findStep(
    triangle r: Span<Self>, order: Span<Int>, rightHandSide b: Span<Self>, scaling: Span<Self>,
    radius: Self, norm: EuclideanNorm<Self>, origin: Span<Self>, damping: inout Self,
    trial: inout MutableSpan<Self>, scratch: inout MutableSpan<Self>
  ) -> (length: Self, change: Self) {
    preconditionFailure("\(Self.self) has whole steps, but does not implement findStep")
  }

  @inlinable
  public static func measure(
    residuals f: Span<Self>, parameters x: Span<Self>, scaling: Span<Self>,
    norm: EuclideanNorm<Self>, scratch: inout MutableSpan<Self>
  ) -> (residualNorm: Self, scaledNorm: Self) {
    preconditionFailure("\(Self.self) has whole steps, but does not implement measure")
  }
}
