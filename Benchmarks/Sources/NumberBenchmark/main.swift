import CContender
import LSQScalars
import MultiPrecision

// Prints, for each width, the time of MPFloat over that of hand-written in-place MPFR calls, both in this process, and
// stops if their results differ. With arguments `callgrind <width> <swift|c> <kernel>` it runs only that kernel a fixed
// number of times, for Scripts/benchmark to count its instructions.

let rows = 40
let columns = 9
let kernels = ["expression", "reflector", "dot", "norm", "divide", "rotate"]

/// Both contenders at one width.
struct Contest<let bits: Int, let words: Int> {
  typealias Number = MPFloat<bits, words>

  var values: [Double] = (0..<(rows * columns)).map { 1 + Double(($0 * 37) % 101) / 128 }
  var numbers: [Number]

  init() { numbers = values.map { Number($0) / 3 } }

  @inline(never)
  func expression(_ count: Int) -> Number {
    let (p0, p1, p2, p3, t) = (numbers[0], numbers[1], numbers[2], numbers[3], numbers[4])
    var acc: Number = 0
    for _ in 0..<count { acc = acc + (p0 + p1 * t + p2 * t * t) / (p3 + t) }
    return acc
  }

  @inline(never)
  func reflector(_ count: Int) -> Number {
    var matrix = numbers
    var sums = [Number](repeating: 0, count: columns)
    for _ in 0..<count {
      var matrixSpan = matrix.mutableSpan
      var sumSpan = sums.mutableSpan
      Number.applyReflector(
        inColumn: 0, ofRowMajor: &matrixSpan, rowCount: rows, columnCount: columns, sums: &sumSpan)
    }
    return matrix[rows * columns - 1]
  }

  @inline(never)
  func dot(_ count: Int) -> Number {
    let half = rows * columns / 2
    var result: Number = 0
    for _ in 0..<count {
      result = Number.dotProduct(
        numbers.span, Lane(count: half), numbers.span, Lane(start: half, count: half))
    }
    return result
  }

  @inline(never)
  func norm(_ count: Int) -> Number {
    let norm = EuclideanNorm<Number>()
    var result: Number = 0
    for _ in 0..<count { result = norm(numbers.span) }
    return result
  }

  @inline(never)
  func divide(_ count: Int) -> Number {
    var elements = numbers
    for _ in 0..<count {
      var span = elements.mutableSpan
      Number.divide(Lane(start: 1, count: rows * columns - 1), of: &span, by: numbers[0])
    }
    return elements[rows * columns - 1]
  }

  @inline(never)
  func rotate(_ count: Int) -> Number {
    let half = rows * columns / 2
    let cosine = Number(1) / 3
    let sine = (1 - cosine * cosine).squareRoot()
    var x = Array(numbers[..<half])
    var y = Array(numbers[half...])
    for _ in 0..<count {
      var xSpan = x.mutableSpan
      var ySpan = y.mutableSpan
      Number.rotate(
        &xSpan, Lane(count: half), &ySpan, Lane(count: half), cosine: cosine, sine: sine)
    }
    return y[half - 1]
  }

  func swift(_ kernel: String, _ count: Int) -> Double {
    switch kernel {
    case "expression": Double(expression(count))
    case "reflector": Double(reflector(count))
    case "norm": Double(norm(count))
    case "divide": Double(divide(count))
    case "rotate": Double(rotate(count))
    default: Double(dot(count))
    }
  }

  func c(_ kernel: String, _ count: Int) -> Double {
    let contender = contender_make(bits, rows, columns, values)
    defer { contender_free(contender) }
    return switch kernel {
    case "expression": contender_expression(contender, count)
    case "reflector": contender_reflector(contender, count)
    case "norm": contender_norm(contender, count)
    case "divide": contender_divide(contender, count)
    case "rotate": contender_rotate(contender, count)
    default: contender_dot(contender, count)
    }
  }

  /// The least time of several alternating runs, in seconds, of each.
  func times(_ kernel: String, _ count: Int) -> (swift: Double, c: Double) {
    var best = (swift: Double.infinity, c: Double.infinity)
    let clock = ContinuousClock()
    for _ in 0..<40 {
      var results = (0.0, 0.0)
      best.swift = min(best.swift, clock.measure { results.0 = swift(kernel, count) } / .seconds(1))
      best.c = min(best.c, clock.measure { results.1 = c(kernel, count) } / .seconds(1))
      guard results.0 == results.1 else { fatalError("\(kernel) at \(bits) bits: \(results)") }
    }
    return best
  }

  func report() {
    for kernel in kernels {
      let count = kernel == "expression" ? 40_000 : 100
      let (mine, theirs) = times(kernel, count)
      let ratio = MPFloat<53, 1>(mine / theirs).formatted(.fixed(fractionDigits: 2))
      print("\(bits) bits, \(kernel): \(ratio) of the time of hand-written MPFR calls")
    }
  }

  func run(_ side: String, _ kernel: String, _ count: Int) {
    _ = side == "c" ? c(kernel, count) : swift(kernel, count)
  }
}

func main() {
  let arguments = CommandLine.arguments
  guard arguments.count == 6, arguments[1] == "callgrind" else {
    Contest<128, 2>().report()
    Contest<192, 3>().report()
    Contest<200, 4>().report()
    Contest<256, 4>().report()
    Contest<512, 8>().report()
    Contest<1024, 16>().report()
    return
  }
  let (side, kernel, count) = (arguments[3], arguments[4], Int(arguments[5]) ?? 1)
  switch arguments[2] {
  case "128": Contest<128, 2>().run(side, kernel, count)
  case "192": Contest<192, 3>().run(side, kernel, count)
  case "200": Contest<200, 4>().run(side, kernel, count)
  case "256": Contest<256, 4>().run(side, kernel, count)
  case "512": Contest<512, 8>().run(side, kernel, count)
  default: Contest<1024, 16>().run(side, kernel, count)
  }
}

main()
