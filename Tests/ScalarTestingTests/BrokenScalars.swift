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

/// A machine epsilon that is half of what it should be.
struct WrongUlp: LSQScalar, WrappedScalar {
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
