import CKernels

// The kernels of `Float` that want the processor's widest registers. Their text is in C, where one source
// is compiled for several instruction sets; the laws and the bits are those of the defaults.

extension Float {
  /// One lane of ``columnNorms(ofRowMajor:rowCount:columnCount:small:large:into:)``.
  public static func euclideanNorm(
    _ v: Span<Self>, _ lane: Lane, small: Self, large: Self
  ) -> Self {
    guard lane.count > 0 else { return 0 }
    precondition(lane.fits(in: v.count), "\(lane) does not fit in \(v.count) elements")
    let range = middleRange(ofComponents: lane.count, small: small, large: large)
    var norm: Self = 0
    unsafe v.withUnsafeBufferPointer { v in
      unsafe lsq_middle_norms_float(
        v.baseAddress! + lane.start, lane.count, lane.stride, 1, range, &norm)
    }
    return norm >= 0 ? norm : componentwiseNorm(v, lane, small: small, large: large)
  }

  public static func columnNorms(
    ofRowMajor matrix: Span<Self>, rowCount: Int, columnCount: Int, small: Self, large: Self,
    into norms: inout MutableSpan<Self>
  ) {
    guard rowCount > 0, columnCount > 0 else { return }
    precondition(
      matrix.count >= rowCount * columnCount && norms.count >= columnCount,
      "\(matrix.count) elements are no \(rowCount)×\(columnCount) matrix")
    let range = middleRange(ofComponents: rowCount, small: small, large: large)
    unsafe matrix.withUnsafeBufferPointer { matrix in
      unsafe norms.withUnsafeMutableBufferPointer { norms in
        unsafe lsq_middle_norms_float(
          matrix.baseAddress!, rowCount, columnCount, columnCount, range, norms.baseAddress!)
      }
    }
    for j in 0..<columnCount where !(norms[j] >= 0) {
      norms[j] = componentwiseNorm(
        matrix, Lane(start: j, count: rowCount, stride: columnCount), small: small, large: large)
    }
  }

  /// Components of at most r = `small` change nothing where s₂ ≥ r and s₂ ≥ 4·count·r²/ε: with x₃ ≤ r
  /// and s₃ ≤ count, 1 + (x₃/s₂)·(x₃·s₃) rounds to 1.
  private static func middleRange(
    ofComponents count: Int, small: Self, large: Self
  ) -> lsq_middle_range_float {
    let negligible = small * (small * (4 * Self(count) / ulpOfOne))
    return lsq_middle_range_float(
      small: small, largest: large / Self(count), enough: max(small, negligible))
  }

  public static func applyReflector(
    inColumn pivot: Int, ofRowMajor matrix: inout MutableSpan<Self>, rowCount: Int,
    columnCount: Int, sums: inout MutableSpan<Self>
  ) {
    precondition(
      0 <= pivot && pivot < min(rowCount, columnCount) && matrix.count >= rowCount * columnCount,
      "No column \(pivot) in \(matrix.count) elements as \(rowCount)×\(columnCount)")
    unsafe matrix.withUnsafeMutableBufferPointer { matrix in
      unsafe lsq_apply_reflector_float(
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
        unsafe lsq_reflect_float(
          matrix.baseAddress! + (pivot * columnCount + pivot), rowCount - pivot, columnCount,
          columnCount - pivot - 1, norm, vector.baseAddress! + pivot)
      }
    }
  }
}
