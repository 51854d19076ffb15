import MultiPrecision
import ScalarTesting
import Testing

@Suite("Random numbers")
struct RandomTests {
  /// Always the same word.
  struct Constant: RandomNumberGenerator {
    var word: UInt64
    mutating func next() -> UInt64 { word }
  }

  @Test("They lie in their range, at every width")
  func range() {
    func check<let bits: Int, let words: Int>(_: MPFloat<bits, words>.Type) {
      typealias M = MPFloat<bits, words>
      let seed: UInt64 = 101
      var generator = SeededGenerator(seed: seed)
      let ranges: [(M, M)] = [
        (0, 1), (-1, 1), (1, M(1).nextUp), (-3, -2),
        (-.greatestFiniteMagnitude, .greatestFiniteMagnitude),
        (0, .leastNonzeroMagnitude), (-.leastNonzeroMagnitude, .greatestFiniteMagnitude),
        (M(1).nextDown, 1024),
        (.leastNormalMagnitude, .leastNormalMagnitude * M(1.5)),
      ]
      for (lower, upper) in ranges {
        for _ in 0..<50 {
          let x = M.random(in: lower..<upper, using: &generator)
          #expect(x >= lower && x < upper, "\(x) of \(lower)..<\(upper), seed \(seed)")
          let y = M.random(in: lower...upper, using: &generator)
          #expect(y >= lower && y <= upper, "\(y) of \(lower)...\(upper), seed \(seed)")
        }
        for word in [0, UInt64.max] {
          var constant = Constant(word: word)
          let x = M.random(in: lower..<upper, using: &constant)
          #expect(x >= lower && x < upper, "\(x) of \(lower)..<\(upper)")
          #expect((lower...upper).contains(.random(in: lower...upper, using: &constant)))
        }
      }
      #expect(M.random(in: 2...2, using: &generator) == 2)
      // Numbers that are as near to each other as numbers can be, but more than two.
      let least = M.leastNormalMagnitude
      let found = (0..<20).map { _ in M.random(in: least...(2 * least), using: &generator) }
      #expect(bits < 8 || Set(found).count > 4, "seed \(seed)")
    }
    check(MPFloat<2, 1>.self)
    check(MPFloat<24, 1>.self)
    check(MPFloat<53, 1>.self)
    check(MPFloat<64, 1>.self)
    check(MPFloat<137, 3>.self)
    check(MPFloat256.self)
    check(MPFloat4096.self)
  }

  @Test("Every number comes up as often as the reals that round to it")
  func uniformity() {
    // Three bits: 1, 1.25, 1.5, 1.75, 2, 2.5, 3, 3.5 and 4, cells of a quarter and of a half.
    typealias M = MPFloat<3, 1>
    let seed: UInt64 = 102
    var generator = SeededGenerator(seed: seed)
    var down: [M: Int] = [:]
    var nearest: [M: Int] = [:]
    let count = 60_000
    for _ in 0..<count {
      down[.random(in: 1..<4, using: &generator), default: 0] += 1
      nearest[.random(in: 1...4, using: &generator), default: 0] += 1
    }
    func isNear(_ found: Int?, _ twentyFourths: Int) -> Bool {
      // Within five standard deviations.
      let p = Double(twentyFourths) / 24
      let deviation = (Double(count) * p * (1 - p)).squareRoot()
      return (Double(found ?? 0) - Double(count) * p).magnitude < 5 * deviation
    }
    for (x, share): (M, Int) in [
      (1, 2), (1.25, 2), (1.5, 2), (1.75, 2), (2, 4), (2.5, 4), (3, 4), (3.5, 4),
    ] {
      #expect(isNear(down[x], share), "\(x): \(down[x] ?? 0), seed \(seed)")
    }
    for (x, share): (M, Int) in [
      (1, 1), (1.25, 2), (1.5, 2), (1.75, 2), (2, 3), (2.5, 4), (3, 4), (3.5, 4), (4, 2),
    ] {
      #expect(isNear(nearest[x], share), "\(x): \(nearest[x] ?? 0), seed \(seed)")
    }
    #expect(down.count == 8 && nearest.count == 9)
  }

  @Test("Small numbers of [0, 1) have all their digits")
  func smallNumbers() {
    let seed: UInt64 = 103
    var generator = SeededGenerator(seed: seed)
    var widths = Set<Int>()
    for _ in 0..<200 {
      let x = MPFloat256.random(in: 0..<1, using: &generator)
      if x < 0.25 { widths.insert(x.significandWidth) }
    }
    #expect(widths.contains { $0 >= 254 } && !widths.contains { $0 < 230 }, "seed \(seed)")
  }

  @Test("The system's generator, and ranges that cannot be drawn from")
  func edges() async {
    #expect((MPFloat128(0)..<1).contains(.random(in: 0..<1)))
    #expect((MPFloat128(-1)...1).contains(.random(in: -1...1)))
    await #expect(processExitsWith: .failure) { _ = MPFloat128.random(in: 1..<1) }
    await #expect(processExitsWith: .failure) { _ = MPFloat128.random(in: 0...(.infinity)) }
  }

  @Test("The binade and the width of a significand are those of Double")
  func parts() {
    let seed: UInt64 = 104
    var generator = SeededGenerator(seed: seed)
    var values: [Double] = [0, -0.0, .infinity, -.infinity, .leastNonzeroMagnitude, 1, -3]
    for _ in 0..<300 { values.append(generator.number(exponents: -1074...1023)) }
    for x in values {
      #expect(same(Double(MPFloat<53, 1>(x).binade), x.binade), "\(x), seed \(seed)")
      #expect(MPFloat<53, 1>(x).significandWidth == x.significandWidth, "\(x), seed \(seed)")
      #expect(MPFloat256(x).significandWidth == x.significandWidth, "\(x), seed \(seed)")
    }
    #expect(MPFloat256.nan.binade.isNaN && MPFloat256.nan.significandWidth == -1)
    #expect(MPFloat256.pi.significandWidth <= 255)
  }
}
