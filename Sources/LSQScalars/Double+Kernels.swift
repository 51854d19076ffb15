import CKernels

// The kernels of `Double` that want the processor's widest registers. Their text is in C, where one source
// is compiled for several instruction sets; the laws and the bits are those of the defaults.

extension Double {
  public static func columnNorms(
    ofRowMajor matrix: Span<Self>, rowCount: Int, columnCount: Int, small: Self, large: Self,
    into norms: inout MutableSpan<Self>
  ) {
    guard rowCount > 0, columnCount > 0 else { return }
    precondition(
      matrix.count >= rowCount * columnCount && norms.count >= columnCount,
      "\(matrix.count) elements are no \(rowCount)×\(columnCount) matrix")
    let largest = large / Self(rowCount)
    let enough = decisiveSum(ofComponents: rowCount, small: small)
    unsafe matrix.withUnsafeBufferPointer { matrix in
      unsafe norms.withUnsafeMutableBufferPointer { norms in
        unsafe lsq_middle_norms_double(
          matrix.baseAddress!, rowCount, columnCount, columnCount, small, largest, enough,
          norms.baseAddress!)
      }
    }
    for j in 0..<columnCount where !(norms[j] >= 0) {
      norms[j] = componentwiseNorm(
        matrix, Lane(start: j, count: rowCount, stride: columnCount), small: small, large: large)
    }
  }

  public static func applyReflector(
    inColumn pivot: Int, ofRowMajor matrix: inout MutableSpan<Self>, rowCount: Int,
    columnCount: Int, sums: inout MutableSpan<Self>
  ) {
    precondition(
      0 <= pivot && pivot < min(rowCount, columnCount) && matrix.count >= rowCount * columnCount,
      "No column \(pivot) in \(matrix.count) elements as \(rowCount)×\(columnCount)")
    unsafe matrix.withUnsafeMutableBufferPointer { matrix in
      unsafe lsq_apply_reflector_double(
        matrix.baseAddress! + (pivot * columnCount + pivot), rowCount - pivot, columnCount,
        columnCount - pivot - 1)
    }
  }

  public static func reflect(
    column pivot: Int, norm: Self, ofRowMajor matrix: inout MutableSpan<Self>, rowCount: Int,
    columnCount: Int, vector: inout MutableSpan<Self>, sums: inout MutableSpan<Self>
  ) {
    precondition(
      0 <= pivot && pivot < min(rowCount, columnCount) && matrix.count >= rowCount * columnCount
        && vector.count >= rowCount,
      "No column \(pivot) in \(matrix.count) elements as \(rowCount)×\(columnCount)")
    unsafe matrix.withUnsafeMutableBufferPointer { matrix in
      unsafe vector.withUnsafeMutableBufferPointer { vector in
        unsafe lsq_reflect_double(
          matrix.baseAddress! + (pivot * columnCount + pivot), rowCount - pivot, columnCount,
          columnCount - pivot - 1, norm, vector.baseAddress! + pivot)
      }
    }
  }

  public static func solveDamped(
    triangle r: Span<Self>, rightHandSide b: Span<Self>, diagonal d: Span<Self>,
    half: Self, quarter: Self, into s: inout MutableSpan<Self>, solution z: inout MutableSpan<Self>,
    row: inout MutableSpan<Self>
  ) {
    let n = b.count
    guard n > 0 else { return }
    precondition(
      r.count >= n * n && d.count >= n && s.count >= n * n && z.count >= n && row.count >= n,
      "There is no room for a damped solve of order \(n)")
    unsafe s.withUnsafeMutableBufferPointer { s in
      unsafe z.withUnsafeMutableBufferPointer { z in
        unsafe row.withUnsafeMutableBufferPointer { row in
          unsafe r.withUnsafeBufferPointer { r in
            unsafe b.withUnsafeBufferPointer { b in
              unsafe d.withUnsafeBufferPointer { d in
                unsafe lsq_solve_damped_double(
                  r.baseAddress!, b.baseAddress!, d.baseAddress!, n, s.baseAddress!,
                  z.baseAddress!, row.baseAddress!)
              }
            }
          }
        }
      }
    }
  }
}
