import Dispatch
import Foundation
import Synchronization

/// The user's request to end a solve and see the best point so far.
enum Interruption {
  private static let numbers = [SIGINT, SIGTERM]
  private static let isWanted = Atomic(false)

  /// Whether the user has pressed Ctrl-C, or asked the process to terminate.
  static var isRequested: Bool { isWanted.load(ordering: .relaxed) }

  /// Runs a body during which the first Ctrl-C, or SIGTERM, is taken as a request; a second one ends the process as
  /// usual.
  static func watching<Result>(_ body: () -> Result) -> Result {
    let sources = numbers.map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler {
        isWanted.store(true, ordering: .relaxed)
        signal(number, SIG_DFL)
      }
      source.resume()
      return source
    }
    defer { for source in sources { source.cancel() } }
    return body()
  }

  /// Runs a body during which the first one already ends the process: while it waits for input there is nothing to see
  /// yet.
  static func unwatched<Result>(_ body: () throws -> Result) rethrows -> Result {
    let actions = numbers.map { signal($0, SIG_DFL) }
    defer { for (number, action) in zip(numbers, actions) { signal(number, action) } }
    return try body()
  }
}
