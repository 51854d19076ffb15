import CurveFitting
import LSQScalars
import Testing

@Suite struct DataTableTests {
  @Test func `A table with a header is read by column`() throws {
    let table = try DataTable("time,signal\n0.5,1.25e-3\n1,-7.5E-4\n")
    #expect(table.columnNames == ["time", "signal"])
    #expect(table.rowCount == 2)
    #expect(try table.column("time", as: Double.self) == [0.5, 1])
    #expect(try table.column("signal", as: Float.self) == [1.25e-3, -7.5e-4])
  }

  @Test(arguments: [
    "x,y\n1,2\n3,4",
    "x,y\r\n1,2\r\n3,4\r\n",
    "\u{FEFF}x,y\n1,2\n3,4\n",
    "  x ,\ty \n\n 1 , 2\t\n# a comment, with a comma\n   # another\n3,4\n\n",
    "\"x\",\"y\"\n\"1\",2\n3,\"4\"\n",
    "x y\n1 2\n3\t  4  \n",
    "x,y\r1,2\r3,4\r",
  ])
  func `Blanks, comments, quotes and line ends make no difference`(text: String) throws {
    let table = try DataTable(text)
    #expect(table.columnNames == ["x", "y"])
    #expect(try table.column("x", as: Double.self) == [1, 3])
    #expect(try table.column("y", as: Double.self) == [2, 4])
  }

  @Test(arguments: ["1 2\n3 4\n", "1,2\n3,4\n", "# x, y\n\t1   2\r\n  3 4"])
  func `The caller may name the columns`(text: String) throws {
    let table = try DataTable(text, columns: ["a", "b"])
    #expect(try table.column("a", as: Double.self) == [1, 3])
    #expect(try table.column("b", as: Double.self) == [2, 4])
  }

  @Test func `Quotation marks protect separators, line ends and themselves`() throws {
    let table = try DataTable("note,\"x, in m\"\n\"say \"\"a, b\"\"\nand c\",7\n\"\",8\n")
    #expect(table.columnNames == ["note", "x, in m"])
    #expect(table.text(row: 0, column: 0) == "say \"a, b\"\nand c")
    #expect(table.text(row: 1, column: 0) == "")
    #expect(try table.column("x, in m", as: Double.self) == [7, 8])
  }

  @Test func `Only columns that are asked for need to be numbers`() throws {
    let table = try DataTable("label,x\nfirst,1\n,2\n")
    #expect(try table.column("x", as: Float.self) == [1, 2])
    #expect(throws: DataTableError.self) { try table.column("label", as: Float.self) }
  }

  @Test(arguments: [
    ("1", 1.0), ("+1", 1), ("-1", -1), (".5", 0.5), ("-.5", -0.5), ("+.5e1", 5), ("5.", 5),
    ("1E3", 1000), ("1e+03", 1000), ("2.5e-1", 0.25), ("0", 0), ("000.50", 0.5),
    ("0e-400", 0), ("-0.00e9", 0), ("4.9e-324", .leastNonzeroMagnitude),
  ])
  func `Every way to write a decimal is understood`(text: String, value: Double) throws {
    let table = try DataTable(text, columns: ["x"])
    #expect(try table.column("x", as: Double.self) == [value])
  }

  @Test func `A decimal is rounded once, to the type that asks`() throws {
    let table = try DataTable("x\n0.1\n16777217.00000000000000001\n")
    // By way of Double this would be a tie, and round down.
    #expect(try table.column("x", as: Float.self) == [0.1, 16_777_218])
    #if (arch(i386) || arch(x86_64)) && !os(Windows) && !os(Android)
      let values = try table.column("x", as: Float80.self)
      #expect(values.first == Float80("0.1"))
      #expect(values.first != Float80(0.1 as Double))
    #endif
  }

  @Test func `Behind a blank a comment may follow where blanks separate values`() throws {
    let table = try DataTable("x y  # a, b\n1\t2 # first\n3 4\t#\n# 5 6\n")
    #expect(table.columnNames == ["x", "y"])
    #expect(try table.rows(of: ["x", "y"], as: Double.self) == [1, 2, 3, 4])
    #expect(throws: DataTableError.self) { try DataTable("x y\n1 2#3\n").requireNumbers() }
    // Commas make it part of a value.
    let labels = try DataTable("label, x\nno. #1, 2\n")
    #expect(labels.text(row: 0, column: 0) == "no. #1")
  }

  @Test(arguments: [
    ("5", false), ("5.0", false), ("5.000E+00", false), ("50e-1", false), ("0", false),
    ("1e+120", false),
    ("5.5", false), ("5.0000000000000001", true), ("500000000000000001e-17", true),
  ])
  func `A whole number whose text is none was rounded`(text: String, isRounded: Bool) throws {
    let table = try DataTable("a,x\n1,2\n3,\(text)\n")
    let numbers = try table.rows(of: ["x", "a"], as: Double.self)
    #expect(table.hasRoundedWholes(in: ["x", "a"], readAs: numbers) == isRounded)
  }

  @Test func `A hundred thousand rows keep their order`() throws {
    let count = 100_000
    let text = (0..<count).map { "\($0) \($0).5 -\($0)e-3\n" }.joined()
    let table = try DataTable(text, columns: ["a", "b", "c"])
    #expect(table.rowCount == count)
    let b = try table.column("b", as: Double.self)
    #expect(b.indices.allSatisfy { b[$0] == Double($0) + 0.5 })
  }

  @Test func `A cell knows where it stands`() throws {
    let table = try DataTable("# ü\nname,x\nGrün,  3.5\n")
    let cell = table.decimal(row: 0, column: 1)
    #expect(cell.text == "3.5")
    #expect(cell.position == TextPosition(line: 3, column: 8))
    #expect(try cell.value(as: Double.self) == 3.5)
  }
}
