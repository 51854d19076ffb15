public import LSQScalars
public import LeastSquares

/// A model's value and gradient, by dual numbers of a width that suits the number of parameters.
///
/// The number of partials is part of a dual number's type, so a few widths exist and the least that holds
/// all parameters is taken. More parameters than the widest holds are differentiated in several passes.
@usableFromInline
struct GradientFunction<Scalar: LSQScalar> {
  @usableFromInline
  typealias Body = (Span<Scalar>, Span<Scalar>, inout MutableSpan<Scalar>, Int) throws -> Scalar

  /// Writes the gradient at (b, x) into a buffer, from an index on, and returns the value.
  @usableFromInline let write: Body

  @inlinable
  init(of model: some Model, parameterCount: Int, predictorCount: Int) throws {
    func body<Number: GradientNumber>(_ type: Number.Type) throws -> Body
    where Number.Scalar == Scalar {
      gradientBody(
        try model.evaluator(over: type), parameterCount: parameterCount,
        predictorCount: predictorCount)
    }
    write =
      switch parameterCount {
      case ...1: try body(Dual<Scalar, 1>.self)
      case 2: try body(Dual<Scalar, 2>.self)
      case 3: try body(Dual<Scalar, 3>.self)
      case 4: try body(Dual<Scalar, 4>.self)
      case ...6: try body(Dual<Scalar, 6>.self)
      case ...8: try body(Dual<Scalar, 8>.self)
      case ...12: try body(Dual<Scalar, 12>.self)
      default: try body(Dual<Scalar, 16>.self)
      }
  }

  /// The same, made when it is first called, for a model that seldom needs it.
  init(made make: @escaping () throws -> Self) {
    var made: Self?
    write = { b, x, buffer, start in
      let function = try made ?? make()
      made = function
      return try function.write(b, x, &buffer, start)
    }
  }

  /// The value at (b, x), computed along with its gradient: for rows that are seldom evaluated again.
  @usableFromInline
  func value(_ b: Span<Scalar>, _ x: Span<Scalar>) throws -> Scalar {
    var slopes = [Scalar](repeating: 0, count: b.count)
    var room = slopes.mutableSpan
    return try write(b, x, &room, 0)
  }
}

// The formatter would put attributes under a condition on one line.
// swift-format-ignore
/// The passes over a model that make one gradient, as a function.
@inlinable
@specialized(where Number == Dual<Double, 1>)
@specialized(where Number == Dual<Double, 2>)
@specialized(where Number == Dual<Double, 3>)
@specialized(where Number == Dual<Double, 4>)
@specialized(where Number == Dual<Double, 6>)
@specialized(where Number == Dual<Double, 8>)
@specialized(where Number == Dual<Double, 12>)
@specialized(where Number == Dual<Double, 16>)
@specialized(where Number == Dual<Float, 1>)
@specialized(where Number == Dual<Float, 2>)
@specialized(where Number == Dual<Float, 3>)
@specialized(where Number == Dual<Float, 4>)
@specialized(where Number == Dual<Float, 6>)
@specialized(where Number == Dual<Float, 8>)
@specialized(where Number == Dual<Float, 12>)
@specialized(where Number == Dual<Float, 16>)
#if (arch(i386) || arch(x86_64)) && !os(Windows) && !os(Android)
  @specialized(where Number == Dual<Float80, 1>)
  @specialized(where Number == Dual<Float80, 2>)
  @specialized(where Number == Dual<Float80, 3>)
  @specialized(where Number == Dual<Float80, 4>)
  @specialized(where Number == Dual<Float80, 6>)
  @specialized(where Number == Dual<Float80, 8>)
  @specialized(where Number == Dual<Float80, 12>)
  @specialized(where Number == Dual<Float80, 16>)
#endif
func gradientBody<Number: GradientNumber>(
  _ function: @escaping (Span<Number>, Span<Number>) throws -> Number, parameterCount: Int,
  predictorCount: Int
) -> GradientFunction<Number.Scalar>.Body {
  var passes = GradientPasses<Number>(
    function, parameterCount: parameterCount, predictorCount: predictorCount)
  return { try passes.write($0, $1, &$2, from: $3) }
}

/// The passes over blocks of parameters that make one gradient, and their scratch space.
@usableFromInline
struct GradientPasses<Number: GradientNumber> {
  @usableFromInline typealias Scalar = Number.Scalar

  @usableFromInline let parameterCount: Int
  @usableFromInline let passCount: Int
  @usableFromInline let function: (Span<Number>, Span<Number>) throws -> Number

  /// For every pass all parameters, those of its block as variables. Only the values ever change.
  @usableFromInline var parameters: [Number]
  /// The predictors of the row at hand, as constants. Only the values ever change.
  @usableFromInline var predictors: [Number]

  @inlinable
  init(
    _ function: @escaping (Span<Number>, Span<Number>) throws -> Number, parameterCount: Int,
    predictorCount: Int
  ) {
    self.function = function
    self.parameterCount = parameterCount
    passCount = (parameterCount + Number.width - 1) / Number.width
    predictors = Array(repeating: 0, count: predictorCount)
    parameters = []
    parameters.reserveCapacity(passCount * parameterCount)
    for pass in 0..<passCount {
      for j in 0..<parameterCount {
        let index = j - pass * Number.width
        parameters.append((0..<Number.width).contains(index) ? .variable(at: index) : 0)
      }
    }
  }

  /// Writes the gradient at (b, x) into a buffer, from index `start` on, and returns the value.
  @inlinable
  mutating func write(
    _ b: Span<Scalar>, _ x: Span<Scalar>, _ buffer: inout MutableSpan<Scalar>, from start: Int
  ) throws -> Scalar {
    for k in x.indices { predictors[k].setValue(x[k]) }
    var value: Scalar = 0
    for pass in 0..<passCount {
      let block = pass * parameterCount..<(pass + 1) * parameterCount
      for j in b.indices { parameters[block.lowerBound + j].setValue(b[j]) }
      let result = try function(parameters.span.extracting(block), predictors.span)
      let first = pass * Number.width
      for j in first..<min(first + Number.width, parameterCount) {
        buffer[start + j] = result.slope(j - first)
      }
      value = result.realPart
    }
    return value
  }
}
