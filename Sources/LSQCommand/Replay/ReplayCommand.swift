import ArgumentParser
import Foundation
import LSQScalars
import TestProblems

/// `lsq replay`: repeats recorded runs of MINPACK, and compares bit by bit.
struct ReplayCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay",
    abstract: "Run records of MINPACK again and compare every bit.",
    discussion: """
      A file has one JSON object per line: a run of lmder, lmdif or lmstr on a Moré–Garbow–Hillstrom \
      problem, a norm, a check of derivatives, values of a problem's functions, or a call of libm. \
      Each is repeated in its own precision, float, double or longdouble, or in the MPFR type that \
      --scalar names. A record that depends on a libm function with other bits on this machine is \
      compared by its digits.

      Exit status: 0 nothing differs, 1 something differs, 64 usage error, 65 unreadable file.

      Examples:
        lsq replay std-lmder-double-fortran.jsonl
        lsq replay --verbose --scalar mp53 std-*-double-fortran.jsonl
      """)

  @Argument(help: ArgumentHelp("Files of records, or - for standard input.", valueName: "file"))
  var files: [String]

  @Option(
    help: ArgumentHelp(
      "The scalar type; only records of its precision are run. (default: the hardware's types)",
      valueName: "name"),
    transform: ScalarName.init)
  var scalar: ScalarName?

  @Flag(help: "Say where, and at which iteration, each record first differs.")
  var verbose = false

  func run(on console: Console) throws -> Int32 {
    if let scalar, ReplayPrecision(bits: scalar.bits) == nil {
      throw CommandFailure.usage(
        "Records have 24, 53 or 64 bits, but \(scalar) has \(scalar.bits); take mp24, mp53 or mp64."
      )
    }
    var libms = LibmCache()
    var status = ExitStatus.solved
    for file in files where !console.isInterrupted() {
      let tally = try replay(file, console, &libms)
      if tally.different > 0 { status = ExitStatus.notSolved }
      try console.show("\(Console.name(ofFile: file)): \(tally)\n")
    }
    return console.isInterrupted() ? ExitStatus.notSolved : status
  }

  private func replay(
    _ file: String, _ console: Console, _ libms: inout LibmCache
  ) throws -> ReplayTally {
    let text = try console.text(ofFile: file)
    var tally = ReplayTally()
    for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      .enumerated()
    where !line.allSatisfy(\.isWhitespace) && !console.isInterrupted() {
      let place = "\(Console.name(ofFile: file)), line \(index + 1)"
      let record = try decode(line, place)
      guard let precision = ReplayPrecision(rawValue: record.precision) else {
        throw CommandFailure.badData(
          "\(place): There is no precision “\(record.precision)”; take float, double or longdouble."
        )
      }
      guard let type = try type(for: precision, place) else {
        tally.skipped += 1
        continue
      }
      do {
        let outcome = try libms.replay(record, in: type)
        tally.count(outcome)
        if verbose, case .different(let differences) = outcome {
          try console.show("  \(record.id.visible): \(differences[0])\n")
        }
      } catch let error as ReplayError {
        throw CommandFailure.badData("\(place): \(error)")
      } catch let error as MoreGarbowHillstromProblem.UnsupportedSize {
        throw CommandFailure.badData("\(place): record \(record.id): \(error)")
      }
    }
    guard !tally.isEmpty || console.isInterrupted() else {
      throw CommandFailure.badData("\(Console.name(ofFile: file)): The file has no records.")
    }
    return tally
  }

  private func decode(_ line: Substring, _ place: String) throws -> any ReferenceRecord {
    let data = Data(line.utf8)
    do {
      return try JSONDecoder().decode(AnyReferenceRecord.self, from: data).record
    } catch DecodingError.keyNotFound(let key, _) {
      throw CommandFailure.badData("\(place): The record has no “\(key.stringValue)”.")
    } catch DecodingError.typeMismatch(_, let context) where !context.codingPath.isEmpty,
      DecodingError.valueNotFound(_, let context) where !context.codingPath.isEmpty
    {
      let key = context.codingPath.last?.stringValue ?? "record"
      throw CommandFailure.badData("\(place): “\(key)” has a value of the wrong type.")
    } catch DecodingError.dataCorrupted(let context) where !context.codingPath.isEmpty {
      let key = context.codingPath.last?.stringValue ?? "record"
      throw CommandFailure.badData("\(place): “\(key)” has an unknown value.")
    } catch {
      // The decoder does not name a number that it cannot hold.
      let values = try? JSONDecoder().decode([String: IntegerCheck].self, from: data)
      let key = values?.keys.sorted().first {
        ReferenceRun.CodingKeys(stringValue: $0) != nil && values?[$0]?.isPassed == false
      }
      if let key {
        throw CommandFailure.badData(
          "\(place): “\(key)” has a number that is too large, or not whole.")
      }
      throw CommandFailure.badData(
        "\(place): This is not a JSON object; every line of a file of records must be one.")
    }
  }

  /// The scalar type to run a record in; nil if the record has another precision than was asked for.
  private func type(
    for precision: ReplayPrecision, _ place: String
  ) throws -> (any LSQScalar.Type)? {
    if let scalar { return scalar.bits == precision.bits ? scalar.type : nil }
    guard let type = precision.hardwareType else {
      throw CommandFailure.usage(
        "\(place): This platform has no 80-bit numbers; replay the record with --scalar mp64.")
    }
    return type
  }
}

/// Any JSON value, of which only is asked whether all of its numbers can be integers.
private struct IntegerCheck: Decodable {
  let isPassed: Bool

  init(from decoder: any Decoder) throws {
    if let list = try? [Self](from: decoder) {
      isPassed = list.allSatisfy(\.isPassed)
    } else if let object = try? [String: Self](from: decoder) {
      isPassed = object.values.allSatisfy(\.isPassed)
    } else {
      let value = try decoder.singleValueContainer()
      isPassed =
        value.decodeNil() || (try? value.decode(Bool.self)) != nil
        || (try? value.decode(String.self)) != nil || (try? value.decode(Int.self)) != nil
    }
  }
}

/// The precisions of the records.
enum ReplayPrecision: String {
  case float, double, longdouble

  init?(bits: Int) {
    guard let precision = [Self.float, .double, .longdouble].first(where: { $0.bits == bits })
    else { return nil }
    self = precision
  }

  var bits: Int {
    switch self {
    case .float: 24
    case .double: 53
    case .longdouble: 64
    }
  }

  var hardwareType: (any LSQScalar.Type)? {
    switch self {
    case .float: return Float.self
    case .double: return Double.self
    case .longdouble:
      #if (arch(i386) || arch(x86_64)) && !os(Windows) && !os(Android)
        return Float80.self
      #else
        return nil
      #endif
    }
  }
}

/// The verdicts on libm, made once per type.
struct LibmCache {
  private var known: [ObjectIdentifier: any Sendable] = [:]

  /// Replays a record in a type.
  mutating func replay<Scalar: LSQScalar>(
    _ record: any ReferenceRecord, in type: Scalar.Type
  ) throws -> ReplayOutcome {
    let key = ObjectIdentifier(type)
    let libm =
      known[key] as? LibmDisagreements<Scalar>
      ?? LibmDisagreements<Scalar>(precision: record.precision)
    known[key] = libm
    return try record.replay(in: type, libm)
  }
}

/// How the records of a file came out.
struct ReplayTally: CustomStringConvertible {
  private(set) var identical = 0
  private(set) var closeInDigits = 0
  private(set) var different = 0
  var skipped = 0

  var isEmpty: Bool { identical + closeInDigits + different + skipped == 0 }

  mutating func count(_ outcome: ReplayOutcome) {
    switch outcome {
    case .identical: identical += 1
    case .closeInDigits: closeInDigits += 1
    case .different: different += 1
    }
  }

  var description: String {
    let counts =
      "\(identical) identical, \(closeInDigits) compared by digits (libm), "
      + "\(different) different"
    return skipped == 0 ? counts : counts + ", \(skipped) of another precision"
  }
}
