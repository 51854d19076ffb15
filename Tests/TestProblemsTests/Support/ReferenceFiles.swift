import Foundation
import LSQScalars
import Testing

/// The lines of a reference file: one JSON object each.
func referenceLines<Line: Decodable>(of file: String, as _: Line.Type) throws -> [Line] {
  let url = try #require(
    Bundle.module.url(forResource: file, withExtension: "jsonl", subdirectory: "Reference"))
  let decoder = JSONDecoder()
  return try Data(contentsOf: url).split(separator: UInt8(ascii: "\n")).map {
    try decoder.decode(Line.self, from: $0)
  }
}

/// A scalar type that reference values exist for.
protocol ReferenceScalar: LSQScalar {
  /// The type's name in the reference files.
  static var precisionName: String { get }
}

extension Float: ReferenceScalar { static var precisionName: String { "float" } }
extension Double: ReferenceScalar { static var precisionName: String { "double" } }
#if (arch(i386) || arch(x86_64)) && !os(Windows) && !os(Android)
  extension Float80: ReferenceScalar { static var precisionName: String { "longdouble" } }
#endif

/// All scalar types of this platform that reference values exist for.
var referenceScalars: [any ReferenceScalar.Type] {
  #if (arch(i386) || arch(x86_64)) && !os(Windows) && !os(Android)
    [Float.self, Double.self, Float80.self]
  #else
    [Float.self, Double.self]
  #endif
}
