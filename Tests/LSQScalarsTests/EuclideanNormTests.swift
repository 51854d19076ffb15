import LSQScalars
import Testing

@Suite struct EuclideanNormTests {
  private func norm<S: LSQScalar>(_ v: [S]) -> S { EuclideanNorm<S>()(v.span) }

  private func power<S: LSQScalar>(_ k: S.Exponent, _: S.Type) -> S {
    S(sign: .plus, exponent: k, significand: 1)
  }

  /// Exponents from end to end of the type's range, and around the thresholds 2⁻⁶⁴ and 2⁶³.
  private func exponents<S: LSQScalar>(_: S.Type) -> [S.Exponent] {
    let lowest = S.leastNormalMagnitude.exponent
    let highest = S.greatestFiniteMagnitude.exponent - 3
    return [lowest, lowest / 2, -70, -66, -65, -64, -60, 0, 50, 60, 62, 65, highest / 2, highest]
  }

  @Test(arguments: BuiltInScalar.all)
  func `Whole numbers have exact norms at every scale`(scalar: BuiltInScalar) {
    func check<S: LSQScalar>(_: S.Type) {
      for k in exponents(S.self) {
        let unit = power(k, S.self)
        let one = norm([unit])
        #expect(one == unit, "2^\(k)")
        for (legs, length): ([S], S) in [([3, 4], 5), ([-2, 3, 6], 7), ([1, -1, 1, 1], 2)] {
          let error = (norm(legs.map { unit * $0 }) / unit - length).magnitude
          #expect(error <= 4 * S.ulpOfOne * length, "2^\(k), \(legs)")
        }
      }
    }
    check(scalar.type)
  }

  @Test(arguments: BuiltInScalar.all)
  func `Mixed sizes lose nothing that shows`(scalar: BuiltInScalar) {
    func check<S: LSQScalar>(_: S.Type) {
      // Either side of both thresholds, where the sums change hands.
      for k in [-64, 63] as [S.Exponent] {
        for shift in [-2, -1, 0, 1, 2] as [S.Exponent] {
          let unit = power(k + shift, S.self)
          let v: [S] = [unit * 8, unit, unit * 4]  // 8² + 1 + 4² = 9².
          let error = (norm(v) / unit - 9).magnitude
          #expect(error <= 16 * S.ulpOfOne, "2^\(k + shift): \(norm(v) / unit)")
          let reversed: S = norm(v.reversed())
          #expect((reversed / unit - 9).magnitude <= 16 * S.ulpOfOne)
        }
      }
      let (tiny, huge) = (power(-100, S.self), power(100, S.self))
      #expect(norm([tiny, 3, 4]) == 5 && norm([3, 4, tiny]) == 5)
      #expect(norm([huge, 3, tiny]) == huge && norm([tiny, 1, huge]) == huge)
    }
    check(scalar.type)
  }

  @Test(arguments: BuiltInScalar.all)
  func `Nothing and zeros have norm zero`(scalar: BuiltInScalar) {
    func check<S: LSQScalar>(_: S.Type) {
      let zero = S.zero
      #expect(norm([S]()) == 0)
      #expect(norm([zero]) == 0 && norm([zero, -zero, zero]) == 0)
      #expect(norm([zero, 3, zero, -4]) == 5)
    }
    check(scalar.type)
  }

  @Test(arguments: BuiltInScalar.all)
  func `What is not finite shows`(scalar: BuiltInScalar) {
    func check<S: LSQScalar>(_: S.Type) {
      for bad in [S.nan, .infinity, -.infinity] {
        for rest: [S] in [[], [1], [1, 2, 3], [0]] {
          for position in 0...rest.count {
            var v = rest
            v.insert(bad, at: position)
            #expect(!norm(v).isFinite, "\(v)")
          }
        }
      }
      let largest = S.greatestFiniteMagnitude
      #expect(norm([largest]) == largest)
      #expect(norm([largest, largest]) == .infinity)
    }
    check(scalar.type)
  }

  @Test(arguments: BuiltInScalar.all)
  func `A norm is that of its lane`(scalar: BuiltInScalar) {
    func check<S: LSQScalar>(_: S.Type) {
      let v: [S] = [1, 3, 7, 2, 4, 9]
      let norm = EuclideanNorm<S>()
      #expect(norm(v.span, Lane(start: 1, count: 2, stride: 3)) == 5)
      #expect(norm(v.span, Lane(start: 2, count: 0)) == 0)
      #expect(norm(v.span, Lane(start: 2, count: 1)) == 7)
    }
    check(scalar.type)
  }

  @Test(arguments: BuiltInScalar.all)
  func `The columns of no rows have norms of zero`(scalar: BuiltInScalar) {
    func check<S: LSQScalar>(_: S.Type) {
      let none: [S] = []
      var norms: [S] = [7, 7, 7]
      var target = norms.mutableSpan
      EuclideanNorm<S>().ofColumns(none.span, rowCount: 0, columnCount: 2, into: &target)
      #expect(norms == [0, 0, 7])
    }
    check(scalar.type)
  }

  @Test func `The thresholds are MINPACK's`() {
    let single = EuclideanNorm<Float>()
    #expect(single.small == 3.834e-20 && single.large == 1.304e19)
    let double = EuclideanNorm<Double>()
    #expect(double.small == 3.834e-20 && double.large == 1.304e19)
  }
}
