import Foundation
import LSQScalars
import LeastSquares
import Testing

@testable import LSQCommand

/// The recorded runs of MINPACK, run again and compared with `==`.
///
/// Only where this platform's libm has other bits than the reference's, runs that call it are compared
/// by their digits.
@Suite struct ReferenceRunTests {
  @Test(arguments: nativeScalars, ["std-lmder", "std-lmdif", "std-lmstr", "opt-lmder", "opt-lmdif", "opt-lmstr"])
  func `Every run has MINPACK's bits`(scalar: NativeScalar, set: String) throws {
    try check("\(set)-\(scalar.name)-fortran", scalar.name, in: scalar.type)
  }

  private func check<Scalar: LSQScalar>(
    _ file: String, _ precision: String, in _: Scalar.Type
  ) throws {
    let runs = try referenceLines(file, of: ReferenceRun.self)
    let libm = LibmDisagreements<Scalar>(
      try referenceLines("libm-probe", of: LibmProbe.self), precision: precision)
    #expect(!runs.isEmpty)
    for run in runs {
      let replay = try Replay<Scalar>(run)
      let differences =
        libm.allowsExactComparison(of: run)
        ? try replay.differences(from: run) : try replay.differencesInDigits(from: run)
      let summary = differences.prefix(3).map(\.description).joined(separator: "; ")
      #expect(differences.isEmpty, "\(file) \(run.id): \(summary)")
    }
  }
}
