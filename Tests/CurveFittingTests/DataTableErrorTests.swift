import CurveFitting
import LSQScalars
import Testing

@Suite struct DataTableErrorTests {
  private func error(
    _ text: String, columns: [String]? = nil, column: String? = nil
  ) -> DataTableError? {
    #expect(throws: DataTableError.self) {
      let table = try DataTable(text, columns: columns)
      if let column { _ = try table.column(column, as: Double.self) }
    }
  }

  private func at(_ line: Int, _ column: Int) -> TextPosition {
    TextPosition(line: line, column: column)
  }

  @Test(arguments: ["", "\n \n", "# nothing\n", "\u{FEFF}"])
  func `Nothing is no table`(text: String) {
    #expect(error(text) == .empty)
    #expect(error(text, columns: ["x"]) == .empty)
  }

  @Test func `A header needs rows`() {
    #expect(error("\n x,y\n\n# end\n") == .noRows(header: at(2, 1)))
  }

  @Test func `A row of another length is found by its line and the place where it differs`() {
    #expect(error("x,y\n1,2\n3\n") == .raggedRow(expected: 2, found: 1, at: at(3, 2)))
    #expect(error("x,y\n1,2,\n") == .raggedRow(expected: 2, found: 3, at: at(2, 5)))
    #expect(error("x,y\r\n\r\n1,2, 3,4\r\n") == .raggedRow(expected: 2, found: 4, at: at(3, 6)))
    #expect(
      error("1 2\n3 4 5\n", columns: ["x", "y"]) == .raggedRow(expected: 2, found: 3, at: at(2, 5)))
  }

  @Test(arguments: [
    "abc", "1,5", "1.2.3", "1e", "e5", ".", "-", "+-1", "0x10", "1_000", "1 000", "1d3", "½", "1f",
    "--1",
  ])
  func `What is not a decimal number is refused with its place`(text: String) {
    let table = "x,y\n1,2\n3,  \"\(text)\"\n"
    #expect(
      error(table, column: "y")
        == .malformedNumber(text: text, quantity: "column y", at: at(3, 6)))
  }

  @Test func `Semicolons are named, unless quotation marks make them part of a name`() throws {
    #expect(error("x;y\n1;2\n") == .separatedBySemicolons(at: at(1, 1)))
    #expect(try DataTable("\"x;y\"\n1\n").columnNames == ["x;y"])
    #expect(throws: DataTableError.separatedBySemicolons(at: at(1, 1))) {
      try DataTable("1;2\n3;4\n", columns: ["x", "y"])
    }
  }

  @Test func `A missing value is not a number`() {
    #expect(
      error("x,y\n1,2\n3,\n", column: "y")
        == .malformedNumber(text: "", quantity: "column y", at: at(3, 3)))
  }

  @Test(arguments: ["nan", "NaN", "inf", "-inf", "+Infinity"])
  func `NaN and infinity are refused in every type`(text: String) {
    #expect(
      error("x\n\(text)\n", column: "x")
        == .nonFiniteValue(text: text, quantity: "column x", at: at(2, 1)))
  }

  @Test func `Overflow is refused in the type that overflows`() throws {
    let table = try DataTable("x\n1\n1e40\n")
    #expect(try table.column("x", as: Double.self) == [1, 1e40])
    #expect(
      throws: DataTableError.overflow(
        text: "1e40", quantity: "column x", scalar: "Float", at: at(3, 1))
    ) {
      try table.column("x", as: Float.self)
    }
    #expect(
      error("x\n-1e400\n", column: "x")
        == .overflow(text: "-1e400", quantity: "column x", scalar: "Double", at: at(2, 1)))
  }

  @Test func `What would become zero is refused in the type that underflows`() throws {
    let table = try DataTable("x\n1\n-1e-50\n")
    #expect(try table.column("x", as: Double.self) == [1, -1e-50])
    #expect(
      throws: DataTableError.underflow(
        text: "-1e-50", quantity: "column x", scalar: "Float", at: at(3, 1))
    ) {
      try table.column("x", as: Float.self)
    }
    #expect(
      error("x\n.00e5\n0.1e-400\n", column: "x")
        == .underflow(text: "0.1e-400", quantity: "column x", scalar: "Double", at: at(3, 1)))
  }

  @Test func `Names are neither empty nor used twice`() {
    #expect(error("x,,z\n1,2,3\n") == .emptyColumnName(number: 2, at: at(1, 3)))
    #expect(error("x,y, x\n1,2,3\n") == .duplicateColumnName("x", at: at(1, 6)))
    #expect(error("1 2\n", columns: ["x", "x"]) == .duplicateColumnName("x", at: nil))
    #expect(error("1 2\n", columns: ["x", ""]) == .emptyColumnName(number: 2, at: nil))
  }

  @Test func `An unknown column is answered with those there are`() {
    let error = error("x,y\n1,2\n", column: "z")
    #expect(error == .unknownColumn("z", known: ["x", "y"]))
    #expect(error?.description == "There is no column “z”; the columns are x, y.")
  }

  @Test func `Quotation marks are closed and followed by a separator`() {
    #expect(error("x,y\n1,\"2\n3,4\n") == .unterminatedQuote(at: at(2, 3)))
    #expect(error("x,y\n\"1\"2,3\n") == .textAfterQuote(at: at(2, 4)))
    #expect(error("\"1\"2 3\n", columns: ["x", "y"]) == .textAfterQuote(at: at(1, 4)))
  }

  @Test func `Every message names the place and ends as a sentence`() throws {
    let errors = [
      error("x\n"), error("x,y\n1\n"), error("x\n?\n", column: "x"), error("x,\n1,2\n"),
      error("x,x\n1,2\n"), error("x\nnan\n", column: "x"), error("x\n\"1\n"),
      error("x\n\"1\"1\n"),
    ].compactMap(\.self)
    #expect(errors.count == 8)
    for error in errors {
      let line = try #require(error.position).line
      #expect(error.description.contains("line \(line)"), "\(error)")
      #expect(error.description.hasSuffix("."), "\(error)")
    }
  }
}
