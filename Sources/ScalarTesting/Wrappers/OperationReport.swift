/// How often each operation was performed.
public struct OperationCounts: Sendable, Hashable, ExpressibleByDictionaryLiteral {
  private var counts: [ScalarOperation: Int] = [:]

  /// The given counts; all others are zero.
  public init(dictionaryLiteral elements: (ScalarOperation, Int)...) {
    for (operation, count) in elements { self[operation] = count }
  }

  /// The number of times that an operation was performed.
  public internal(set) subscript(operation: ScalarOperation) -> Int {
    get { counts[operation] ?? 0 }
    set { counts[operation] = newValue == 0 ? nil : newValue }
  }

  /// The number of all operations.
  public var total: Int { counts.values.reduce(0, +) }

  static func += (a: inout Self, b: Self) {
    for (operation, count) in b.counts { a[operation] += count }
  }
}

extension OperationCounts: CustomStringConvertible {
  /// Such as `addition 12, division 3`.
  public var description: String {
    let parts = ScalarOperation.allCases.filter { self[$0] != 0 }.map {
      "\($0.rawValue) \(self[$0])"
    }
    return parts.isEmpty ? "no operations" : parts.joined(separator: ", ")
  }
}

/// The kernels that are counted separately, in the order of their declarations in `LSQScalar` and `ModelNumber`;
/// what other kernels do themselves counts as outside.
public enum Kernel: String, CaseIterable, Sendable {
  case euclideanNorm, dotProduct, addScaled, addScaledWithinBuffer, divide, applyReflector, rotate
  case multiply, combine
}

/// What a ``CountingScalar`` counted: the operations within each kernel, and those outside.
public struct OperationReport: Sendable, Hashable {
  /// The calls of a kernel and the operations in them.
  public struct KernelUse: Sendable, Hashable {
    /// The number of calls.
    public internal(set) var calls = 0
    /// The operations of all calls.
    public internal(set) var operations: OperationCounts = [:]
  }

  /// The kernels that were called.
  public internal(set) var kernels: [Kernel: KernelUse] = [:]
  /// The operations that no kernel performed.
  public internal(set) var outsideKernels: OperationCounts = [:]

  /// All operations.
  public var total: OperationCounts {
    kernels.values.reduce(into: outsideKernels) { $0 += $1.operations }
  }

  /// The use of one kernel.
  public subscript(kernel: Kernel) -> KernelUse { kernels[kernel] ?? KernelUse() }

  static func += (a: inout Self, b: Self) {
    a.outsideKernels += b.outsideKernels
    for (kernel, use) in b.kernels {
      a.kernels[kernel, default: KernelUse()].calls += use.calls
      a.kernels[kernel, default: KernelUse()].operations += use.operations
    }
  }
}

extension OperationReport: CustomStringConvertible {
  /// A line for each kernel that was called, and one for the operations outside.
  public var description: String {
    let lines = Kernel.allCases.compactMap { kernel in
      kernels[kernel].map { "\(kernel.rawValue), \($0.calls) calls: \($0.operations)" }
    }
    return (lines + ["outside kernels: \(outsideKernels)"]).joined(separator: "\n")
  }
}
