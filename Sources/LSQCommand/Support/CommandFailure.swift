/// The exit statuses of the command.
enum ExitStatus {
  static let solved: Int32 = 0
  static let notSolved: Int32 = 1
  /// EX_USAGE of sysexits.h.
  static let usage: Int32 = 64
  /// EX_DATAERR of sysexits.h.
  static let data: Int32 = 65
}

/// What ends the command: one message and an exit status.
struct CommandFailure: Error, Hashable, CustomStringConvertible {
  let status: Int32
  let message: String

  var description: String { message }

  static func usage(_ message: String) -> Self { Self(status: ExitStatus.usage, message: message) }
  static func badData(_ message: String) -> Self { Self(status: ExitStatus.data, message: message) }

  /// No parameter is free.
  static let everythingFixed = usage(
    "--fix holds every parameter; leave at least one to be fitted.")
}
