import CurveFitting

extension StRDFile {
  /// Reads the text of a `.dat` file.
  ///
  /// Parts are found by their headings; the line ranges that the file declares are not used. Either
  /// kind of line ending is accepted, and so are blanks at line ends. A problem of one's own in this form may have the
  /// two starts of each parameter alone, without certified values.
  ///
  /// - Throws: ``StRDError`` with line and column if a part is missing or malformed.
  public init(_ text: String) throws(StRDError) {
    let reader = StRDReader(text)
    guard reader.isStRD else { throw .notStRD }
    let table = try reader.parameterTable()
    let model = try reader.model(before: table.start)
    name = try reader.name()
    level = reader.level()
    (self.model, response) = (model.formula, model.response)
    parameters = table.parameters
    func certified(_ label: String) throws(StRDError) -> DecimalText? {
      guard table.parameters[0].certifiedValue != nil else { return nil }
      return try reader.number(labelled: label, from: table.end)
    }
    certifiedSumOfSquares = try certified("Residual Sum of Squares")
    certifiedResidualStandardDeviation = try certified("Residual Standard Deviation")
    printedDegreesOfFreedom = reader.count(labelled: "Degrees of Freedom", from: table.end)
    printedObservationCount = reader.count(labelled: "Number of Observations", from: table.end)
    data = try reader.data(from: table.end, printedRowCount: printedObservationCount)
  }
}

/// Finds the parts of a StRD file.
struct StRDReader {
  private let lines: [TextLine]

  init(_ text: String) {
    // A character is CR, LF or the pair, so this counts each line end once.
    lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      .enumerated().map { TextLine(number: $0 + 1, text: $1) }
  }

  // MARK: - The heading

  /// Whether one of the first lines names the collection.
  var isStRD: Bool { lines.prefix(10).contains { $0.contains("StRD") } }

  func name() throws(StRDError) -> String {
    let names = lines.lazy.compactMap { $0.text(after: "Dataset Name:") }
    guard let word = names.first?.split(whereSeparator: \.isWhitespace).first else {
      throw .missingSection("dataset name", afterLine: 1)
    }
    return String(word)
  }

  func level() -> StRDFile.Level? {
    let line = lines.first { $0.contains("Level of Difficulty") }
    return line?.words.lazy.compactMap { StRDFile.Level(rawValue: $0.text.lowercased()) }.first
  }

  // MARK: - The model

  /// The formula between the heading of the model and the table of parameters.
  func model(before end: Int) throws(StRDError) -> (response: String, formula: String) {
    guard let heading = lines[..<end].lastIndex(where: { $0.text(after: "Model:") != nil }) else {
      throw .missingSection("section “Model:”", afterLine: 1)
    }
    // A line with an equals sign begins a statement; the last one is the model. Those before it
    // define constants such as pi, which expressions know.
    let block = lines[(heading + 1)..<end]
    guard let first = block.lastIndex(where: { $0.text.contains("=") }) else {
      throw .missingSection("formula of the model", afterLine: lines[heading].number)
    }
    var statement = block[first].trimmed[...]
    for line in block[(first + 1)...].prefix(while: { !$0.trimmed.isEmpty }) {
      statement += " " + line.trimmed
    }
    let text = statement.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    let sides = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let response = Self.expression(sides[0])
    let formula = Self.withoutErrorTerm(Self.expression(sides[1]))
    guard !response.isEmpty && !formula.isEmpty else {
      throw .malformedModel(text, at: block[first].position(of: block[first].trimmed))
    }
    return (response, formula)
  }

  /// A side of the model with parentheses for brackets, without blanks at its ends.
  private static func expression(_ side: Substring) -> String {
    String(side.trimmed.map { ["[": "(", "]": ")"][$0] ?? $0 })
  }

  /// A formula without the "+ e" at its end, which stands for the error of an observation.
  private static func withoutErrorTerm(_ formula: String) -> String {
    var rest = formula[...]
    guard rest.last == "e" else { return formula }
    rest = rest.dropLast().trimmed
    guard rest.last == "+" else { return formula }
    return String(rest.dropLast().trimmed)
  }

  // MARK: - Starting and certified values

  /// The rows `name = start1 start2 value deviation`, all of them with the last two or none, and the lines where their
  /// table begins and ends.
  func parameterTable() throws(StRDError) -> (
    parameters: [StRDFile.Parameter], start: Int, end: Int
  ) {
    guard let start = lines.firstIndex(where: \.isHeadingOfParameters) else {
      throw .missingSection("table of starting and certified values", afterLine: 1)
    }
    var end = start + 1
    var parameters: [StRDFile.Parameter] = []
    for line in lines[(start + 1)...] {
      if line.text(after: "Residual") != nil || line.text(after: "Data:") != nil { break }
      if line.text.contains("=") { try parameters.append(parameter(line, like: parameters.first)) }
      end += 1
    }
    guard !parameters.isEmpty else {
      throw .missingSection("row of starting and certified values", afterLine: lines[start].number)
    }
    return (parameters, start, end)
  }

  private func parameter(
    _ line: TextLine, like first: StRDFile.Parameter?
  ) throws(StRDError) -> StRDFile.Parameter {
    let sides = line.text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let name = sides[0].filter { !$0.isWhitespace }
    let words = line.words(in: sides[1])
    let counts = first.map { [$0.certifiedValue == nil ? 2 : 4] } ?? [2, 4]
    guard counts.contains(words.count) else {
      let most = counts[counts.count - 1]
      throw .parameterRow(
        name: name, found: words.count,
        at: words.count > most ? words[most].position : line.position(of: line.trimmed))
    }
    let columns = [
      "start 1 of \(name)", "start 2 of \(name)", "the certified value of \(name)",
      "the standard deviation of \(name)",
    ]
    var numbers: [DecimalText] = []
    for (word, quantity) in zip(words, columns) { try numbers.append(number(word, quantity)) }
    return StRDFile.Parameter(
      name: name, start1: numbers[0], start2: numbers[1],
      certifiedValue: numbers.count > 2 ? numbers[2] : nil,
      certifiedStandardDeviation: numbers.count > 2 ? numbers[3] : nil)
  }

  // MARK: - Labelled numbers

  /// The number in the line `label: number`.
  func number(labelled label: String, from start: Int) throws(StRDError) -> DecimalText {
    guard let word = word(labelled: label, from: start) else {
      throw .missingSection("“\(label):”", afterLine: lines[start - 1].number)
    }
    return try number(word, "the \(label.lowercased())")
  }

  /// The whole number in the line `label: number`, if there is one.
  func count(labelled label: String, from start: Int) -> Int? {
    word(labelled: label, from: start).flatMap { Int($0.text) }
  }

  private func word(
    labelled label: String, from start: Int
  ) -> (text: Substring, position: TextPosition)? {
    for line in lines[start...] {
      if let rest = line.text(after: label + ":") { return line.words(in: rest).first }
    }
    return nil
  }

  private func number(
    _ word: (text: Substring, position: TextPosition), _ quantity: String
  ) throws(StRDError) -> DecimalText {
    let number = DecimalText(String(word.text), quantity: quantity, at: word.position)
    do { try number.requireNumber() } catch { throw .data(error) }
    return number
  }

  // MARK: - Data

  /// The rows after the line `Data: y x …` that follows the certified values; as many as the file
  /// states, if it does.
  func data(from start: Int, printedRowCount: Int?) throws(StRDError) -> DataTable {
    let heading = lines[start...].first { $0.text(after: "Data:") != nil }
    guard let heading, let names = heading.text(after: "Data:") else {
      throw .missingSection("section “Data:”", afterLine: lines[start - 1].number)
    }
    let columns = heading.words(in: names).map { String($0.text) }
    guard !columns.isEmpty else {
      throw .missingSection("column names after “Data:”", afterLine: heading.number)
    }
    let table = try rows(after: heading, columns: columns)
    if let printedRowCount, printedRowCount != table.rowCount {
      throw .observationCount(
        printed: printedRowCount, found: table.rowCount, afterLine: heading.number)
    }
    return table
  }

  private func rows(
    after heading: TextLine, columns: [String]
  ) throws(StRDError) -> DataTable {
    let rows = lines[heading.number...].map(\.text).joined(separator: "\n")
    do {
      let table = try DataTable(
        utf8: Array(rows.utf8), columns: columns, firstLine: heading.number + 1)
      try table.requireNumbers()
      return table
    } catch .empty {
      throw .missingSection("row of data", afterLine: heading.number)
    } catch {
      throw .data(error)
    }
  }
}

extension TextLine {
  /// Whether the line is the heading of the table of parameters. The list of contents at the top
  /// has the same words and a range of lines.
  fileprivate var isHeadingOfParameters: Bool {
    contains("starting values") && !contains("(lines")
  }
}
