import Testing

@Suite struct `Trace` {
  @Test(arguments: ["Misra1a", "Thurber", "MGH10", "MGH17", "BoxBOD", "Rat43"])
  func `Paths part at the step that compare names`(problem: String) throws {
    let compared = try lsq([
      "compare", problem, "--start", "1", "--scalars", "float,double", "--format", "json",
    ]).results()
    let parting = try #require(compared[0].parting)
    let sentence =
      "The paths part at step \(parting.step), where "
      + "\((parting.agreeingDigits * 10).rounded() / 10) digits agree"
    for scalars in [("float", "double"), ("double", "float")] {
      let traced = lsq([
        "trace", problem, "--start", "1", "--scalar", scalars.0, "--against", scalars.1,
      ])
      #expect(traced.status == 0 && traced.output.contains(sentence), "\(traced)")
      let mark = traced.output.split(separator: "\n").first { $0.hasSuffix("<- the paths part") }
      #expect(mark?.split(separator: " ").first == "\(parting.step)", "\(traced)")
    }
  }

  @Test func `The same arithmetic under two names takes the same path`() {
    let traced = lsq(["trace", "DanWood", "--scalar", "mp53", "--against", "mp53"])
    #expect(traced.output.hasSuffix("The paths are identical, bit for bit.\n"), "\(traced)")
  }

  @Test func `Closing steps stand side by side after the trial steps`() {
    let traced = lsq(["trace", "Misra1a", "--scalar", "float", "--against", "double"])
    let rows = traced.output.split(separator: "\n").dropFirst(2).prefix { $0.first == " " }
    let isClosing = rows.map { row in row.split(separator: " ")[1].hasSuffix("+") }
    #expect(isClosing.contains(true) && isClosing == isClosing.sorted { !$0 && $1 }, "\(traced)")
  }
}
