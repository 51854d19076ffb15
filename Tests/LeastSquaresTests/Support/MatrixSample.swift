import LSQScalars
import LeastSquares

/// A matrix to factorise, with the seed that it came from.
struct MatrixSample<Scalar: LSQScalar>: CustomStringConvertible {
  let kind: String
  let seed: UInt64
  let matrix: Matrix<Scalar>
  let rightHandSide: [Scalar]
  /// The number of independent columns.
  let rank: Int

  var description: String {
    "\(kind) \(matrix.rowCount)×\(matrix.columnCount), seed \(seed), \(Scalar.self)"
  }

  /// Shapes with m = n, n = 1 and both.
  static var shapes: [(Int, Int)] { [(1, 1), (5, 1), (4, 4), (7, 3), (12, 5), (30, 8)] }

  /// Random matrices of full rank.
  static var fullRank: [Self] {
    var seed: UInt64 = 0
    return shapes.flatMap { m, n in
      (0..<3).map { _ in
        seed += 1
        var random = SeededRandom(seed: seed)
        return Self(
          kind: "random", seed: seed, matrix: random.matrix(m, n, Scalar.self),
          rightHandSide: random.numbers(m, Scalar.self), rank: n)
      }
    }
  }

  /// Matrices with columns that are zero, repeated or all alike.
  static var deficient: [Self] {
    var seed: UInt64 = 100
    return [(4, 4), (7, 3), (12, 5)].flatMap { m, n in
      ["zero column", "duplicated column", "rank one", "zero"].map { kind in
        seed += 1
        var random = SeededRandom(seed: seed)
        var matrix = random.matrix(m, n, Scalar.self)
        for i in 0..<m {
          switch kind {
          case "zero column": matrix[i, 1] = 0
          case "duplicated column": matrix[i, n - 1] = matrix[i, 0]
          case "rank one": for j in 1..<n { matrix[i, j] = matrix[i, 0] * Scalar(1 << j) }
          default: for j in 0..<n { matrix[i, j] = 0 }
          }
        }
        let rank = kind == "rank one" ? 1 : kind == "zero" ? 0 : n - 1
        return Self(
          kind: kind, seed: seed, matrix: matrix, rightHandSide: random.numbers(m, Scalar.self),
          rank: rank)
      }
    }
  }

  static var all: [Self] { fullRank + deficient }

  /// The rounding error that a backward stable factorisation may make.
  var tolerance: Scalar {
    let (m, n) = (matrix.rowCount, matrix.columnCount)
    return Scalar(8 * (m + n)) * Scalar.ulpOfOne * matrix.largest
  }
}
