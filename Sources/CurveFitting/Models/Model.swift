public import LSQScalars

/// A curve or surface y = f(b; x) with parameters b and predictors x.
///
/// The formula is written once, generic over its number. It then runs on every scalar, and on dual
/// numbers, which give the exact derivatives that a fit needs:
///
/// ```swift
/// struct Decay: Model {
///   @inline(__always)
///   func value<Number: ModelNumber>(_ b: Span<Number>, at x: Span<Number>) -> Number {
///     b[0] * .exp(-b[1] * x[0])
///   }
/// }
/// ```
///
/// In `Float`, `Double` and `Float80` the formula becomes part of the loops over the rows, in the module of the model:
/// residuals cost as much as in a loop written by hand, and derivatives one to three times as much, for at most four
/// predictors and eight parameters, or sixteen where rows are fewer than a hundred. For the derivatives the formula has
/// to be `@inline(__always)`; without it they cost several times more. The model's type has to be known where its
/// problem is made: an `any Model` is called through its witnesses.
///
/// In wider types, with more parameters, and for second derivatives, the formula is not called for every row. It is
/// evaluated once, on numbers that record its operations, and what was recorded is evaluated for blocks of rows,
/// with the same bits and several times faster. So a model is a function of `b` and `x` alone. One that looks at
/// its numbers, by `realPart`, `==`, `magnitude` or `reciprocal`, in order to branch, is evaluated
/// row by row as it stands; so is one of more than 2000 operations, and one that throws. What it computes from a
/// `realPart` has no derivatives and counts as exact: a loop that solves an equation has to end with a step whose result
/// depends on the parameters as the solution does, such as one of Newton's; bisection on `realPart` alone makes a
/// parameter seem to have no effect. Read what you branch on into a `let`
/// first, as in `let rate = b[1].realPart`: when optimising, the compiler of Swift 6.3 crashes on `||` or `&&` between
/// elements of spans.
public protocol Model: Sendable {
  /// The value f(b; x) for one row of data.
  ///
  /// - Parameters:
  ///   - b: the parameters.
  ///   - x: the predictors of the row.
  func value<Number: ModelNumber>(_ b: Span<Number>, at x: Span<Number>) throws -> Number

  /// The model as a function of one type of number, made once per solve.
  ///
  /// A model that has something to prepare, such as constants to be read at the precision of `Number` or
  /// scratch space, does it here, and says so by conforming to ``PreparedModel``. The function is called
  /// from one thread at a time.
  func evaluator<Number: ModelNumber>(
    over type: Number.Type
  ) throws -> (Span<Number>, Span<Number>) throws -> Number
}

extension Model {
  @inlinable
  public func evaluator<Number: ModelNumber>(
    over type: Number.Type
  ) throws -> (Span<Number>, Span<Number>) throws -> Number {
    { try value($0, at: $1) }
  }
}

/// A model that does part of its work in advance, in an ``Model/evaluator(over:)`` of its own.
///
/// It is evaluated through that function alone, row by row. The formula of any other model becomes part of
/// the loops over the rows, at the speed of a loop that is written by hand.
public protocol PreparedModel: Model {}
