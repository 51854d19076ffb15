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

/// A call of an elementary function, with the result that the reference runs used.
struct LibmProbe: Decodable {
  let precision: String
  let function: String
  let x: String
  let y: String

  /// Whether this platform's `function` gives the reference's bits for every recorded argument.
  static func agrees<Scalar: ReferenceScalar>(
    on function: String, _: Scalar.Type
  ) throws -> Bool {
    let calls = try referenceLines(of: "libm-probe", as: LibmProbe.self).filter {
      $0.precision == Scalar.precisionName && $0.function == function
    }
    try #require(!calls.isEmpty, "no probes of \(function) in \(Scalar.precisionName)")
    return try calls.allSatisfy { call in
      let x: Scalar = try #require(hexadecimal(call.x))
      let y: Scalar = try #require(hexadecimal(call.y))
      return try areIdentical(value(of: function, at: x), y)
    }
  }

  private static func value<Scalar: LSQScalar>(
    of function: String, at x: Scalar
  ) throws -> Scalar {
    switch function {
    case "exp": return Scalar.exp(x)
    case "sin": return Scalar.sin(x)
    case "cos": return Scalar.cos(x)
    case "atan": return Scalar.atan(x)
    default: throw UnknownFunction(name: function)
    }
  }

  struct UnknownFunction: Error { let name: String }
}
