import LSQScalars
import LeastSquares
import TestProblems

/// A recorded run of one of MINPACK's solvers, as its JSON line gives it.
///
/// Reals are text in C's hexadecimal notation, so that a record means the same at every precision.
struct ReferenceRun: ReferenceRecord {
  let id: String
  let solver: Solver
  let precision: String
  let variant: String?
  let problem: Int
  let n: Int
  let m: Int
  /// The functions of libm that the problem calls, besides the square root.
  let libm: [String]?

  let ftol: String
  let xtol: String
  let gtol: String
  let maxfev: Int
  let epsfcn: String?
  let mode: Int
  let diagonal: [String]?
  let factor: String
  let stopAtCall: Int?
  let x0: [String]

  let info: Int
  let nfev: Int
  let njev: Int?
  let residualCalls: Int?
  let fnorm0: String
  let fnorm: String
  let x: [String]
  let path: String
  let ipvt: [Int]?
  let diag: [String]?
  let qtf: [String]?
  let r: [String]?
  let covar: [String]?
  let trajectory: [TrajectoryPoint]?

  enum Solver: String, Decodable, Sendable { case lmder, lmdif, lmstr }

  /// One entry per linearisation and one at the end.
  struct TrajectoryPoint: Decodable, Sendable {
    let nfev: Int
    let fnorm: String
    let x: [String]
  }

  enum CodingKeys: String, CodingKey {
    case id, solver, precision, variant, problem, n, m, libm
    case ftol, xtol, gtol, maxfev, epsfcn, mode, factor, x0
    case diagonal = "diag_in"
    case stopAtCall = "stop_at_call"
    case info, nfev, njev, fnorm0, fnorm, x, path, ipvt, diag, qtf, r, covar, trajectory
    case residualCalls = "residual_calls"
  }
}
