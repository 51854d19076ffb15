public import LSQScalars

/// A `Double` that can do what the protocol `LSQScalar` promises and nothing more.
///
/// It has no kernels of its own and is not `BinaryFloatingPoint`. It stops the program, naming the operation,
/// at operations that a least-squares solver must not use: fused multiply-adds, which change MINPACK's
/// roundings; remainders; rounding to integers; and, while ``allowsFunctions`` is off, every elementary
/// function. The square root is always allowed.
///
/// Code that solves a problem in it with the bits of `Double` has no hidden requirements.
public struct StrictScalar: LSQScalar, WrappedScalar {
  public typealias Scalar = StrictScalar
  public var base: Double

  public init(base: Double) { self.base = base }

  /// Whether elementary functions are allowed in the current task.
  ///
  ///     try StrictScalar.$allowsFunctions.withValue(false) { try solve() }
  @TaskLocal public static var allowsFunctions = true

  public static func willPerform(_ operation: ScalarOperation, _ name: StaticString) {
    switch operation {
    case .addition, .subtraction, .multiplication, .division, .squareRoot, .comparison: break
    case .function where allowsFunctions: break
    case .fusedMultiplyAdd, .remainder, .rounding, .function:
      preconditionFailure("a StrictScalar does not allow \(name), a \(operation.rawValue)")
    }
  }
}
