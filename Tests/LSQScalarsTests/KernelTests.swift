import LSQScalars
import Testing

/// The kernels of every type, bit for bit against their laws written out plainly.
@Suite struct KernelTests {
  /// Lanes of seven elements in a buffer of forty: a row, a column, and parts of them.
  private static let lanes: [(Lane, Lane)] = [
    (Lane(start: 0, count: 7), Lane(start: 20, count: 7)),
    (Lane(start: 1, count: 7, stride: 5), Lane(start: 3, count: 7, stride: 5)),
    (Lane(start: 0, count: 7), Lane(start: 8, count: 7, stride: 4)),
    (Lane(start: 39, count: 1), Lane(start: 0, count: 1)),
    (Lane(start: 0, count: 0), Lane(start: 5, count: 0)),
  ]

  @Test(arguments: BuiltInScalar.all, 1...5 as ClosedRange<UInt64>)
  func `Inner products run upward from zero`(scalar: BuiltInScalar, seed: UInt64) {
    func check<S: LSQScalar>(_: S.Type) {
      var random = SeededNumbers<S>(seed: seed)
      let (x, y) = (random.next(40), random.next(40))
      for (xLane, yLane) in Self.lanes {
        var sum: S = 0
        for i in 0..<xLane.count {
          let product = x[xLane.start + i * xLane.stride] * y[yLane.start + i * yLane.stride]
          sum = sum + product
        }
        #expect(S.dotProduct(x.span, xLane, y.span, yLane) == sum, "seed \(seed)")
      }
    }
    check(scalar.type)
  }

  @Test(arguments: BuiltInScalar.all)
  func `An infinity or NaN is seen at every place among any number of numbers`(
    scalar: BuiltInScalar
  ) {
    func check<S: LSQScalar>(_: S.Type) {
      for count in 0...70 {
        var numbers = [S](repeating: -.greatestFiniteMagnitude, count: count)
        let areAllFinite = S.areFinite(numbers.span)
        #expect(areAllFinite, "\(count)")
        for i in 0..<count {
          for bad: S in [.infinity, -.infinity, .nan] {
            let good = numbers[i]
            numbers[i] = bad
            let areFinite = S.areFinite(numbers.span)
            #expect(!areFinite, "\(bad) at \(i) of \(count)")
            numbers[i] = good
          }
        }
      }
    }
    check(scalar.type)
  }

  @Test(arguments: BuiltInScalar.all, 1...5 as ClosedRange<UInt64>)
  func `A multiple is rounded before it is added`(scalar: BuiltInScalar, seed: UInt64) {
    func check<S: LSQScalar>(_: S.Type) {
      var random = SeededNumbers<S>(seed: seed)
      let (x, y, factor) = (random.next(40), random.next(40), random.next())
      for (xLane, yLane) in Self.lanes {
        var expected = y
        for i in 0..<xLane.count {
          let product = factor * x[xLane.start + i * xLane.stride]
          expected[yLane.start + i * yLane.stride] += product
        }
        var result = y
        var span = result.mutableSpan
        S.addScaled(factor, x.span, xLane, to: &span, yLane)
        #expect(result == expected, "seed \(seed)")
        // Within one buffer.
        var joint = y
        var jointExpected = y
        for i in 0..<xLane.count {
          let product = factor * y[xLane.start + i * xLane.stride]
          jointExpected[yLane.start + i * yLane.stride] += product
        }
        var jointSpan = joint.mutableSpan
        S.addScaled(factor, xLane, to: yLane, in: &jointSpan)
        #expect(joint == jointExpected, "seed \(seed)")
      }
    }
    check(scalar.type)
  }

  @Test(arguments: BuiltInScalar.all, 1...5 as ClosedRange<UInt64>)
  func `A difference is rounded before it is divided`(scalar: BuiltInScalar, seed: UInt64) {
    func check<S: LSQScalar>(_: S.Type) {
      var random = SeededNumbers<S>(seed: seed)
      let (x, y, z) = (random.next(40), random.next(40), random.next(40))
      let divisor: S = random.next()
      for (lane, _) in Self.lanes {
        var expected = z
        for i in 0..<lane.count {
          let difference = x[i] - y[i]
          expected[lane.start + i * lane.stride] = difference / divisor
        }
        var result = z
        var span = result.mutableSpan
        S.divideDifferences(x.span, y.span, by: divisor, into: &span, lane)
        #expect(result == expected, "seed \(seed)")
      }
    }
    check(scalar.type)
  }

  @Test(arguments: BuiltInScalar.all)
  func `Lanes exchange their elements and nothing else`(scalar: BuiltInScalar) {
    func check<S: LSQScalar>(_: S.Type) {
      var random = SeededNumbers<S>(seed: 1)
      let x = random.next(40)
      for (xLane, yLane) in Self.lanes {
        var expected = x
        for i in 0..<xLane.count { expected.swapAt(xLane[i], yLane[i]) }
        var result = x
        var span = result.mutableSpan
        S.exchange(xLane, yLane, in: &span)
        #expect(result == expected)
      }
    }
    check(scalar.type)
  }

  @Test(arguments: BuiltInScalar.all, 1...5 as ClosedRange<UInt64>)
  func `Division leaves what is beside the lane`(scalar: BuiltInScalar, seed: UInt64) {
    func check<S: LSQScalar>(_: S.Type) {
      var random = SeededNumbers<S>(seed: seed)
      let (x, divisor) = (random.next(40), random.next() + 1)
      for (lane, _) in Self.lanes {
        var expected = x
        for i in 0..<lane.count { expected[lane[i]] = x[lane[i]] / divisor }
        var result = x
        var span = result.mutableSpan
        S.divide(lane, of: &span, by: divisor)
        #expect(result == expected, "seed \(seed)")
      }
    }
    check(scalar.type)
  }

  @Test(arguments: BuiltInScalar.all, 1...5 as ClosedRange<UInt64>)
  func `Rotations round both products and their sum`(scalar: BuiltInScalar, seed: UInt64) {
    func check<S: LSQScalar>(_: S.Type) {
      var random = SeededNumbers<S>(seed: seed)
      let (x, y) = (random.next(40), random.next(40))
      let (c, s) = (random.next(), random.next())
      for (xLane, yLane) in Self.lanes {
        var (first, second) = (x, y)
        for i in 0..<xLane.count {
          let (a, b) = (x[xLane[i]], y[yLane[i]])
          let (ca, sb, sa, cb) = (c * a, s * b, s * a, c * b)
          first[xLane[i]] = ca + sb
          second[yLane[i]] = cb - sa
        }
        var (u, v) = (x, y)
        var uSpan = u.mutableSpan
        var vSpan = v.mutableSpan
        S.rotate(&uSpan, xLane, &vSpan, yLane, cosine: c, sine: s)
        #expect(u == first && v == second, "seed \(seed)")
      }
    }
    check(scalar.type)
  }

  @Test(arguments: BuiltInScalar.all, 1...5 as ClosedRange<UInt64>)
  func `Reflectors keep the order of every column`(scalar: BuiltInScalar, seed: UInt64) {
    func check<S: LSQScalar>(_: S.Type) {
      var random = SeededNumbers<S>(seed: seed)
      for (m, n) in [(1, 1), (5, 1), (4, 4), (9, 3), (20, 17)] {
        let matrix = random.next(m * n, spread: 2)
        for pivot in 0..<min(m, n) {
          var expected = matrix
          for k in (pivot + 1)..<max(n, pivot + 1) {
            var sum: S = 0
            for i in pivot..<m { sum += matrix[i * n + pivot] * matrix[i * n + k] }
            let ratio = sum / matrix[pivot * n + pivot]
            for i in pivot..<m { expected[i * n + k] -= ratio * matrix[i * n + pivot] }
          }
          var result = matrix
          var scratch = [S](repeating: .nan, count: n)
          var span = result.mutableSpan
          var sums = scratch.mutableSpan
          S.applyReflector(
            inColumn: pivot, ofRowMajor: &span, rowCount: m, columnCount: n, sums: &sums)
          #expect(result == expected, "\(m)×\(n), pivot \(pivot), seed \(seed)")
        }
      }
    }
    check(scalar.type)
  }

  /// Widths on both sides of every number of columns that registers hold side by side.
  @Test(arguments: BuiltInScalar.all, [1, 2, 3, 4, 5, 7, 8, 9, 11, 15, 17, 31, 33, 36, 63, 67, 70])
  func `A reflector is made and applied to columns and vector as to each alone`(
    scalar: BuiltInScalar, n: Int
  ) {
    func check<S: LSQScalar>(_: S.Type) {
      var random = SeededNumbers<S>(seed: UInt64(n))
      for m in [n, n + 3] {
        let (matrix, vector) = (random.next(m * n, spread: 2), random.next(m))
        let norm = random.next() + 2
        for pivot in Set([0, n / 2, n - 1]) {
          var (expected, expectedVector) = (matrix, vector)
          for i in pivot..<m { expected[i * n + pivot] /= norm }
          expected[pivot * n + pivot] += 1
          let v = (pivot..<m).map { expected[$0 * n + pivot] }
          func reflected(_ a: [S]) -> [S] {
            var sum: S = 0
            for i in v.indices { sum += v[i] * a[i] }
            let ratio = sum / v[0]
            return v.indices.map { a[$0] - ratio * v[$0] }
          }
          for k in (pivot + 1)..<max(n, pivot + 1) {
            let column = reflected((pivot..<m).map { matrix[$0 * n + k] })
            for i in column.indices { expected[(pivot + i) * n + k] = column[i] }
          }
          expectedVector.replaceSubrange(pivot..., with: reflected(Array(vector[pivot...])))
          var (result, resultVector) = (matrix, vector)
          var scratch = [S](repeating: .nan, count: n)
          var span = result.mutableSpan
          var vectorSpan = resultVector.mutableSpan
          var sums = scratch.mutableSpan
          S.reflect(
            column: pivot, norm: norm, ofRowMajor: &span, rowCount: m, columnCount: n,
            vector: &vectorSpan, sums: &sums)
          #expect(result == expected, "\(m)×\(n), pivot \(pivot)")
          #expect(resultVector == expectedVector, "\(m)×\(n), pivot \(pivot)")
        }
      }
    }
    check(scalar.type)
  }

  @Test(arguments: BuiltInScalar.all, [1, 2, 3, 4, 6, 8, 13, 29, 70])
  func `Norms of columns side by side are those of each alone`(scalar: BuiltInScalar, n: Int) {
    func check<S: LSQScalar>(_: S.Type) {
      let norm = EuclideanNorm<S>()
      var random = SeededNumbers<S>(seed: UInt64(n))
      // Columns of ordinary numbers, some with components of other sizes in them.
      let others: [S] = [
        0, norm.small, norm.small.nextUp, norm.small / 4, S.leastNonzeroMagnitude,
        norm.large / 20, norm.large / 9, norm.large, S.greatestFiniteMagnitude, .infinity, .nan,
      ]
      for m in [1, 9, 20] {
        for (k, other) in others.enumerated() {
          var matrix = random.next(m * n, spread: 2)
          for j in 0..<n where j % 2 == 0 { matrix[((j + k) % m) * n + j] = other }
          if k % 3 == 0 { for i in 0..<m { matrix[i * n] *= norm.small } }
          var norms = [S](repeating: 7, count: n)
          var span = norms.mutableSpan
          norm.ofColumns(matrix.span, rowCount: m, columnCount: n, into: &span)
          for j in 0..<n {
            let lane = Lane(start: j, count: m, stride: n)
            let alone = S.componentwiseNorm(
              matrix.span, lane, small: norm.small, large: norm.large)
            #expect(norms[j] == alone || norms[j].isNaN && alone.isNaN, "\(m)×\(n), \(other)")
            let single = norm(matrix.span, lane)
            #expect(single == alone || single.isNaN && alone.isNaN, "\(m)×\(n), \(other)")
          }
        }
      }
    }
    check(scalar.type)
  }

  @Test(arguments: BuiltInScalar.all, 1...5 as ClosedRange<UInt64>)
  func `Model numbers scale and combine`(scalar: BuiltInScalar, seed: UInt64) {
    func check<S: LSQScalar>(_: S.Type) {
      var random = SeededNumbers<S>(seed: seed)
      let (x, y, a, b) = (random.next(9), random.next(9), random.next(), random.next())
      var result = x
      var span = result.mutableSpan
      S.multiply(&span, by: a)
      #expect(result == x.map { $0 * a }, "seed \(seed)")
      result = x
      var target = result.mutableSpan
      S.combine(&target, times: a, adding: y.span, times: b)
      let expected = zip(x, y).map { u, v in
        let (p, q) = (a * u, b * v)
        return p + q
      }
      #expect(result == expected, "seed \(seed)")
    }
    check(scalar.type)
  }
}

@Suite struct LaneTests {
  @Test func `A lane addresses a row or a column`() {
    let row = Lane(start: 6, count: 3)
    #expect((0..<row.count).map { row[$0] } == [6, 7, 8])
    let column = Lane(start: 2, count: 4, stride: 3)
    #expect((0..<column.count).map { column[$0] } == [2, 5, 8, 11])
    let all = Lane(count: 3)
    #expect(all == Lane(start: 0, count: 3, stride: 1))
    #expect(all != Lane(start: 0, count: 3, stride: 2))
  }
}

@Suite struct ScalarTests {
  @Test(arguments: BuiltInScalar.all)
  func `A real scalar is its own model number`(scalar: BuiltInScalar) {
    func check<S: LSQScalar>(_: S.Type) {
      let x = S(7) / 3
      #expect(S(x) == x && x.realPart == x)
      #expect(S.absoluteValue(-x) == x && S.absoluteValue(x) == x)
    }
    check(scalar.type)
  }
}
