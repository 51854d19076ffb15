import LSQScalars

// What kernels and their laws are run on.

extension Examination {
  /// Runs a kernel and its law on copies of a buffer and compares the whole copies.
  mutating func compare(
    _ buffer: [Scalar], _ operation: @autoclosure () -> String,
    kernel: (inout MutableSpan<Scalar>) -> Void, law: (inout MutableSpan<Scalar>) -> Void
  ) {
    var found = buffer
    var expected = buffer
    var foundSpan = found.mutableSpan
    kernel(&foundSpan)
    var expectedSpan = expected.mutableSpan
    law(&expectedSpan)
    expect(found, are: expected, operation())
  }

  /// Changed copies of two buffers, joined, the second after the first.
  static func joined(
    _ x: [Scalar], _ y: [Scalar],
    _ body: (inout MutableSpan<Scalar>, inout MutableSpan<Scalar>) -> Void
  ) -> [Scalar] {
    var (first, second) = (x, y)
    var firstSpan = first.mutableSpan
    var secondSpan = second.mutableSpan
    body(&firstSpan, &secondSpan)
    return first + second
  }

  mutating func expect(
    _ found: [Scalar], are expected: [Scalar], _ operation: @autoclosure () -> String
  ) {
    guard let i = found.indices.first(where: { !Self.same(found[$0], expected[$0]) }) else {
      return
    }
    expect(found[i], is: expected[i], "element \(i) after \(operation())")
  }

  mutating func lane() -> Lane {
    Lane(
      start: Int.random(in: 0...3, using: &generator),
      count: Int.random(in: 0...9, using: &generator),
      stride: Int.random(in: 1...4, using: &generator))
  }

  /// Two lanes of the same count.
  mutating func twoLanes() -> (Lane, Lane) {
    let first = lane()
    var second = lane()
    second.count = first.count
    return (first, second)
  }

  /// Two lanes of one buffer that share no element, side by side or one after the other, in either order.
  mutating func lanesApart(count: Int) -> (Lane, Lane) {
    let isInterleaved = Bool.random(using: &generator)
    let stride = isInterleaved ? 2 : 1
    let first = Lane(start: 1, count: count, stride: stride)
    let second = Lane(start: isInterleaved ? 2 : count + 1, count: count, stride: stride)
    return Bool.random(using: &generator) ? (first, second) : (second, first)
  }

  /// The norm, whose thresholds stop the program where the type does not read text.
  mutating func norm() -> EuclideanNorm<Scalar>? {
    for text in ["3.834e-20", "1.304e19"] where Scalar(text) == nil {
      report("reading \"\(text)\"", found: "nil", expected: "a number")
    }
    return violations.isEmpty ? EuclideanNorm() : nil
  }

  /// A random number of the kind that kernels meet; some are zeros of either sign.
  mutating func kernelNumber() throws(Finding) -> Scalar {
    switch Int.random(in: 0..<16, using: &generator) {
    case 0: 0
    case 1: -Scalar.zero
    default: try number(exponents: -6...6)
    }
  }

  /// A buffer that holds a lane, and some elements on either side of it.
  mutating func buffer(holding lane: Lane) throws(Finding) -> [Scalar] {
    try buffer(holding: lane) { e throws(Finding) in try e.kernelNumber() }
  }

  mutating func buffer(
    holding lane: Lane, _ element: (inout Self) throws(Finding) -> Scalar
  ) throws(Finding) -> [Scalar] {
    let count = lane.start + lane.count * lane.stride + 1
    var elements: [Scalar] = []
    for _ in 0..<count { elements.append(try element(&self)) }
    return elements
  }
}
