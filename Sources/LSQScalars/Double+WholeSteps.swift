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
    let (m, n) = (f.count, order.count)
    precondition(
      0 < n && n <= m && matrix.count >= m * n && columnNorms.count >= n && b.count >= n
        && scratch.count >= m + 2 * n,
      "\(matrix.count) elements are no \(m)×\(n) matrix, or there is no room for its factors")
    let enough = decisiveSum(ofComponents: m, small: norm.small)
    return unsafe matrix.withUnsafeMutableBufferPointer { matrix in
      unsafe f.withUnsafeBufferPointer { f in
        unsafe columnNorms.withUnsafeMutableBufferPointer { columnNorms in
          unsafe order.withUnsafeMutableBufferPointer { order in
            unsafe b.withUnsafeMutableBufferPointer { b in
              unsafe scratch.withUnsafeMutableBufferPointer { scratch in
                unsafe lsq_linearize_double(
                  matrix.baseAddress!, m, n, f.baseAddress!, length, norm.small, norm.large, enough,
                  columnNorms.baseAddress!, order.baseAddress!, b.baseAddress!,
                  scratch.baseAddress!)
              }
            }
          }
        }
      }
    }
  }

  public static func findStep(
    triangle r: Span<Self>, order: Span<Int>, rightHandSide b: Span<Self>, scaling: Span<Self>,
    radius: Self, norm: EuclideanNorm<Self>, damping: inout Self, step: inout MutableSpan<Self>,
    scratch: inout MutableSpan<Self>
  ) -> (length: Self, change: Self) {
    let n = order.count
    precondition(
      n > 0 && r.count >= n * n && b.count >= n && scaling.count >= n && step.count >= n
        && scratch.count >= n * (n + 3),
      "There is no room for a step of \(n) parameters")
    var change: Self = 0
    let length = unsafe r.withUnsafeBufferPointer { r in
      unsafe order.withUnsafeBufferPointer { order in
        unsafe b.withUnsafeBufferPointer { b in
          unsafe scaling.withUnsafeBufferPointer { scaling in
            unsafe step.withUnsafeMutableBufferPointer { step in
              unsafe scratch.withUnsafeMutableBufferPointer { scratch in
                unsafe lsq_find_step_double(
                  r.baseAddress!, order.baseAddress!, b.baseAddress!, scaling.baseAddress!, n,
                  radius, norm.small, norm.large, leastNormalMagnitude, &damping, &change,
                  step.baseAddress!, scratch.baseAddress!)
              }
            }
          }
        }
      }
    }
    return (length, change)
  }
}
