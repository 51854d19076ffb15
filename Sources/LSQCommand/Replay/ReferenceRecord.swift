import LSQScalars

/// A line of a reference file: a run, a norm, a derivative check, values of a function, or a call of libm.
protocol ReferenceRecord: Decodable, Sendable {
  /// `float`, `double` or `longdouble`.
  var precision: String { get }
  /// How messages name the record.
  var id: String { get }

  /// Repeats what is recorded, in a scalar type of the record's precision, and compares.
  ///
  /// - Throws: ``ReplayError`` where the record cannot be read.
  func replay<Scalar: LSQScalar>(
    in _: Scalar.Type, _ libm: LibmDisagreements<Scalar>
  ) throws -> ReplayOutcome
}

/// A record of any kind, recognised by its keys.
struct AnyReferenceRecord: Decodable {
  let record: any ReferenceRecord

  private enum Key: String, CodingKey { case solver, fortran, xp, point, function }

  init(from decoder: any Decoder) throws {
    let keys = try decoder.container(keyedBy: Key.self)
    record =
      if keys.contains(.solver) {
        try ReferenceRun(from: decoder)
      } else if keys.contains(.xp) {
        try DerivativeCheckRecord(from: decoder)
      } else if keys.contains(.point) {
        try EvaluationRecord(from: decoder)
      } else if keys.contains(.fortran) {
        try NormRecord(from: decoder)
      } else {
        try LibmProbe(from: decoder)
      }
  }
}
