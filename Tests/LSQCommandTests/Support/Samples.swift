import Foundation

/// Data that several tests fit.
enum Samples {
  /// Treloar's rates of an enzyme's reaction, as in Examples/puromycin.csv.
  static let puromycin = """
    conc,rate
    0.02,76
    0.02,47
    0.06,97
    0.06,107
    0.11,123
    0.11,139
    0.22,159
    0.22,152
    0.56,191
    0.56,201
    1.10,207
    1.10,200

    """

  /// The arguments that fit them.
  static let puromycinFit = [
    "fit", "-", "--model", "Vm*conc/(K+conc)", "--response", "rate", "--start", "Vm=205, K=0.08",
  ]

  /// A line and what scatters around it, with standard deviations.
  static let weighted = """
    x,y,s
    0,1,1
    1,3,2
    2,4,1
    3,8,2

    """

  /// The text of NIST's Misra1a.dat.
  static func misra1a() throws -> String {
    let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    let file = package.appendingPathComponent("Sources/TestProblems/NIST/Misra1a.dat")
    return try String(contentsOf: file, encoding: .utf8)
  }
}
