import LSQScalars
import LeastSquares

// Parts, sums and products of matrices.
extension Matrix where Element: LSQScalar {
  /// Some columns, in increasing order.
  func restricted(to columns: [Int]) -> Self {
    if columns.count == columnCount { return self }
    var part = Self(rowCount: rowCount, columnCount: columns.count, repeating: 0)
    for (k, j) in columns.enumerated() {
      for i in 0..<rowCount { part[i, k] = self[i, j] }
    }
    return part
  }

  /// Some rows and the same columns, in the order given.
  func restricted(toBoth places: [Int]) -> Self {
    var part = Self(rowCount: places.count, columnCount: places.count, repeating: 0)
    for (i, a) in places.enumerated() {
      for (j, b) in places.enumerated() { part[i, j] = self[a, b] }
    }
    return part
  }

  /// A symmetric matrix of n rows, from its lower triangle row after row.
  init(symmetric n: Int, lowerTriangle: [Element]) {
    var elements: [Element] = []
    elements.reserveCapacity(n * n)
    for i in 0..<n {
      for j in 0..<n {
        let (row, column) = (max(i, j), min(i, j))
        elements.append(lowerTriangle[row * (row + 1) / 2 + column])
      }
    }
    self.init(rowCount: n, columnCount: n, elements: elements)
  }

  /// AᵀA, symmetric.
  var normalMatrix: Self {
    let n = columnCount
    let elements = elements.span
    var triangle: [Element] = []
    triangle.reserveCapacity(n * (n + 1) / 2)
    for i in 0..<n {
      for j in 0...i {
        triangle.append(Element.dotProduct(elements, column(i), elements, column(j)))
      }
    }
    return Self(symmetric: n, lowerTriangle: triangle)
  }

  /// A + B.
  func adding(_ other: Self) -> Self {
    var sum = self
    for k in sum.elements.indices { sum.elements[k] += other.elements[k] }
    return sum
  }
}

extension LinearModel {
  /// The same along some parameters alone, in increasing order.
  func restricted(to parameters: [Int]) -> Self {
    LinearModel(residuals: residuals, jacobian: jacobian.restricted(to: parameters))
  }
}
