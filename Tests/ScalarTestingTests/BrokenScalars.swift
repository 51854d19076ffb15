import LSQScalars
import ScalarTesting

// Doubles with one defect each, which the laws must find.

/// A dot product with fused multiply-adds.
struct FusedDotProduct: LSQScalar, WrappedScalar {
  typealias Scalar = Self
  var base: Double
  init(base: Double) { self.base = base }

  static func dotProduct(
    _ x: Span<Self>, _ xLane: Lane, _ y: Span<Self>, _ yLane: Lane
  ) -> Self {
    var sum: Self = 0
    for i in 0..<xLane.count { sum.addProduct(x[xLane[i]], y[yLane[i]]) }
    return sum
  }
}

/// A dot product with two accumulators.
struct SplitDotProduct: LSQScalar, WrappedScalar {
  typealias Scalar = Self
  var base: Double
  init(base: Double) { self.base = base }

  static func dotProduct(
    _ x: Span<Self>, _ xLane: Lane, _ y: Span<Self>, _ yLane: Lane
  ) -> Self {
    var sums: [Self] = [0, 0]
    for i in 0..<xLane.count { sums[i % 2] += x[xLane[i]] * y[yLane[i]] }
    return sums[0] + sums[1]
  }
}

/// Products that are now and then off by one unit in the last place.
struct SloppyProduct: LSQScalar, WrappedScalar {
  typealias Scalar = Self
  var base: Double
  init(base: Double) { self.base = base }

  static func * (a: Self, b: Self) -> Self {
    let product = a.base * b.base
    return Self(base: product.significandBitPattern % 16 == 5 ? product.nextUp : product)
  }
}

/// A machine epsilon that is twice what it should be.
struct DoubleUlp: LSQScalar, WrappedScalar {
  typealias Scalar = Self
  var base: Double
  init(base: Double) { self.base = base }

  static var ulpOfOne: Self { Self(base: Double.ulpOfOne * 2) }
}

/// A machine epsilon that is half of what it should be.
struct HalfUlp: LSQScalar, WrappedScalar {
  typealias Scalar = Self
  var base: Double
  init(base: Double) { self.base = base }

  static var ulpOfOne: Self { Self(base: Double.ulpOfOne / 2) }
}

/// Text without the last digit of long numbers.
struct ShortText: LSQScalar, WrappedScalar {
  typealias Scalar = Self
  var base: Double
  init(base: Double) { self.base = base }

  var description: String {
    let text = base.description
    return text.count > 17 && !text.contains("e") ? String(text.dropLast()) : text
  }
}

/// A negation that subtracts from zero, so that −0 is lost.
struct LostMinusZero: LSQScalar, WrappedScalar {
  typealias Scalar = Self
  var base: Double
  init(base: Double) { self.base = base }

  static prefix func - (x: Self) -> Self { Self(base: 0 - x.base) }
}

/// An exact conversion that refuses the least integer.
struct NoLeastInteger: LSQScalar, WrappedScalar {
  typealias Scalar = Self
  var base: Double
  init(base: Double) { self.base = base }

  init?<Source: BinaryInteger>(exactly value: Source) {
    guard value != Int.min, let base = Double(exactly: value) else { return nil }
    self.init(base: base)
  }
}

/// A norm with thresholds of its own.
struct ModernNorm: LSQScalar, WrappedScalar {
  typealias Scalar = Self
  var base: Double
  init(base: Double) { self.base = base }

  static func euclideanNorm(
    _ v: Span<Self>, _ lane: Lane, small: Self, large: Self
  ) -> Self {
    var copy: [Double] = []
    for i in 0..<lane.count { copy.append(v[lane[i]].base) }
    return Self(
      base: Double.euclideanNorm(copy.span, Lane(count: lane.count), small: 1e-150, large: 1e150))
  }
}

/// Every kernel but the norm and the inner product: one rounding more, less or elsewhere than the law has, or an element
/// forgotten.
struct OtherKernels: LSQScalar, WrappedScalar {
  typealias Scalar = Self
  var base: Double
  init(base: Double) { self.base = base }

  static func addScaled(
    _ factor: Self, _ x: Span<Self>, _ xLane: Lane, to y: inout MutableSpan<Self>, _ yLane: Lane
  ) {
    for i in 0..<xLane.count { y[yLane[i]].addProduct(factor, x[xLane[i]]) }
  }

  static func addScaled(
    _ factor: Self, _ xLane: Lane, to yLane: Lane, in buffer: inout MutableSpan<Self>
  ) {
    for i in 0..<xLane.count { buffer[yLane[i]].addProduct(factor, buffer[xLane[i]]) }
  }

  static func apply(
    _ operation: LaneOperation, _ x: Lane, _ y: Lane, into z: Lane,
    in buffer: inout MutableSpan<Self>
  ) {
    for i in 0..<z.count { buffer[z[i]].addProduct(buffer[x[i]], buffer[y[i]]) }
  }

  static func divide(_ lane: Lane, of buffer: inout MutableSpan<Self>, by divisor: Self) {
    let reciprocal = 1 / divisor
    for i in 0..<lane.count { buffer[lane[i]] *= reciprocal }
  }

  static func applyReflector(
    inColumn pivot: Int, ofRowMajor matrix: inout MutableSpan<Self>, rowCount: Int,
    columnCount: Int, sums: inout MutableSpan<Self>
  ) {
    for k in 0..<columnCount where k > pivot {
      // From below, not from above.
      var sum: Self = 0
      for i in (pivot..<rowCount).reversed() {
        sum += matrix[i * columnCount + pivot] * matrix[i * columnCount + k]
      }
      sum /= matrix[pivot * columnCount + pivot]
      for i in pivot..<rowCount {
        matrix[i * columnCount + k] -= sum * matrix[i * columnCount + pivot]
      }
    }
  }

  static func columnNorms(
    ofRowMajor matrix: Span<Self>, rowCount: Int, columnCount: Int, small: Self, large: Self,
    into norms: inout MutableSpan<Self>
  ) {
    for j in 0..<columnCount {
      // As if all components were small or large.
      norms[j] = euclideanNorm(
        matrix, Lane(start: j, count: rowCount, stride: columnCount), small: large, large: large)
    }
  }

  static func copy(_ x: Span<Self>, _ xLane: Lane, to y: inout MutableSpan<Self>, _ yLane: Lane) {
    for i in 1..<max(xLane.count, 1) { y[yLane[i]] = x[xLane[i]] }
  }

  static func exchange(_ xLane: Lane, _ yLane: Lane, in buffer: inout MutableSpan<Self>) {
    for i in 0..<xLane.count { buffer[xLane[i]] = buffer[yLane[i]] }
  }

  static func divideDifferences(
    _ x: Span<Self>, _ y: Span<Self>, by divisor: Self, into z: inout MutableSpan<Self>,
    _ lane: Lane
  ) {
    for i in 0..<lane.count { z[lane[i]] = x[i] / divisor - y[i] / divisor }
  }

  static func reflect(
    column pivot: Int, norm: Self, ofRowMajor matrix: inout MutableSpan<Self>, rowCount: Int,
    columnCount: Int, vector: inout MutableSpan<Self>, sums: inout MutableSpan<Self>
  ) {
    divide(
      Lane(start: pivot * columnCount + pivot, count: rowCount - pivot, stride: columnCount),
      of: &matrix, by: norm)
  }

  static func rotate(
    _ x: inout MutableSpan<Self>, _ xLane: Lane, _ y: inout MutableSpan<Self>, _ yLane: Lane,
    cosine: Self, sine: Self
  ) {
    for i in 0..<xLane.count {
      let (a, b) = (x[xLane[i]], y[yLane[i]])
      x[xLane[i]] = (cosine * a).addingProduct(sine, b)
      y[yLane[i]] = (cosine * b).addingProduct(-sine, a)
    }
  }

  static func areFinite(_ x: Span<Self>) -> Bool {
    for i in x.indices.dropLast() where !x[i].isFinite { return false }
    return true
  }

  static func multiply(_ elements: inout MutableSpan<Self>, by factor: Self) {
    for i in elements.indices.dropLast() { elements[i] *= factor }
  }

  static func combine(
    _ x: inout MutableSpan<Self>, times a: Self, adding y: Span<Self>, times b: Self
  ) {
    for i in x.indices { x[i] = (a * x[i]).addingProduct(b, y[i]) }
  }
}

/// Functions computed in `Float`, text and literals read through it.
struct ThroughFloat: LSQScalar, WrappedScalar {
  typealias Scalar = Self
  var base: Double
  init(base: Double) { self.base = base }

  static func exp(_ x: Self) -> Self { Self(base: Double(Float.exp(Float(x.base)))) }
  static func gamma(_ x: Self) -> Self { Self(base: Double(Float.gamma(Float(x.base)))) }

  init?(_ text: String) {
    guard let value = Float(text) else { return nil }
    base = Double(value)
  }

  init(floatLiteral value: Double) { base = Double(Float(value)) }
}

/// An order in which numbers less than an ulp of one apart are equal.
struct Fuzzy: LSQScalar, WrappedScalar {
  typealias Scalar = Self
  var base: Double
  init(base: Double) { self.base = base }

  func isEqual(to other: Self) -> Bool {
    base == other.base || (base - other.base).magnitude <= Double.ulpOfOne
  }
}
