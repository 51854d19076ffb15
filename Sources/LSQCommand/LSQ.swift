public import ArgumentParser
import CurveFitting
import MultiPrecision

/// The command `lsq`.
public struct LSQ: ParsableCommand {
  public static let configuration = CommandConfiguration(
    commandName: "lsq",
    abstract: "Nonlinear least squares in any precision.",
    discussion: """
      MINPACK's Levenberg–Marquardt method in float, double, float80, and MPFR numbers of 24 to \
      \(PrecisionLadder.maximumBits) bits.

      Exit status: 0 solved, 1 not solved, 64 usage error, 65 bad data.
      """,
    subcommands: [
      CompareCommand.self, FitCommand.self, CertifyCommand.self, TraceCommand.self,
      ReplayCommand.self,
    ])

  public init() {}

  /// Runs the command with the arguments of the process, and ends the process.
  public static func main() {
    let status = Interruption.watching {
      run(Array(CommandLine.arguments.dropFirst()), on: .process)
    }
    exit(withStatus: status)
  }

  /// Runs the command and returns its exit status.
  ///
  /// Errors are reported on the console, in one message.
  public static func run(_ arguments: [String], on console: Console) -> Int32 {
    do {
      if let word = arguments.first(where: { $0 != "help" }) { try requireCommand(word) }
      var command = try parseAsRoot(arguments)
      if let command = command as? any ConsoleCommand { return try command.run(on: console) }
      try command.run()
      return ExitStatus.solved
    } catch {
      return finish(with: error, on: console)
    }
  }

  /// Throws if the first argument, or that of help, is in the place of a command but names none.
  private static func requireCommand(_ word: String) throws(CommandFailure) {
    let names = configuration.subcommands.compactMap { $0.configuration.commandName } + ["help"]
    guard !word.hasPrefix("-"), !names.contains(word) else { return }
    let near = names.filter { $0.editDistance(to: word.lowercased()) <= 2 }
    throw .usage("There is no command “\(word)”; \(names.remedy(near: near, called: "commands"))")
  }

  /// Reports what went wrong, prints the help that was asked for, or passes on a complaint of the argument parser.
  private static func finish(with error: any Error, on console: Console) -> Int32 {
    if let failure = error as? CommandFailure {
      console.report(failure.message)
      return failure.status
    }
    if let failure = error as? OutputFailure {
      if !failure.isClosed {
        console.report("Standard output cannot be written to; is the disk full?")
      }
      return ExitStatus.notSolved
    }
    let status = exitCode(for: error)
    guard status == .success else {
      console.report(message(for: error))
      return status.rawValue
    }
    do {
      try console.write(fullMessage(for: error) + "\n")
      return ExitStatus.solved
    } catch {
      return finish(with: error, on: console)
    }
  }

  private static func exit(withStatus status: Int32) -> Never {
    exit(withError: ExitCode(status))
  }
}

/// A subcommand that writes to a console and returns its exit status.
protocol ConsoleCommand: ParsableCommand {
  func run(on console: Console) throws -> Int32
}
