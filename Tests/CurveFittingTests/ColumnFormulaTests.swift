import LSQScalars
import MultiPrecision
import Testing

@testable import CurveFitting

/// Formulas in columns, computed in wider types and rounded once.
@Suite struct ColumnFormulaTests {
  private let table: DataTable

  init() throws { table = try DataTable("x,s\n0,0.1\n1,0.3\n-2,0.7\n3,1.1\n") }

  private func values<Scalar: LSQScalar>(
    _ formula: String, as type: Scalar.Type
  ) throws -> [Scalar?] {
    let model = try Formula(parsing: formula)
    return try model.bound(parameters: [], predictors: model.names.map(\.text)).roundedValues(
      from: table, as: type, ladder: PrecisionLadder.scalarType(bits:))
  }

  @Test(arguments: [
    "1*s", "(1e6+s)-1e6", "(1e30+s)-1e30", "(1+1e-150*s-1)*1e150", "s*cos(pi*1e20)", "abs(x)*0+s",
    "max(x,0)-max(x,0)+s", "sqrt(x^2)-abs(x)+s", "log(exp(200+s))-200",
  ])
  func `However it is computed, a value is rounded once`(formula: String) throws {
    func check<Scalar: LSQScalar>(_ type: Scalar.Type) throws {
      #expect(try values(formula, as: type) == table.column("s", as: type), "\(formula), \(type)")
    }
    try check(Float.self)
    try check(Double.self)
    try check(MPFloat128.self)
  }

  @Test func `Functions are rounded correctly`() throws {
    let found = try values("exp(s)/3", as: Double.self)
    for (value, text) in zip(found, ["0.1", "0.3", "0.7", "1.1"]) {
      let exact = try MPFloat512.exp(#require(MPFloat512(text))) / 3
      #expect(value == Double(exact))
    }
  }

  @Test func `A value of which nothing is left is zero, and one that is not computed is nil`()
    throws
  {
    #expect(try values("s-s", as: Double.self) == [0, 0, 0, 0])
    #expect(try values("x", as: Float.self) == [0, 1, -2, 3])
    #expect(try values("1/x", as: Double.self)[0] == .infinity)
    #expect(try values("sqrt(x)", as: Double.self)[2]?.isNaN == true)
    // 24 and 64 bits, 32 times as many and rounded up to a rung, are 3072, or 924 digits.
    #expect(try values("((1+1e-920*s)-1)*1e920", as: Float.self) == [nil, nil, nil, nil])
    #expect(try values("((1+1e-2000*s)-1)*1e2000", as: Float.self) == [0, 0, 0, 0])
  }

  @Test func `Beside the widest type there is no wider one`() throws {
    let model = try Formula(parsing: "2*s").bound(parameters: [], predictors: ["s"])
    let found = try model.roundedValues(from: table, as: Double.self) { bits in
      throw PrecisionError.bits(bits)
    }
    #expect(found == [0.2, 0.6, 1.4, 2.2])
  }
}
