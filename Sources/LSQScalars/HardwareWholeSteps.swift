import CKernels

// The whole steps of the types that have kernels in C, called with pointers to what Swift's spans hold.

extension LSQScalar where Self: SIMDScalar {
  public static func wholeStepScratch(rowCount: Int, parameterCount n: Int) -> Int {
    let count = max(3 * rowCount + 4 * n, n * (n + 7))
    return hasOwnRoom(count) ? 0 : count
  }

  /// Whether whole steps have scratch for `count` numbers themselves.
  @inline(__always)
  private static func hasOwnRoom(_ count: Int) -> Bool { count <= Int(LSQ_ROOM) }

  /// Scratch for a kernel: nil where the kernel has its own and less is given.
  @inline(__always)
  private static func withScratch<Result>(
    _ scratch: inout MutableSpan<Self>, _ count: Int,
    _ body: (UnsafeMutablePointer<Self>?) -> Result
  ) -> Result {
    let isEnough = scratch.count >= count
    precondition(
      isEnough || hasOwnRoom(count), "Scratch of \(scratch.count) numbers, not \(count)")
    return unsafe scratch.withUnsafeMutableBufferPointer { scratch in
      unsafe body(isEnough ? scratch.baseAddress : nil)
    }
  }

  /// ``linearize(rowMajor:residuals:length:norm:columnNorms:order:rightHandSide:scratch:)`` by
  /// `lsq_linearize_double` or its twin.
  @inline(__always)
  static func linearize(
    _ matrix: inout MutableSpan<Self>, _ f: Span<Self>, _ length: Self,
    _ norm: EuclideanNorm<Self>, _ columnNorms: inout MutableSpan<Self>,
    _ order: inout MutableSpan<Int>, _ b: inout MutableSpan<Self>,
    _ scratch: inout MutableSpan<Self>,
    by kernel: (
      UnsafeMutablePointer<Self>, Int, Int, UnsafePointer<Self>, Self, Self, Self,
      UnsafeMutablePointer<Self>, UnsafeMutablePointer<Int>, UnsafeMutablePointer<Self>,
      UnsafeMutablePointer<Self>?
    ) -> Self
  ) -> Self {
    let (m, n) = (f.count, order.count)
    precondition(
      0 < n && n <= m && matrix.count >= m * n && columnNorms.count >= n && b.count >= n,
      "\(matrix.count) elements are not a \(m)×\(n) matrix, or there is no room for its factors")
    return unsafe matrix.withUnsafeMutableBufferPointer { matrix in
      unsafe f.withUnsafeBufferPointer { f in
        unsafe columnNorms.withUnsafeMutableBufferPointer { columnNorms in
          unsafe order.withUnsafeMutableBufferPointer { order in
            unsafe b.withUnsafeMutableBufferPointer { b in
              unsafe withScratch(&scratch, 3 * m + 4 * n) { scratch in
                unsafe kernel(
                  matrix.baseAddress!, m, n, f.baseAddress!, length, norm.small, norm.large,
                  columnNorms.baseAddress!, order.baseAddress!, b.baseAddress!,
                  scratch)
              }
            }
          }
        }
      }
    }
  }

  /// ``findStep(triangle:order:rightHandSide:scaling:radius:norm:origin:damping:trial:scratch:)`` by
  /// `lsq_find_step_double` or its twin.
  @inline(__always)
  static func findStep(
    _ r: Span<Self>, _ order: Span<Int>, _ b: Span<Self>, _ scaling: Span<Self>, _ radius: Self,
    _ norm: EuclideanNorm<Self>, _ origin: Span<Self>, _ damping: inout Self,
    _ trial: inout MutableSpan<Self>, _ scratch: inout MutableSpan<Self>,
    by kernel: (
      UnsafePointer<Self>, UnsafePointer<Int>, UnsafePointer<Self>, UnsafePointer<Self>, Int, Self,
      Self, Self, Self, UnsafePointer<Self>, UnsafeMutablePointer<Self>, UnsafeMutablePointer<Self>,
      UnsafeMutablePointer<Self>, UnsafeMutablePointer<Self>?
    ) -> Self
  ) -> (length: Self, change: Self) {
    let n = order.count
    precondition(
      n > 0 && r.count >= n * n && b.count >= n && scaling.count >= n && origin.count >= n
        && trial.count >= n,
      "There is no room for a step of \(n) parameters")
    var change: Self = 0
    let length = unsafe r.withUnsafeBufferPointer { r in
      unsafe order.withUnsafeBufferPointer { order in
        unsafe b.withUnsafeBufferPointer { b in
          unsafe scaling.withUnsafeBufferPointer { scaling in
            unsafe origin.withUnsafeBufferPointer { origin in
              unsafe trial.withUnsafeMutableBufferPointer { trial in
                unsafe withScratch(&scratch, n * (n + 7)) { scratch in
                  unsafe kernel(
                    r.baseAddress!, order.baseAddress!, b.baseAddress!, scaling.baseAddress!, n,
                    radius, norm.small, norm.large, leastNormalMagnitude, origin.baseAddress!,
                    &damping, &change, trial.baseAddress!, scratch)
                }
              }
            }
          }
        }
      }
    }
    return (length, change)
  }

  /// ``measure(residuals:parameters:scaling:norm:scratch:)`` by `lsq_measure_double` or its twin.
  @inline(__always)
  static func measure(
    _ f: Span<Self>, _ x: Span<Self>, _ scaling: Span<Self>, _ norm: EuclideanNorm<Self>,
    _ scratch: inout MutableSpan<Self>,
    by kernel: (
      UnsafePointer<Self>, Int, UnsafePointer<Self>, UnsafePointer<Self>, Int, Self, Self,
      UnsafeMutablePointer<Self>, UnsafeMutablePointer<Self>?
    ) -> Self
  ) -> (residualNorm: Self, scaledNorm: Self) {
    let n = x.count
    precondition(
      f.count > 0 && n > 0 && scaling.count >= n,
      "There is no room to measure a point of \(n) parameters")
    var scaledNorm: Self = 0
    let residualNorm = unsafe f.withUnsafeBufferPointer { f in
      unsafe x.withUnsafeBufferPointer { x in
        unsafe scaling.withUnsafeBufferPointer { scaling in
          unsafe withScratch(&scratch, n) { scratch in
            unsafe kernel(
              f.baseAddress!, f.count, x.baseAddress!, scaling.baseAddress!, n, norm.small,
              norm.large, &scaledNorm, scratch)
          }
        }
      }
    }
    return (residualNorm, scaledNorm)
  }
}
