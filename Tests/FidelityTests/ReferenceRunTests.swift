import LSQScalars
import LeastSquares
import MultiPrecision
import Testing

@testable import LSQCommand

/// Everything on record of MINPACK, done again and compared with `==`.
///
/// Only where this platform's libm has other bits than the reference's, records that call it are
/// compared by their digits.
@Suite struct ReferenceRunTests {
  static let runs = ["std-lmder", "std-lmdif", "std-lmstr", "opt-lmder", "opt-lmdif", "opt-lmstr"]

  @Test(arguments: hardwareScalars, runs)
  func `Every run has MINPACK's bits`(scalar: RecordedScalar, set: String) throws {
    try check("\(set)-\(scalar.name)-fortran", in: scalar)
  }

  @Test(arguments: hardwareScalars, ["enorm", "chkder", "functions-eval"])
  func `Every norm, check and value has MINPACK's bits`(
    scalar: RecordedScalar, set: String
  ) throws {
    try check("\(set)-\(scalar.name)", in: scalar)
  }

  @Test(arguments: emulatedScalars, runs)
  func `MPFR runs have the bits of the hardware`(scalar: RecordedScalar, set: String) throws {
    try check("\(set)-\(scalar.name)-fortran", in: scalar) { record in
      (record as? ReferenceRun)?.libm == nil
    }
  }

  @Test(arguments: emulatedScalars)
  func `MPFR norms have the bits of the hardware`(scalar: RecordedScalar) throws {
    try check("enorm-\(scalar.name)", in: scalar)
  }

  private func check(
    _ file: String, in scalar: RecordedScalar,
    where isIncluded: (any ReferenceRecord) -> Bool = { _ in true }
  ) throws {
    let records = try referenceRecords(file).filter(isIncluded)
    #expect(records.count >= 30)
    var libms = LibmCache()
    for record in records {
      if case .different(let differences) = try libms.replay(record, in: scalar.type) {
        let summary = differences.prefix(3).map(\.description).joined(separator: "; ")
        Issue.record("\(file) \(record.id): \(summary)")
      }
    }
  }
}
