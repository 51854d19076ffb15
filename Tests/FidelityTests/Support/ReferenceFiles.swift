import Foundation
import LSQScalars
import MultiPrecision
import Testing

@testable import LSQCommand

/// A scalar type by the name that the reference files give its precision.
struct RecordedScalar: Sendable, CustomTestStringConvertible {
  let name: String
  let type: any LSQScalar.Type

  var testDescription: String { "\(type)" }
}

/// The hardware types of this platform.
let hardwareScalars: [RecordedScalar] = {
  var scalars = [
    RecordedScalar(name: "float", type: Float.self),
    RecordedScalar(name: "double", type: Double.self),
  ]
  #if (arch(i386) || arch(x86_64)) && !os(Windows) && !os(Android)
    scalars.append(RecordedScalar(name: "longdouble", type: Float80.self))
  #endif
  return scalars
}()

/// The hardware's precisions in MPFR.
let emulatedScalars = [
  RecordedScalar(name: "float", type: MPFloat<24, 1>.self),
  RecordedScalar(name: "double", type: MPFloat<53, 1>.self),
  RecordedScalar(name: "longdouble", type: MPFloat<64, 1>.self),
]

/// The records of a file, one JSON object a line.
func referenceRecords(_ file: String) throws -> [any ReferenceRecord] {
  try referenceLines(file).map {
    try JSONDecoder().decode(AnyReferenceRecord.self, from: $0).record
  }
}

/// The lines of a file.
func referenceLines(_ file: String) throws -> [Data] {
  let url = try #require(
    Bundle.module.url(forResource: file, withExtension: "jsonl", subdirectory: "Reference"))
  return try Data(contentsOf: url).split(separator: UInt8(ascii: "\n"))
}
