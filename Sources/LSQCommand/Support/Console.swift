import CurveFitting
import Foundation

/// Where the command reads and writes, so that tests can take the place of the terminal.
public struct Console {
  private let output: (String) throws -> Void
  private let error: (String) -> Void
  private let standardInput: () throws -> [UInt8]
  /// Whether the user has asked for solves to end.
  let isInterrupted: @Sendable () -> Bool

  /// A console made of functions, which take standard output and standard error, give standard input, and tell whether
  /// the user has asked for solves to end.
  public init(
    output: @escaping (String) throws -> Void, error: @escaping (String) -> Void,
    standardInput: @escaping () throws -> [UInt8],
    isInterrupted: @escaping @Sendable () -> Bool = { false }
  ) {
    self.isInterrupted = isInterrupted
    self.output = output
    self.error = error
    self.standardInput = standardInput
  }

  /// The console of the process.
  public static var process: Console {
    Console(
      output: { text in
        do {
          try FileHandle.standardOutput.write(contentsOf: Data(text.utf8))
        } catch {
          throw OutputFailure(isClosed: OutputFailure.isBrokenPipe(error))
        }
      },
      error: { try? FileHandle.standardError.write(contentsOf: Data($0.utf8)) },
      standardInput: {
        try Interruption.unwatched { Array(try FileHandle.standardInput.readToEnd() ?? Data()) }
      },
      isInterrupted: { Interruption.isRequested })
  }

  /// Writes text for programs to standard output.
  func write(_ text: String) throws { try output(text) }

  /// Writes text for people to standard output, with escapes for what would not be seen there, or would command the
  /// terminal.
  func show(_ text: String) throws { try output(text.visibleLines) }

  /// Writes one message to standard error, with the same escapes.
  func report(_ message: String) { error("lsq: \(message.visibleLines)\n") }

  /// The text of a file, or of standard input for the path `-`.
  ///
  /// - Throws: ``CommandFailure`` if it cannot be read or is not UTF-8.
  func text(ofFile path: String) throws -> String {
    let bytes = try bytes(ofFile: path)
    if let text = String(validating: bytes, as: UTF8.self) { return text }
    let line = 1 + bytes.prefix(Self.lengthOfValidPrefix(bytes)).count { $0 == UInt8(ascii: "\n") }
    throw CommandFailure.badData(
      "\(Self.name(ofFile: path)): Line \(line) is not UTF-8 text; save the file as UTF-8.")
  }

  /// How messages name a file.
  static func name(ofFile path: String) -> String { path == "-" ? "standard input" : path }

  static func fileExists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

  private func bytes(ofFile path: String) throws -> [UInt8] {
    guard !path.isEmpty else {
      throw CommandFailure.badData(
        "The name of a file is empty; give a file, or - for standard input.")
    }
    do {
      guard path != "-" else { return try standardInput() }
      guard let file = FileHandle(forReadingAtPath: path) else {
        throw CommandFailure.badData(
          Self.fileExists(path)
            ? "\(path): The file cannot be opened; check its permissions."
            : "\(path): There is no such file.")
      }
      defer { try? file.close() }
      return Array(try file.readToEnd() ?? Data())
    } catch let failure as CommandFailure {
      throw failure
    } catch {
      throw CommandFailure.badData(
        "\(Self.name(ofFile: path)): This cannot be read; give a file, or - for standard input."
      )
    }
  }

  private static func lengthOfValidPrefix(_ bytes: [UInt8]) -> Int {
    var decoder = UTF8()
    var iterator = bytes.makeIterator()
    var length = 0
    while case .scalarValue(let scalar) = decoder.decode(&iterator) {
      length += UTF8.width(scalar)
    }
    return length
  }
}

extension String {
  /// The text in its lines, with escapes for other control characters.
  fileprivate var visibleLines: String {
    unicodeScalars.map { $0 == "\n" ? "\n" : $0.visible }.joined()
  }
}

/// Standard output cannot be written to.
struct OutputFailure: Error {
  /// Whether the reader has closed it, as in `lsq … | head`.
  let isClosed: Bool

  static func isBrokenPipe(_ error: any Error) -> Bool {
    var cause: NSError? = error as NSError
    while let error = cause {
      if error.domain == NSPOSIXErrorDomain, error.code == EPIPE { return true }
      cause = error.userInfo[NSUnderlyingErrorKey] as? NSError
    }
    return false
  }
}
