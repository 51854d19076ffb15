import CurveFitting
import LSQScalars
import ScalarTesting
import Testing

@Suite struct FormulaFuzzTests {
  static let words = [
    "+", "-", "*", "/", "^", "**", "(", ")", "[", "]", ",", " ", ".", "e", "2", "0", "1.5", "3e2",
    "9223372036854775807", "1e-9223372036854775808", "1e400", ".5e", "x", "b1", "pi", "exp", "log",
    "atan2", "pow", "sqrt", "(x", ",2)", "_", "#", "é", "\n", ";", "=", "k", "k=", ";k", "min",
    "erfc",
  ]

  @Test(arguments: [1, 2, 3, 4] as [UInt64])
  func `Random text is either a formula or an error with a column inside it`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    var readable = 0
    for _ in 0..<5000 {
      let count = Int.random(in: 1...14, using: &generator)
      let text = (0..<count).map { _ in Self.words.randomElement(using: &generator) ?? "" }.joined()
      do {
        let expression =
          seed % 2 == 0 ? try Formula(parsing: text) : try Formula(parsingLines: text)
        readable += 1
        let value: Dual<Double, 1> = try evaluate(expression)
        #expect(value.active == 0, "seed \(seed): \(text)")
      } catch let error as FormulaError {
        let column = error.column ?? 0
        #expect((1...text.count + 1).contains(column), "seed \(seed): \(text): \(error)")
      } catch {
        Issue.record("seed \(seed): \(text): \(error)")
      }
    }
    #expect(readable > 50, "seed \(seed)")
  }

  /// The value of a formula where every name is 0.75.
  private func evaluate(_ formula: Formula) throws -> Dual<Double, 1> {
    let model = try formula.bound(parameters: [], predictors: formula.names.map(\.text))
    let (parameters, predictors) = (
      [] as [Dual<Double, 1>], formula.names.map { _ in 0.75 as Dual<Double, 1> }
    )
    return try model.value(parameters.span, at: predictors.span)
  }

  /// A random tree, as text and as its value computed directly.
  private func tree(_ depth: Int, _ generator: inout SeededGenerator) -> (String, Double) {
    if depth == 0 {
      let digit = Int.random(in: 1...9, using: &generator)
      return Bool.random(using: &generator) ? ("x", 0.75) : ("\(digit)", Double(digit))
    }
    let (a, x) = tree(Int.random(in: 0..<depth, using: &generator), &generator)
    let (b, y) = tree(Int.random(in: 0..<depth, using: &generator), &generator)
    switch Int.random(in: 0...6, using: &generator) {
    case 0: return ("(\(a)+\(b))", x + y)
    case 1: return ("(\(a)-\(b))", x - y)
    case 2: return ("(\(a)*\(b))", x * y)
    case 3: return ("(\(a)/\(b))", x / y)
    case 4: return ("(-\(a))", -x)
    case 5: return ("(\(a))^2", x * x)
    default: return ("atan2(\(a),sin(\(b)))", .atan2(y: x, x: .sin(y)))
    }
  }

  @Test(arguments: [11, 12, 13] as [UInt64])
  func `A random formula has the bits of direct evaluation`(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<500 {
      let (text, expected) = tree(8, &generator)
      let model = try Formula(parsing: text).bound(parameters: ["x"], predictors: [])
      let (b, x) = ([0.75], [] as [Double])
      let value = try model.value(b.span, at: x.span)
      #expect(value.isNaN ? expected.isNaN : value == expected, "seed \(seed): \(text)")
    }
  }
}
