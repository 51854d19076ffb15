import LSQScalars
import LeastSquares
import MultiPrecision
import Testing

@testable import LSQCommand

/// The recorded runs of MINPACK, run again and compared with `==`.
///
/// Only where this platform's libm has other bits than the reference's, runs that call it are compared
/// by their digits.
@Suite struct ReferenceRunTests {
  static let sets = ["std-lmder", "std-lmdif", "std-lmstr", "opt-lmder", "opt-lmdif", "opt-lmstr"]

  @Test(arguments: nativeScalars, sets)
  func `Every run has MINPACK's bits`(scalar: NativeScalar, set: String) throws {
    try check("\(set)-\(scalar.name)-fortran", scalar.name, in: scalar.type)
  }

  private func check<Scalar: LSQScalar>(
    _ file: String, _ precision: String, in _: Scalar.Type
  ) throws {
    let runs = try referenceLines(file, of: ReferenceRun.self)
    let libm = LibmDisagreements<Scalar>(
      try referenceLines("libm-probe", of: LibmProbe.self), precision: precision)
    #expect(runs.count > 50 || file.hasPrefix("opt") && runs.count > 70)
    for run in runs {
      let replay = try Replay<Scalar>(run)
      let differences =
        libm.allowsExactComparison(of: run)
        ? try replay.differences(from: run) : try replay.differencesInDigits(from: run)
      let summary = differences.prefix(3).map(\.description).joined(separator: "; ")
      #expect(differences.isEmpty, "\(file) \(run.id): \(summary)")
    }
  }

  /// The hardware's precisions in MPFR.
  static let emulations: [NativeScalar] = [
    NativeScalar(name: "float", type: MPFloat<24, 1>.self),
    NativeScalar(name: "double", type: MPFloat<53, 1>.self),
    NativeScalar(name: "longdouble", type: MPFloat<64, 1>.self),
  ]

  @Test(arguments: emulations, sets)
  func `MPFR gives the bits of the hardware`(scalar: NativeScalar, set: String) throws {
    try emulate("\(set)-\(scalar.name)-fortran", in: scalar.type)
  }

  private func emulate<Scalar: LSQScalar>(_ file: String, in _: Scalar.Type) throws {
    let runs = try referenceLines(file, of: ReferenceRun.self).filter { $0.libm == nil }
    #expect(runs.count > 40)
    for run in runs {
      let differences = try Replay<Scalar>(run).differences(from: run)
      let summary = differences.prefix(3).map(\.description).joined(separator: "; ")
      #expect(differences.isEmpty, "\(file) \(run.id): \(summary)")
    }
  }
}
