import Testing

@Suite struct `Points that are no minimum` {
  static let maximum = [
    "fit", "-", "--model", "b^2*u+b*v", "--start", "b=0", "--max-evaluations",
  ]

  @Test func `A maximum that cannot be left is not solved, and is left where it can`() throws {
    let data = "u,v,y\n1,0,10\n0,1,0\n"
    let stuck = lsq(Self.maximum + ["3"], input: data)
    #expect(stuck.status == 1 && stuck.error.contains("not a minimum"), "\(stuck)")
    let left = lsq(Self.maximum + ["100"], input: data)
    #expect(left.status == 0 && left.output.contains("leaving a saddle or maximum"))
  }

  @Test func `A start without any effect is not solved`() throws {
    let outcome = lsq(
      ["fit", "-", "--model", "A*exp(-(9999*(x-m))^2)", "--start", "A=1,m=50"],
      input: "x,y\n1000,1\n1001,3\n1003,2\n")
    #expect(outcome.status == 1 && outcome.error.contains("plateau"), "\(outcome)")
  }
}
