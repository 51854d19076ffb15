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
    func passes<let width: Int>(_ type: Dual<Scalar, width>.Type) throws -> Body {
      var passes = try DualPasses<Scalar, width>(
        over: model, parameterCount: parameterCount, predictorCount: predictorCount)
      return { try passes.writeGradient($0, $1, &$2, from: $3) }
    }
    write =
      switch parameterCount {
      case ...1: try passes(Dual<Scalar, 1>.self)
      case 2: try passes(Dual<Scalar, 2>.self)
      case 3: try passes(Dual<Scalar, 3>.self)
      case 4: try passes(Dual<Scalar, 4>.self)
      case ...6: try passes(Dual<Scalar, 6>.self)
      case ...8: try passes(Dual<Scalar, 8>.self)
      case ...12: try passes(Dual<Scalar, 12>.self)
      default: try passes(Dual<Scalar, 16>.self)
      }
  }
}

/// The passes over blocks of `width` parameters that make one gradient.
@usableFromInline
struct DualPasses<Scalar: LSQScalar, let width: Int> {
  @usableFromInline let parameterCount: Int
  @usableFromInline let passCount: Int
  @usableFromInline let function:
    (Span<Dual<Scalar, width>>, Span<Dual<Scalar, width>>) throws -> Dual<Scalar, width>

  /// For every pass all parameters, those of its block as variables. Only the values ever change.
  @usableFromInline var parameters: [Dual<Scalar, width>]
  /// The predictors of the row at hand, as constants. Only the values ever change.
  @usableFromInline var predictors: [Dual<Scalar, width>]

  @inlinable
  init(over model: some Model, parameterCount: Int, predictorCount: Int) throws {
    self.parameterCount = parameterCount
    passCount = (parameterCount + width - 1) / width
    function = try model.evaluator(over: Dual<Scalar, width>.self)
    predictors = Array(repeating: 0, count: predictorCount)
    parameters = []
    parameters.reserveCapacity(passCount * parameterCount)
    for pass in 0..<passCount {
      for j in 0..<parameterCount {
        let index = j - pass * width
        parameters.append((0..<width).contains(index) ? .variable(0, index: index) : 0)
      }
    }
  }

  /// Writes the gradient at (b, x) into a buffer, from index `start` on, and returns the value.
  @inlinable
  mutating func writeGradient(
    _ b: Span<Scalar>, _ x: Span<Scalar>, _ buffer: inout MutableSpan<Scalar>, from start: Int
  ) throws -> Scalar {
    for k in x.indices { predictors[k].value = x[k] }
    var value: Scalar = 0
    for pass in 0..<passCount {
      let block = pass * parameterCount..<(pass + 1) * parameterCount
      for j in 0..<parameterCount { parameters[block.lowerBound + j].value = b[j] }
      let result = try function(parameters.span.extracting(block), predictors.span)
      let first = pass * width
      for j in first..<min(first + width, parameterCount) {
        buffer[start + j] = result.partials[j - first]
      }
      value = result.value
    }
    return value
  }
}
