import LSQScalars

// The kernels that work on a whole matrix against their laws, bit for bit.

extension Examination {
  mutating func checkColumnNorms() {
    guard let norm = norm() else { return }
    forEachSample { e throws(Finding) in
      let (rowCount, columnCount) = e.shape()
      let matrix = try e.buffer(holding: Lane(count: rowCount * columnCount))
      e.compare(
        try e.buffer(holding: Lane(count: columnCount)),
        "the norms of the columns of \(rowCount)x\(columnCount) \(matrix)"
      ) {
        Scalar.columnNorms(
          ofRowMajor: matrix.span, rowCount: rowCount, columnCount: columnCount,
          small: norm.small, large: norm.large, into: &$0)
      } law: {
        for j in 0..<columnCount {
          $0[j] = KernelLaw.euclideanNorm(
            matrix.span, Lane(start: j, count: rowCount, stride: columnCount), small: norm.small,
            large: norm.large)
        }
      }
    }
  }

  mutating func checkApplyReflector() {
    forEachSample { e throws(Finding) in
      let (rowCount, columnCount) = e.shape()
      let pivot = Int.random(in: 0..<columnCount, using: &e.generator)
      let matrix = try e.buffer(holding: Lane(count: rowCount * columnCount))
      var sums = [Scalar](repeating: .nan, count: columnCount)
      e.compare(
        matrix, "the reflector of column \(pivot), applied to \(rowCount)x\(columnCount) \(matrix)"
      ) {
        var scratch = sums.mutableSpan
        Scalar.applyReflector(
          inColumn: pivot, ofRowMajor: &$0, rowCount: rowCount, columnCount: columnCount,
          sums: &scratch)
      } law: {
        KernelLaw.applyReflector(
          inColumn: pivot, ofRowMajor: &$0, rowCount: rowCount, columnCount: columnCount)
      }
    }
  }

  mutating func checkReflect() {
    forEachSample { e throws(Finding) in
      let (rowCount, columnCount) = e.shape()
      let pivot = Int.random(in: 0..<columnCount, using: &e.generator)
      let norm = try e.number(exponents: -6...6)
      let matrix = try e.buffer(holding: Lane(count: rowCount * columnCount))
      let vector = try Array(e.buffer(holding: Lane(count: rowCount))[0..<rowCount])
      var sums = [Scalar](repeating: .nan, count: columnCount)
      let found = Self.joined(matrix, vector) {
        var scratch = sums.mutableSpan
        Scalar.reflect(
          column: pivot, norm: norm, ofRowMajor: &$0, rowCount: rowCount,
          columnCount: columnCount, vector: &$1, sums: &scratch)
      }
      let expected = Self.joined(matrix, vector) {
        KernelLaw.reflect(
          column: pivot, norm: norm, ofRowMajor: &$0, rowCount: rowCount,
          columnCount: columnCount, vector: &$1)
      }
      e.expect(
        found, are: expected,
        "reflecting column \(pivot) of \(rowCount)x\(columnCount) \(matrix) and \(vector) by \(norm)"
      )
    }
  }

  mutating func checkSolveDamped() {
    forEachSample { e throws(Finding) in
      let n = Int.random(in: 1...7, using: &e.generator)
      let r = try e.buffer(holding: Lane(count: n * n))
      let b = try e.buffer(holding: Lane(count: n))
      let d = try e.buffer(holding: Lane(count: n))
      let (half, quarter) = (Scalar(1) / 2, Scalar(1) / 4)
      // The solution, and the meaningful part of the triangle.
      func solved(
        _ body: (inout MutableSpan<Scalar>, inout MutableSpan<Scalar>, inout MutableSpan<Scalar>)
          -> Void
      ) -> [Scalar] {
        var s = [Scalar](repeating: .nan, count: n * n)
        var z = [Scalar](repeating: .nan, count: n)
        var row = z
        var triangle = s.mutableSpan
        var solution = z.mutableSpan
        var scratch = row.mutableSpan
        body(&triangle, &solution, &scratch)
        return z + (0..<n).flatMap { s[($0 * n + $0)..<($0 * n + n)] }
      }
      let found = solved {
        Scalar.solveDamped(
          triangle: r.span, rightHandSide: Array(b[0..<n]).span, diagonal: Array(d[0..<n]).span,
          half: half, quarter: quarter, into: &$0, solution: &$1, row: &$2)
      }
      let expected = solved {
        KernelLaw.solveDamped(
          r, Array(b[0..<n]), Array(d[0..<n]), half: half, quarter: quarter, &$0, &$1, &$2)
      }
      e.expect(found, are: expected, "solving \(r) for \(b), damped by \(d)")
    }
  }

  /// At least as many rows as columns.
  private mutating func shape() -> (rowCount: Int, columnCount: Int) {
    let columnCount = Int.random(in: 1...6, using: &generator)
    return (columnCount + Int.random(in: 0...3, using: &generator), columnCount)
  }
}
