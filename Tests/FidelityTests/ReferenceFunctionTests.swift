import LSQScalars
import LeastSquares
import MultiPrecision
import Testing

@testable import LSQCommand

/// The recorded norms and derivative checks of MINPACK.
@Suite struct ReferenceFunctionTests {
  struct NormRecord: Decodable {
    let id: String
    let x: [String]
    let fortran: String
  }

  @Test(arguments: nativeScalars)
  func `Every norm has MINPACK's bits`(scalar: NativeScalar) throws {
    try checkNorms(scalar.name, in: scalar.type)
  }

  @Test(arguments: ReferenceRunTests.emulations)
  func `Every norm has MINPACK's bits in MPFR`(scalar: NativeScalar) throws {
    try checkNorms(scalar.name, in: scalar.type)
  }

  private func checkNorms<Scalar: LSQScalar>(_ precision: String, in _: Scalar.Type) throws {
    let records = try referenceLines("enorm-\(precision)", of: NormRecord.self)
    #expect(records.count == 46)
    for record in records {
      let vector: [Scalar] = try record.x.map { try #require(hexadecimal($0)) }
      let expected: Scalar = try #require(hexadecimal(record.fortran))
      let norm = EuclideanNorm<Scalar>()(vector.span)
      #expect(areIdentical(norm, expected), "\(precision) \(record.id): \(norm), not \(expected)")
    }
  }

  struct CheckRecord: Decodable {
    let problem: Int
    let n: Int
    let m: Int
    let jacobian: String
    let x: [String]
    let f: [String]
    let jac: [String]
    let xp: [String]
    let fp: [String]
    let err_fortran: [String]
  }

  @Test(arguments: nativeScalars)
  func `Every derivative check has MINPACK's bits`(scalar: NativeScalar) throws {
    try checkDerivativeChecks(scalar.name, in: scalar.type)
  }

  private func checkDerivativeChecks<Scalar: LSQScalar>(
    _ precision: String, in _: Scalar.Type
  ) throws {
    let records = try referenceLines("chkder-\(precision)", of: CheckRecord.self)
    #expect(!records.isEmpty)
    for record in records {
      func numbers(_ texts: [String]) throws -> [Scalar] {
        try texts.map { try #require(hexadecimal($0)) }
      }
      let (m, n) = (record.m, record.n)
      let columns = try numbers(record.jac)
      let check = DerivativeCheck(at: try numbers(record.x))
      #expect(check.neighbor == (try numbers(record.xp)))
      let scores = check.scores(
        residuals: try numbers(record.f),
        jacobian: Matrix(
          rowCount: m, columnCount: n,
          elements: (0..<m * n).map { columns[$0 % n * m + $0 / n] }),
        neighborResiduals: try numbers(record.fp))
      let expected = try numbers(record.err_fortran)
      for (score, value) in zip(scores, expected) {
        // Scores between 0 and 1 are logarithms, whose last bits are the libm's.
        let isClose = (score - value).magnitude <= 4 * Scalar.ulpOfOne && 0 < value && value < 1
        #expect(
          score == value || isClose, "\(precision) problem \(record.problem), \(record.jacobian)")
      }
      #expect(scores.count == expected.count)
    }
  }
}
