import Foundation
import LSQScalars
import Testing

/// A hardware type by the name that the reference files give it.
struct NativeScalar: Sendable, CustomTestStringConvertible {
  let name: String
  let type: any LSQScalar.Type

  var testDescription: String { name }
}

/// The hardware types of this platform.
let nativeScalars: [NativeScalar] = {
  var scalars = [
    NativeScalar(name: "float", type: Float.self), NativeScalar(name: "double", type: Double.self),
  ]
  #if (arch(i386) || arch(x86_64)) && !os(Windows) && !os(Android)
    scalars.append(NativeScalar(name: "longdouble", type: Float80.self))
  #endif
  return scalars
}()

/// The lines of a reference file, one JSON object each.
func referenceLines<Line: Decodable>(_ file: String, of _: Line.Type) throws -> [Line] {
  let url = try #require(
    Bundle.module.url(forResource: file, withExtension: "jsonl", subdirectory: "Reference"))
  let decoder = JSONDecoder()
  return try Data(contentsOf: url).split(separator: UInt8(ascii: "\n")).map {
    try decoder.decode(Line.self, from: $0)
  }
}
