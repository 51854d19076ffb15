import CKernels

// The types that have kernels in C call them here, with pointers to what Swift's spans hold; the C source is compiled
// for several instruction sets. The laws and the bits are those of the defaults.

extension Lane {
  /// Whether this is one number or a contiguous lane, at least as long as another, and shares either no element with
  /// it or all.
  fileprivate func isSimple(beside z: Lane) -> Bool {
    switch stride {
    case 0: count >= z.count && !(z.start..<z.start + z.count).contains(start)
    case 1:
      count >= z.count
        && (start == z.start || start + z.count <= z.start || z.start + z.count <= start)
    default: false
    }
  }
}

extension LaneOperation {
  fileprivate var isUnary: Bool {
    switch self {
    case .copy, .negate, .exponential: true
    default: false
    }
  }

  /// The number of the operation for the kernels in C; nil for one that these lack.
  fileprivate var kernelCode: Int32? {
    switch self {
    case .copy: Int32(LSQ_COPY)
    case .negate: Int32(LSQ_NEGATE)
    case .add: Int32(LSQ_ADD)
    case .subtract: Int32(LSQ_SUBTRACT)
    case .multiply: Int32(LSQ_MULTIPLY)
    case .divide: Int32(LSQ_DIVIDE)
    case .addProduct: Int32(LSQ_ADD_PRODUCT)
    case .subtractProduct: Int32(LSQ_SUBTRACT_PRODUCT)
    case .exponential: nil
    }
  }
}

extension LSQScalar where Self: SIMDScalar {
  /// ``areFinite(_:)`` by `lsq_are_finite_double` or its counterpart.
  @inline(__always)
  static func areFinite(
    _ x: Span<Self>, by kernel: (UnsafePointer<Self>, Int) -> Int32
  ) -> Bool {
    unsafe x.withUnsafeBufferPointer { x in
      guard let base = x.baseAddress else { return true }
      return unsafe kernel(base, x.count) != 0
    }
  }

  /// Elements side by side where lanes are contiguous, and each operand is either apart from the
  /// result or the result itself.
  @inline(__always)
  static func apply(
    _ operation: LaneOperation, _ x: Lane, _ y: Lane, _ z: Lane, _ buffer: inout MutableSpan<Self>,
    by kernel: (
      Int32, UnsafePointer<Self>, Int, UnsafePointer<Self>, Int, UnsafeMutablePointer<Self>, Int
    ) -> Void
  ) {
    let y = operation.isUnary ? x : y
    guard let code = operation.kernelCode, z.count > 0, z.stride == 1, x.isSimple(beside: z),
      y.isSimple(beside: z)
    else { return applyByElement(operation, x, y, into: z, in: &buffer) }
    precondition(
      z.fits(in: buffer.count) && x.fits(in: buffer.count) && y.fits(in: buffer.count),
      "The lanes do not fit in \(buffer.count) elements")
    unsafe buffer.withUnsafeMutableBufferPointer { buffer in
      let base = buffer.baseAddress!
      unsafe kernel(
        code, UnsafePointer(base + x.start), x.stride, UnsafePointer(base + y.start), y.stride,
        base + z.start, z.count)
    }
  }

  @inline(__always)
  static func columnNorms(
    _ matrix: Span<Self>, _ rowCount: Int, _ columnCount: Int, _ small: Self, _ large: Self,
    _ norms: inout MutableSpan<Self>,
    by kernel: (
      UnsafePointer<Self>, Int, Int, Int, Self, Self, Self, UnsafeMutablePointer<Self>
    ) -> Void
  ) {
    guard rowCount > 0, columnCount > 0 else {
      for j in 0..<columnCount { norms[j] = 0 }
      return
    }
    precondition(
      matrix.count >= rowCount * columnCount && norms.count >= columnCount,
      "\(matrix.count) elements are not a \(rowCount)×\(columnCount) matrix")
    let largest = large / Self(rowCount)
    let enough = decisiveSum(ofComponents: rowCount, small: small)
    unsafe matrix.withUnsafeBufferPointer { matrix in
      unsafe norms.withUnsafeMutableBufferPointer { norms in
        unsafe kernel(
          matrix.baseAddress!, rowCount, columnCount, columnCount, small, largest, enough,
          norms.baseAddress!)
      }
    }
    for j in 0..<columnCount where !(norms[j] >= 0) {
      norms[j] = componentwiseNorm(
        matrix, Lane(start: j, count: rowCount, stride: columnCount), small: small, large: large)
    }
  }

  @inline(__always)
  static func applyReflector(
    _ pivot: Int, _ matrix: inout MutableSpan<Self>, _ rowCount: Int, _ columnCount: Int,
    by kernel: (UnsafeMutablePointer<Self>, Int, Int, Int) -> Void
  ) {
    precondition(
      0 <= pivot && pivot < min(rowCount, columnCount) && matrix.count >= rowCount * columnCount,
      "No column \(pivot) in \(matrix.count) elements as \(rowCount)×\(columnCount)")
    unsafe matrix.withUnsafeMutableBufferPointer { matrix in
      unsafe kernel(
        matrix.baseAddress! + (pivot * columnCount + pivot), rowCount - pivot, columnCount,
        columnCount - pivot - 1)
    }
  }

  @inline(__always)
  static func reflect(
    _ pivot: Int, _ norm: Self, _ matrix: inout MutableSpan<Self>, _ rowCount: Int,
    _ columnCount: Int, _ vector: inout MutableSpan<Self>,
    by kernel: (
      UnsafeMutablePointer<Self>, Int, Int, Int, Self, UnsafeMutablePointer<Self>
    ) -> Void
  ) {
    precondition(
      0 <= pivot && pivot < min(rowCount, columnCount) && matrix.count >= rowCount * columnCount
        && vector.count >= rowCount,
      "No column \(pivot) in \(matrix.count) elements as \(rowCount)×\(columnCount)")
    unsafe matrix.withUnsafeMutableBufferPointer { matrix in
      unsafe vector.withUnsafeMutableBufferPointer { vector in
        unsafe kernel(
          matrix.baseAddress! + (pivot * columnCount + pivot), rowCount - pivot, columnCount,
          columnCount - pivot - 1, norm, vector.baseAddress! + pivot)
      }
    }
  }

  @inline(__always)
  static func solveDamped(
    _ r: Span<Self>, _ b: Span<Self>, _ d: Span<Self>, _ s: inout MutableSpan<Self>,
    _ z: inout MutableSpan<Self>, _ row: inout MutableSpan<Self>,
    by kernel: (
      UnsafePointer<Self>, UnsafePointer<Self>, UnsafePointer<Self>, Int,
      UnsafeMutablePointer<Self>, UnsafeMutablePointer<Self>, UnsafeMutablePointer<Self>
    ) -> Void
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
                unsafe kernel(
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
