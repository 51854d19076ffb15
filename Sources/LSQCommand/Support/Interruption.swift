import Dispatch
import Foundation
import Synchronization

/// The wish of the user to end a solve and see the best point so far.
enum Interruption {
  private static let isWanted = Atomic(false)

  /// Whether the user has pressed Ctrl-C.
  static var isRequested: Bool { isWanted.load(ordering: .relaxed) }

  /// Runs a body that takes the first Ctrl-C as a wish; a second one ends the process as usual.
  static func watching<Result>(_ body: () -> Result) -> Result {
    signal(SIGINT, SIG_IGN)
    let source = DispatchSource.makeSignalSource(signal: SIGINT, queue: .global())
    source.setEventHandler {
      isWanted.store(true, ordering: .relaxed)
      signal(SIGINT, SIG_DFL)
    }
    source.resume()
    defer { source.cancel() }
    return body()
  }
}
