import LSQScalars

/// The laws of the kernels, written a second time with operators alone, each rounding as a separate
/// step.
///
/// A scalar's own kernels are compared with this code, and a ``CountingScalar`` runs it.
enum KernelLaw {
  static func euclideanNorm<T: LSQScalar>(_ v: Span<T>, _ lane: Lane, small: T, large: T) -> T {
    if lane.count <= 0 { return 0 }
    let giant = large / T(lane.count)
    var middle: T = 0
    var big = ScaledSum<T>()
    var tiny = ScaledSum<T>()
    for i in 0..<lane.count {
      let a = v[lane[i]].magnitude
      if a > small && a < giant {
        middle = middle + a * a
      } else if a <= small {
        tiny.add(a, skippingZero: true)
      } else {
        big.add(a, skippingZero: false)
      }
    }
    if big.sum != 0 {
      return big.unit * (big.sum + (middle / big.unit) / big.unit).squareRoot()
    }
    if middle != 0 {
      let rest = tiny.unit * tiny.sum
      return middle >= tiny.unit
        ? (middle * (1 + (tiny.unit / middle) * rest)).squareRoot()
        : (tiny.unit * ((middle / tiny.unit) + rest)).squareRoot()
    }
    return tiny.unit * tiny.sum.squareRoot()
  }

  /// `sum` squares in units of the largest so far.
  private struct ScaledSum<T: LSQScalar> {
    var sum: T = 0
    var unit: T = 0

    mutating func add(_ a: T, skippingZero: Bool) {
      if a > unit {
        let ratio = unit / a
        sum = 1 + sum * (ratio * ratio)
        unit = a
      } else if !skippingZero || a != 0 {
        let ratio = a / unit
        sum = sum + ratio * ratio
      }
    }
  }

  static func dotProduct<T: LSQScalar>(
    _ x: Span<T>, _ xLane: Lane, _ y: Span<T>, _ yLane: Lane
  ) -> T {
    var sum: T = 0
    for i in 0..<xLane.count {
      let product = x[xLane[i]] * y[yLane[i]]
      sum = sum + product
    }
    return sum
  }

  static func addScaled<T: LSQScalar>(
    _ factor: T, _ x: Span<T>, _ xLane: Lane, to y: inout MutableSpan<T>, _ yLane: Lane
  ) {
    for i in 0..<xLane.count {
      let product = factor * x[xLane[i]]
      y[yLane[i]] = y[yLane[i]] + product
    }
  }

  static func addScaled<T: LSQScalar>(
    _ factor: T, _ xLane: Lane, to yLane: Lane, in buffer: inout MutableSpan<T>
  ) {
    for i in 0..<xLane.count {
      let product = factor * buffer[xLane[i]]
      buffer[yLane[i]] = buffer[yLane[i]] + product
    }
  }

  static func apply<T: LSQScalar>(
    _ operation: LaneOperation, _ x: Lane, _ y: Lane, into z: Lane, in buffer: inout MutableSpan<T>
  ) {
    for i in 0..<z.count {
      let (a, b, c) = (buffer[x[i]], buffer[y[i]], buffer[z[i]])
      let product = a * b
      buffer[z[i]] =
        switch operation {
        case .copy: a
        case .negate: -a
        case .add: a + b
        case .subtract: a - b
        case .multiply: product
        case .divide: a / b
        case .addProduct: c + product
        case .subtractProduct: c - product
        case .exponential: .exp(a)
        }
    }
  }

  static func divide<T: LSQScalar>(
    _ lane: Lane, of buffer: inout MutableSpan<T>, by divisor: T
  ) {
    for i in 0..<lane.count { buffer[lane[i]] = buffer[lane[i]] / divisor }
  }

  /// Column after column, whereas the kernel may take the columns side by side.
  static func applyReflector<T: LSQScalar>(
    inColumn pivot: Int, ofRowMajor matrix: inout MutableSpan<T>, rowCount: Int, columnCount: Int
  ) {
    guard pivot + 1 < columnCount else { return }
    for k in (pivot + 1)..<columnCount {
      var sum: T = 0
      for i in pivot..<rowCount {
        let product = matrix[i * columnCount + pivot] * matrix[i * columnCount + k]
        sum = sum + product
      }
      let quotient = sum / matrix[pivot * columnCount + pivot]
      for i in pivot..<rowCount {
        let product = quotient * matrix[i * columnCount + pivot]
        matrix[i * columnCount + k] = matrix[i * columnCount + k] - product
      }
    }
  }

  static func reflect<T: LSQScalar>(
    column pivot: Int, norm: T, ofRowMajor matrix: inout MutableSpan<T>, rowCount: Int,
    columnCount: Int, vector: inout MutableSpan<T>
  ) {
    let first = pivot * columnCount + pivot
    for i in pivot..<rowCount {
      matrix[i * columnCount + pivot] = matrix[i * columnCount + pivot] / norm
    }
    matrix[first] = matrix[first] + 1
    applyReflector(
      inColumn: pivot, ofRowMajor: &matrix, rowCount: rowCount, columnCount: columnCount)
    var sum: T = 0
    for i in pivot..<rowCount {
      let product = matrix[i * columnCount + pivot] * vector[i]
      sum = sum + product
    }
    let quotient = sum / matrix[first]
    for i in pivot..<rowCount {
      let product = quotient * matrix[i * columnCount + pivot]
      vector[i] = vector[i] - product
    }
  }

  static func rotate<T: LSQScalar>(
    _ x: inout MutableSpan<T>, _ xLane: Lane, _ y: inout MutableSpan<T>, _ yLane: Lane, cosine: T,
    sine: T
  ) {
    for i in 0..<xLane.count {
      let a = x[xLane[i]]
      let b = y[yLane[i]]
      let cosineTimesA = cosine * a
      let sineTimesB = sine * b
      let sineTimesA = sine * a
      let cosineTimesB = cosine * b
      x[xLane[i]] = cosineTimesA + sineTimesB
      y[yLane[i]] = -sineTimesA + cosineTimesB
    }
  }

  static func solveDamped<T: LSQScalar>(
    _ r: [T], _ b: [T], _ d: [T], half: T, quarter: T, _ s: inout MutableSpan<T>,
    _ z: inout MutableSpan<T>, _ row: inout MutableSpan<T>
  ) {
    let n = b.count
    for k in 0..<(n * n) { s[k] = r[k] }
    for j in 0..<n { z[j] = b[j] }
    for j in 0..<n where d[j] != 0 {
      for k in 0..<n { row[k] = k == j ? d[j] : 0 }
      var beta: T = 0
      for k in j..<n where row[k] != 0 {
        let (cosine, sine) = rotation(s[k * n + k], row[k], half, quarter)
        s[k * n + k] = cosine * s[k * n + k] + sine * row[k]
        let gamma = z[k]
        z[k] = cosine * gamma + sine * beta
        beta = -(sine * gamma) + cosine * beta
        let rest = n - k - 1
        rotate(
          &s, Lane(start: k * n + k + 1, count: rest), &row, Lane(start: k + 1, count: rest),
          cosine: cosine, sine: sine)
      }
    }
    let rank = (0..<n).first { s[$0 * n + $0] == 0 } ?? n
    for j in (0..<n).reversed() {
      var sum: T = 0
      for k in (j + 1)..<max(rank, j + 1) { sum = sum + s[j * n + k] * z[k] }
      z[j] = j < rank ? (z[j] - sum) / s[j * n + j] : 0
    }
  }

  /// The cosine and sine that eliminate b against a.
  private static func rotation<T: LSQScalar>(_ a: T, _ b: T, _ half: T, _ quarter: T) -> (T, T) {
    let isSteep = a.magnitude < b.magnitude
    let t = isSteep ? a / b : b / a
    let larger = half / (quarter + quarter * (t * t)).squareRoot()
    let smaller = larger * t
    return isSteep ? (smaller, larger) : (larger, smaller)
  }

  static func multiply<T: LSQScalar>(_ elements: inout MutableSpan<T>, by factor: T) {
    for i in elements.indices { elements[i] = elements[i] * factor }
  }

  static func combine<T: LSQScalar>(
    _ x: inout MutableSpan<T>, times a: T, adding y: Span<T>, times b: T
  ) {
    for i in x.indices {
      let first = a * x[i]
      let second = b * y[i]
      x[i] = first + second
    }
  }
}
