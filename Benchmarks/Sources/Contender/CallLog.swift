import CGauges
import LeastSquares

/// Counts the calls of a problem's functions, and on request records them for a replay.
final class CallLog<Scalar> {
  enum Kind { case residuals, jacobian, together }

  private(set) var residuals = 0
  private(set) var jacobians = 0
  /// Calls that compute both.
  private(set) var together = 0
  /// Whether calls are recorded.
  var isRecording = false
  private(set) var calls: [(kind: Kind, parameters: [Scalar])] = []

  /// The count of allocations at the first and at the last call since the log was reset.
  private var allocations: (first: UInt64, last: UInt64)?
  /// Whether allocations are counted.
  var isWatching = false

  /// Allocations between the first and the last call, the callbacks' own included.
  var allocationsBetweenCalls: UInt64? { allocations.map { $0.last - $0.first } }

  func reset() {
    (residuals, jacobians, together, calls, allocations) = (0, 0, 0, [], nil)
  }

  @inline(__always)
  func note(_ kind: Kind, _ parameters: Span<Scalar>) {
    switch kind {
    case .residuals: residuals += 1
    case .jacobian: jacobians += 1
    case .together: together += 1
    }
    if isRecording || isWatching { look(kind, parameters) }
  }

  @inline(never)
  private func look(_ kind: Kind, _ parameters: Span<Scalar>) {
    if isWatching {
      var (calls, bytes): (UInt64, UInt64) = (0, 0)
      if gauge_allocations(&calls, &bytes) { allocations = (allocations?.first ?? calls, calls) }
    }
    if isRecording { calls.append((kind, parameters.indices.map { parameters[$0] })) }
  }
}
