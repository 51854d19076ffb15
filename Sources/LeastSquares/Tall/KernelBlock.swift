import LSQScalars

/// A block of rows whose sums are taken in the scalar itself, by its own kernels.
struct KernelBlock<Scalar: LSQScalar>: RowBlock {
  typealias Sum = Scalar

  let columnCount: Int
  /// The rows, a multiple of eight.
  private let capacity: Int
  /// By columns.
  private var elements: [Scalar]

  init(rowCapacity: Int, columnCount: Int) {
    self.columnCount = columnCount
    capacity = (rowCapacity + 7) / 8 * 8
    elements = Array(repeating: 0, count: capacity * columnCount)
  }

  private func column(_ c: Int) -> Lane { Lane(start: c * capacity, count: capacity) }

  mutating func load(gradients: [Scalar], residuals: [Scalar], squares: inout [Scalar]) {
    let n = columnCount - 1
    for i in 0..<capacity {
      let isFilled = i < residuals.count
      for j in 0..<n { elements[j * capacity + i] = isFilled ? gradients[i * n + j] : 0 }
      elements[n * capacity + i] = isFilled ? residuals[i] : 0
    }
    for c in 0...n { squares[c] = product(c, c) }
  }

  mutating func load(_ a: [Scalar], minus b: [Scalar], intoColumn c: Int) -> Scalar {
    for i in 0..<capacity { elements[c * capacity + i] = i < a.count ? a[i] - b[i] : 0 }
    return product(c, c)
  }

  mutating func load(_ triangle: Triangle<Scalar>, squares: inout [Scalar]) {
    for c in 0..<columnCount {
      for i in 0..<capacity {
        elements[c * capacity + i] = i < triangle.rowCount ? triangle[i, c] : 0
      }
      squares[c] = triangle.sumOfSquares(ofColumn: c)
    }
  }

  subscript(i: Int, c: Int) -> Scalar { elements[c * capacity + i] }

  func multiply(column: Int, into products: inout [Scalar]) {
    for c in column..<columnCount { products[c] = product(column, c) }
  }

  mutating func eliminate(column: Int, factors: [Scalar], products: inout [Scalar]) {
    for c in (column + 1)..<columnCount {
      Scalar.addScaled(-factors[c], self.column(column), to: self.column(c), in: &elements)
      products[c] = product(column + 1, c)
    }
  }

  mutating func scale(column c: Int, by factor: Scalar) {
    for i in 0..<capacity { elements[c * capacity + i] *= factor }
  }

  func largest(inColumn c: Int) -> Scalar {
    elements[(c * capacity)..<((c + 1) * capacity)].reduce(0) { max($0, $1.magnitude) }
  }

  private func product(_ a: Int, _ b: Int) -> Scalar {
    Self.sumInEight(elements.span, a * capacity, b * capacity, count: capacity)
  }

  static func sumOfSquares(_ residuals: [Scalar]) -> Scalar {
    sumInEight(residuals.span, 0, 0, count: residuals.count)
  }

  /// Σ aᵢ·bᵢ in eight partial sums, by the law of ``RowBlock``.
  private static func sumInEight(
    _ numbers: Span<Scalar>, _ a: Int, _ b: Int, count: Int
  ) -> Scalar {
    func partial(_ lane: Int) -> Scalar {
      let terms = max(0, (count - lane + 7) / 8)
      return Scalar.dotProduct(
        numbers, Lane(start: a + lane, count: terms, stride: 8),
        numbers, Lane(start: b + lane, count: terms, stride: 8))
    }
    return ((partial(0) + partial(4)) + (partial(2) + partial(6)))
      + ((partial(1) + partial(5)) + (partial(3) + partial(7)))
  }

  static func widen(_ x: Scalar) -> Scalar { x }
  static func narrow(_ x: Scalar) -> Scalar { x }
}
