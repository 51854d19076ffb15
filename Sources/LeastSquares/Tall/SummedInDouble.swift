import CKernels

/// A number whose sums over rows are taken in `Double`. Its kernels are written in C.
protocol SummedInDouble {
  var widened: Double { get }
  init(narrowing sum: Double)

  /// Copies rows of [J f] into a block by columns; `squares` receives the columns' sums of squares.
  static func load(
    _ gradients: [Self], _ residuals: [Self], into block: inout [Double], capacity: Int,
    stride: Int, squares: inout [Double])
  /// Sets a column to a − b, rounded in this type, and returns its sum of squares.
  static func loadDifferences(
    _ a: [Self], _ b: [Self], into block: inout [Double], start: Int, capacity: Int
  ) -> Double
  static func sumOfSquares(_ numbers: [Self]) -> Double
}

extension Double: SummedInDouble {
  var widened: Double { self }
  init(narrowing sum: Double) { self = sum }

  static func load(
    _ gradients: [Double], _ residuals: [Double], into block: inout [Double], capacity: Int,
    stride: Int, squares: inout [Double]
  ) {
    unsafe load(
      gradients, residuals, &block, capacity, stride, &squares, by: lsq_load_rows_double)
  }

  static func loadDifferences(
    _ a: [Double], _ b: [Double], into block: inout [Double], start: Int, capacity: Int
  ) -> Double {
    unsafe loadDifferences(a, b, &block, start, capacity, by: lsq_load_differences_double)
  }

  static func sumOfSquares(_ numbers: [Double]) -> Double {
    unsafe numbers.withUnsafeBufferPointer {
      unsafe lsq_sum_of_squares_double($0.baseAddress!, $0.count)
    }
  }
}

extension Float: SummedInDouble {
  var widened: Double { Double(self) }
  init(narrowing sum: Double) { self = Float(sum) }

  static func load(
    _ gradients: [Float], _ residuals: [Float], into block: inout [Double], capacity: Int,
    stride: Int, squares: inout [Double]
  ) {
    unsafe load(
      gradients, residuals, &block, capacity, stride, &squares, by: lsq_load_rows_float)
  }

  static func loadDifferences(
    _ a: [Float], _ b: [Float], into block: inout [Double], start: Int, capacity: Int
  ) -> Double {
    unsafe loadDifferences(a, b, &block, start, capacity, by: lsq_load_differences_float)
  }

  static func sumOfSquares(_ numbers: [Float]) -> Double {
    unsafe numbers.withUnsafeBufferPointer {
      unsafe lsq_sum_of_squares_float($0.baseAddress!, $0.count)
    }
  }
}

// Calls of the C kernels with pointers to what Swift's arrays hold.
extension SummedInDouble {
  @inline(__always)
  fileprivate static func load(
    _ gradients: [Self], _ residuals: [Self], _ block: inout [Double], _ capacity: Int,
    _ stride: Int, _ squares: inout [Double],
    by kernel: (
      UnsafePointer<Self>, UnsafePointer<Self>, Int, Int, UnsafeMutablePointer<Double>, Int, Int,
      UnsafeMutablePointer<Double>
    ) -> Void
  ) {
    let width = squares.count - 1
    unsafe gradients.withUnsafeBufferPointer { gradients in
      unsafe residuals.withUnsafeBufferPointer { residuals in
        unsafe block.withUnsafeMutableBufferPointer { block in
          unsafe squares.withUnsafeMutableBufferPointer { squares in
            unsafe kernel(
              gradients.baseAddress!, residuals.baseAddress!, residuals.count, width,
              block.baseAddress!, capacity, stride, squares.baseAddress!)
          }
        }
      }
    }
  }

  @inline(__always)
  fileprivate static func loadDifferences(
    _ a: [Self], _ b: [Self], _ block: inout [Double], _ start: Int, _ capacity: Int,
    by kernel: (
      UnsafePointer<Self>, UnsafePointer<Self>, Int, UnsafeMutablePointer<Double>, Int
    ) -> Double
  ) -> Double {
    unsafe a.withUnsafeBufferPointer { a in
      unsafe b.withUnsafeBufferPointer { b in
        unsafe block.withUnsafeMutableBufferPointer { block in
          unsafe kernel(
            a.baseAddress!, b.baseAddress!, a.count, block.baseAddress! + start, capacity)
        }
      }
    }
  }
}
