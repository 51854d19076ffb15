import LSQScalars
import LeastSquares

// Textbook linear algebra to compare with: slow, short, and sharing nothing with the solver.

extension Matrix where Element: LSQScalar {
  var transposed: Matrix {
    var result = Matrix(rowCount: columnCount, columnCount: rowCount, repeating: 0)
    for i in 0..<rowCount { for j in 0..<columnCount { result[j, i] = self[i, j] } }
    return result
  }

  static func identity(_ n: Int) -> Matrix {
    var result = Matrix(rowCount: n, columnCount: n, repeating: 0)
    for i in 0..<n { result[i, i] = 1 }
    return result
  }

  static func * (a: Matrix, b: Matrix) -> Matrix {
    var result = Matrix(rowCount: a.rowCount, columnCount: b.columnCount, repeating: 0)
    for i in 0..<a.rowCount {
      for j in 0..<b.columnCount {
        for k in 0..<a.columnCount { result[i, j] += a[i, k] * b[k, j] }
      }
    }
    return result
  }

  static func * (a: Matrix, v: [Element]) -> [Element] {
    (a * Matrix(rowCount: v.count, columnCount: 1, elements: v)).elements
  }

  /// The columns in another order: column j of the result is column `order[j]`.
  func permutingColumns(_ order: [Int]) -> Matrix {
    var result = self
    for i in 0..<rowCount { for j in 0..<columnCount { result[i, j] = self[i, order[j]] } }
    return result
  }

  /// Every column times a factor of its own.
  func scalingColumns(_ factors: [Element]) -> Matrix {
    var result = self
    for i in 0..<rowCount { for j in 0..<columnCount { result[i, j] *= factors[j] } }
    return result
  }

  /// R, the first n rows from the diagonal on.
  var upperTriangle: Matrix {
    var result = Matrix(rowCount: columnCount, columnCount: columnCount, repeating: 0)
    for i in 0..<columnCount { for j in i..<columnCount { result[i, j] = self[i, j] } }
    return result
  }

  /// The largest |aᵢⱼ − bᵢⱼ|.
  func distance(to other: Matrix) -> Element {
    elements.distance(to: other.elements)
  }

  var largest: Element { elements.reduce(0) { max($0, $1.magnitude) } }
}

extension Array where Element: LSQScalar {
  func distance(to other: [Element]) -> Element {
    precondition(count == other.count)
    return zip(self, other).reduce(0) { largest, pair in
      let difference = (pair.0 - pair.1).magnitude
      return difference <= largest ? largest : difference
    }
  }

  var sumOfSquares: Element { reduce(0) { $0 + $1 * $1 } }

  var plainNorm: Element { sumOfSquares.squareRoot() }
}
