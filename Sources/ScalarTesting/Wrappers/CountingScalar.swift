public import LSQScalars
import Synchronization

/// A scalar that returns the bits of another and counts the operations asked of it.
///
///     let (fit, counts) = try CountingScalar<Double>.counting {
///       try leastsq(
///         { (x: [CountingScalar<Double>]) in [10 * (x[1] - x[0] * x[0]), 1 - x[0]] }, x0: [-1.2, 1])
///     }
///     counts[.rotate].operations[.multiplication]
///
/// Its kernels perform the operations that their laws state, one by one, so that each can be counted;
/// its results have the bits of `Base` as far as the kernels of `Base` keep their laws. The operations of
/// the task that counts are counted, and those of tasks begun within it, except detached ones.
public struct CountingScalar<Base: LSQScalar>: LSQScalar, WrappedScalar {
  public typealias Scalar = CountingScalar
  public var base: Base

  public init(base: Base) { self.base = base }

  public static func willPerform(_ operation: ScalarOperation, _ name: StaticString) {
    OperationCounter.current?.count(operation, in: OperationCounter.kernel)
  }

  /// Runs a body, and counts the operations that it, and the tasks that it begins, perform on counting scalars,
  /// of whatever base. An enclosing count includes them.
  public static func counting<Result>(
    _ body: () throws -> Result
  ) rethrows -> (result: Result, counts: OperationReport) {
    let counter = OperationCounter()
    defer { OperationCounter.current?.add(counter.report) }
    let result = try OperationCounter.$current.withValue(counter, operation: body)
    return (result, counter.report)
  }

  /// Runs an asynchronous body, and counts in the same way.
  public static func counting<Result>(
    isolation: isolated (any Actor)? = #isolation, _ body: () async throws -> Result
  ) async rethrows -> (result: Result, counts: OperationReport) {
    let counter = OperationCounter()
    defer { OperationCounter.current?.add(counter.report) }
    let result = try await OperationCounter.$current.withValue(counter, operation: body)
    return (result, counter.report)
  }
}

/// The counts of one counting block, to which several tasks may add.
final class OperationCounter: Sendable {
  @TaskLocal static var current: OperationCounter?
  /// The kernel that the task is in.
  @TaskLocal static var kernel: Kernel?

  private let counts = Mutex(OperationReport())

  var report: OperationReport { counts.withLock { $0 } }

  func add(_ report: OperationReport) { counts.withLock { $0 += report } }

  func count(_ operation: ScalarOperation, in kernel: Kernel?) {
    counts.withLock { counts in
      if let kernel {
        counts.kernels[kernel, default: OperationReport.KernelUse()].operations[operation] += 1
      } else {
        counts.outsideKernels[operation] += 1
      }
    }
  }

  /// Runs the body of a kernel, whose operations are counted as the kernel's.
  static func run<Result>(_ kernel: Kernel, _ body: () -> Result) -> Result {
    guard let current else { return body() }
    current.counts.withLock { $0.kernels[kernel, default: OperationReport.KernelUse()].calls += 1 }
    return $kernel.withValue(kernel, operation: body)
  }
}

// MARK: - Kernels

extension CountingScalar {
  public static func euclideanNorm(
    _ v: Span<Self>, _ lane: Lane, small: Self, large: Self
  ) -> Self {
    OperationCounter.run(.euclideanNorm) {
      KernelLaw.euclideanNorm(v, lane, small: small, large: large)
    }
  }

  public static func dotProduct(
    _ x: Span<Self>, _ xLane: Lane, _ y: Span<Self>, _ yLane: Lane
  ) -> Self {
    OperationCounter.run(.dotProduct) { KernelLaw.dotProduct(x, xLane, y, yLane) }
  }

  public static func addScaled(
    _ factor: Self, _ x: Span<Self>, _ xLane: Lane, to y: inout MutableSpan<Self>, _ yLane: Lane
  ) {
    OperationCounter.run(.addScaled) { KernelLaw.addScaled(factor, x, xLane, to: &y, yLane) }
  }

  public static func addScaled(
    _ factor: Self, _ xLane: Lane, to yLane: Lane, in buffer: inout MutableSpan<Self>
  ) {
    OperationCounter.run(.addScaledWithinBuffer) {
      KernelLaw.addScaled(factor, xLane, to: yLane, in: &buffer)
    }
  }

  public static func divide(_ lane: Lane, of buffer: inout MutableSpan<Self>, by divisor: Self) {
    OperationCounter.run(.divide) { KernelLaw.divide(lane, of: &buffer, by: divisor) }
  }

  public static func applyReflector(
    inColumn pivot: Int, ofRowMajor matrix: inout MutableSpan<Self>, rowCount: Int,
    columnCount: Int, sums: inout MutableSpan<Self>
  ) {
    OperationCounter.run(.applyReflector) {
      KernelLaw.applyReflector(
        inColumn: pivot, ofRowMajor: &matrix, rowCount: rowCount, columnCount: columnCount)
    }
  }

  public static func rotate(
    _ x: inout MutableSpan<Self>, _ xLane: Lane, _ y: inout MutableSpan<Self>, _ yLane: Lane,
    cosine: Self, sine: Self
  ) {
    OperationCounter.run(.rotate) {
      KernelLaw.rotate(&x, xLane, &y, yLane, cosine: cosine, sine: sine)
    }
  }

  public static func multiply(_ elements: inout MutableSpan<Self>, by factor: Self) {
    OperationCounter.run(.multiply) { KernelLaw.multiply(&elements, by: factor) }
  }

  public static func combine(
    _ x: inout MutableSpan<Self>, times a: Self, adding y: Span<Self>, times b: Self
  ) {
    OperationCounter.run(.combine) { KernelLaw.combine(&x, times: a, adding: y, times: b) }
  }
}
