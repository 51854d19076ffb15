import LSQScalars

// The kernels of the type against their laws, in whole buffers, bit for bit.

extension Examination {
  mutating func checkEuclideanNorm() {
    guard let norm = norm() else { return }
    forEachSample { e throws(Finding) in
      let lane = e.lane()
      // Numbers on both sides of both thresholds, and close to them.
      let kind = Int.random(in: 0..<8, using: &e.generator)
      let values = try e.buffer(holding: lane) { e throws(Finding) in
        switch kind {
        case 0: try e.number(exponents: 62...66)
        case 1: try e.number(exponents: -66 ... -60)
        case 2: try e.number(exponents: 60...90)
        case 3: try e.number(exponents: -90 ... -60)
        case 4:
          [-Scalar.zero, 0, try e.number(exponents: -90 ... -70)][Int(e.generator.next() % 3)]
        case 5: try e.number(exponents: -80...80)
        case 6: [norm.small, norm.small.nextUp, norm.large][Int(e.generator.next() % 3)]
        default: try e.number(exponents: -6...6)
        }
      }
      e.expect(
        Scalar.euclideanNorm(values.span, lane, small: norm.small, large: norm.large),
        is: KernelLaw.euclideanNorm(values.span, lane, small: norm.small, large: norm.large),
        "the norm of \(lane) in \(values)")
    }
  }

  mutating func checkDotProduct() {
    forEachSample { e throws(Finding) in
      let (xLane, yLane) = e.twoLanes()
      let x = try e.buffer(holding: xLane)
      let isSelf = Int.random(in: 0..<4, using: &e.generator) == 0
      let y = try isSelf ? x : e.buffer(holding: yLane)
      let lane = isSelf ? xLane : yLane
      e.expect(
        Scalar.dotProduct(x.span, xLane, y.span, lane),
        is: KernelLaw.dotProduct(x.span, xLane, y.span, lane),
        "the inner product of \(xLane) in \(x) and \(lane) in \(y)")
    }
  }

  mutating func checkAddScaled() {
    forEachSample { e throws(Finding) in
      let (xLane, yLane) = e.twoLanes()
      let factor = try e.kernelNumber()
      let x = try e.buffer(holding: xLane)
      let y = try e.buffer(holding: yLane)
      e.compare(y, "adding \(factor) times \(xLane) of \(x) to \(yLane) of \(y)") {
        Scalar.addScaled(factor, x.span, xLane, to: &$0, yLane)
      } law: {
        KernelLaw.addScaled(factor, x.span, xLane, to: &$0, yLane)
      }
    }
  }

  mutating func checkAddScaledWithinBuffer() {
    forEachSample { e throws(Finding) in
      let count = Int.random(in: 0...7, using: &e.generator)
      let (from, to) = e.lanesApart(count: count)
      let factor = try e.kernelNumber()
      let buffer = try e.buffer(holding: Lane(count: 2 * count + 2))
      e.compare(buffer, "adding \(factor) times \(from) to \(to) in \(buffer)") {
        Scalar.addScaled(factor, from, to: to, in: &$0)
      } law: {
        KernelLaw.addScaled(factor, from, to: to, in: &$0)
      }
    }
  }

  mutating func checkApplyToLanes() {
    let operations: [LaneOperation] = [
      .copy, .negate, .add, .subtract, .multiply, .divide, .addProduct, .subtractProduct,
      .exponential,
    ]
    forEachSample { e throws(Finding) in
      let count = Int.random(in: 0...7, using: &e.generator)
      for operation in operations {
        // Operands that vary or are constant, and a result in place of the first one or apart.
        let x = Lane(start: 0, count: count, stride: Int.random(in: 0...1, using: &e.generator))
        let y = Lane(start: 8, count: count, stride: Int.random(in: 0...1, using: &e.generator))
        let takesProduct = operation == .addProduct || operation == .subtractProduct
        let isInPlace = !takesProduct && x.stride == 1 && Bool.random(using: &e.generator)
        // Products may add up in one element.
        let isSum = takesProduct && Bool.random(using: &e.generator)
        let z = isInPlace ? x : Lane(start: 16, count: count, stride: isSum ? 0 : 2)
        let buffer = try e.buffer(holding: Lane(count: 32))
        e.compare(buffer, "\(operation) of \(x) and \(y) into \(z) of \(buffer)") {
          Scalar.apply(operation, x, y, into: z, in: &$0)
        } law: {
          KernelLaw.apply(operation, x, y, into: z, in: &$0)
        }
        let again = LaneStep(.multiply, z, y, into: Lane(start: 24, count: count, stride: 1))
        let steps = [LaneStep(operation, x, y, into: z), again]
        if z.stride < 2 {
          e.compare(buffer, "\(steps) of \(buffer)") {
            Scalar.apply(steps.span, in: &$0)
          } law: {
            for step in steps {
              KernelLaw.apply(step.operation, step.x, step.y, into: step.z, in: &$0)
            }
          }
        }
      }
    }
  }

  mutating func checkCopy() {
    forEachSample { e throws(Finding) in
      let count = Int.random(in: 0...7, using: &e.generator)
      let from = Lane(start: 1, count: count, stride: Int.random(in: 0...2, using: &e.generator))
      let to = Lane(start: 2, count: count, stride: Int.random(in: 1...3, using: &e.generator))
      let source = try e.buffer(holding: from)
      try e.compare(e.buffer(holding: to), "copying \(from) of \(source) to \(to)") {
        Scalar.copy(source.span, from, to: &$0, to)
      } law: {
        for i in 0..<count { $0[to[i]] = source[from[i]] }
      }
    }
  }

  mutating func checkDivide() {
    forEachSample { e throws(Finding) in
      let lane = e.lane()
      let divisor = try e.kernelNumber()
      let buffer = try e.buffer(holding: lane)
      e.compare(buffer, "dividing \(lane) of \(buffer) by \(divisor)") {
        Scalar.divide(lane, of: &$0, by: divisor)
      } law: {
        KernelLaw.divide(lane, of: &$0, by: divisor)
      }
    }
  }

  mutating func checkExchange() {
    forEachSample { e throws(Finding) in
      let count = Int.random(in: 0...7, using: &e.generator)
      let (x, y) = e.lanesApart(count: count)
      try e.compare(e.buffer(holding: Lane(count: 2 * count + 2)), "exchanging \(x) and \(y)") {
        Scalar.exchange(x, y, in: &$0)
      } law: {
        for i in 0..<count { ($0[x[i]], $0[y[i]]) = ($0[y[i]], $0[x[i]]) }
      }
    }
  }

  mutating func checkDivideDifferences() {
    forEachSample { e throws(Finding) in
      let lane = e.lane()
      let divisor = try e.kernelNumber()
      let x = try e.buffer(holding: Lane(count: lane.count))
      let y = try e.buffer(holding: Lane(count: lane.count))
      try e.compare(e.buffer(holding: lane), "dividing \(x) less \(y) by \(divisor) into \(lane)") {
        Scalar.divideDifferences(x.span, y.span, by: divisor, into: &$0, lane)
      } law: {
        for i in 0..<lane.count { $0[lane[i]] = (x[i] - y[i]) / divisor }
      }
    }
  }

  mutating func checkRotate() {
    forEachSample { e throws(Finding) in
      let (xLane, yLane) = e.twoLanes()
      let (cosine, sine) = try (e.kernelNumber(), e.kernelNumber())
      let x = try e.buffer(holding: xLane)
      let y = try e.buffer(holding: yLane)
      let found = Self.joined(x, y) {
        Scalar.rotate(&$0, xLane, &$1, yLane, cosine: cosine, sine: sine)
      }
      let expected = Self.joined(x, y) {
        KernelLaw.rotate(&$0, xLane, &$1, yLane, cosine: cosine, sine: sine)
      }
      e.expect(
        found, are: expected, "rotating \(xLane) of \(x) and \(yLane) of \(y) by \(cosine), \(sine)"
      )
    }
  }

  mutating func checkAreFinite() {
    forEachSample { e throws(Finding) in
      var numbers = try e.buffer(holding: e.lane())
      e.expect(Scalar.areFinite(numbers.span), "all of \(numbers) are finite")
      let place = Int.random(in: numbers.indices, using: &e.generator)
      numbers[place] = [.infinity, -.infinity, .nan][Int.random(in: 0..<3, using: &e.generator)]
      e.expect(!Scalar.areFinite(numbers.span), "not all of \(numbers) are finite")
    }
  }

  mutating func checkMultiply() {
    forEachSample { e throws(Finding) in
      let factor = try e.kernelNumber()
      let buffer = try e.buffer(holding: e.lane())
      e.compare(buffer, "multiplying \(buffer) by \(factor)") {
        Scalar.multiply(&$0, by: factor)
      } law: {
        KernelLaw.multiply(&$0, by: factor)
      }
    }
  }

  mutating func checkCombine() {
    forEachSample { e throws(Finding) in
      let (a, b) = try (e.kernelNumber(), e.kernelNumber())
      let lane = e.lane()
      let x = try e.buffer(holding: lane)
      let y = try e.buffer(holding: lane)
      e.compare(x, "combining \(x) times \(a) with \(y) times \(b)") {
        Scalar.combine(&$0, times: a, adding: y.span, times: b)
      } law: {
        KernelLaw.combine(&$0, times: a, adding: y.span, times: b)
      }
    }
  }
}
