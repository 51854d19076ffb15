import Foundation
import Testing

@Suite struct `Replay` {
  private func replay(_ records: String...) -> Outcome {
    lsq(["replay", "-"], input: records.map { $0 + "\n" }.joined())
  }

  /// A run of the linear function with one parameter and one residual.
  private func run(_ changes: (inout [String: Any]) -> Void = { _ in }) throws -> String {
    var fields: [String: Any] = [
      "id": "a", "solver": "lmder", "precision": "double", "problem": 1, "n": 1, "m": 1,
      "ftol": "0x1p-26", "xtol": "0x1p-26", "gtol": "0x0p+0", "maxfev": 200, "mode": 1,
      "factor": "0x1.9p+6", "x0": ["0x1p+0"], "info": 2, "nfev": 3, "fnorm0": "0x1p+1",
      "fnorm": "0x0p+0", "x": ["-0x1p+0"], "path": "0",
    ]
    changes(&fields)
    let data = try JSONSerialization.data(withJSONObject: fields)
    return String(decoding: data, as: UTF8.self)
  }

  private func expectBadData(_ outcome: Outcome, says message: String...) {
    #expect(outcome.status == 65 && outcome.messageCount == 1, "\(outcome)")
    #expect(outcome.error.contains("standard input, line 1"), "\(outcome)")
    for text in message { #expect(outcome.error.contains(text), "“\(text)” in \(outcome)") }
  }

  @Test func `Sizes whose matrix is too large are refused before memory is made for it`() throws {
    let start = Array(repeating: "0x1p+0", count: 100_000)
    let large = try run {
      $0["problem"] = 4
      ($0["n"], $0["m"], $0["x0"]) = (100_000, 100_000, start)
    }
    expectBadData(replay(large), says: "n·m is 10000000000", "at most 10000000")
    let values: [String: Any] = [
      "precision": "double", "problem": 1, "n": 100_000, "m": 100_000, "point": "start",
      "x": start, "f": start,
    ]
    let data = try JSONSerialization.data(withJSONObject: values)
    expectBadData(replay(String(decoding: data, as: UTF8.self)), says: "n·m is 10000000000")
  }

  @Test func `Sizes below zero are improper, not too large`() throws {
    let outcome = replay(try run { ($0["n"], $0["m"]) = (Int.min, Int.min) })
    #expect(outcome.status == 1 && outcome.output.contains("1 different"), "\(outcome)")
  }

  @Test(arguments: ["x", "xp", "err_fortran"])
  func `A check of derivatives has all of its numbers`(key: String) throws {
    var fields: [String: Any] = [
      "precision": "double", "problem": 1, "n": 1, "m": 2, "jacobian": "exact", "x": ["0x1p+0"],
      "f": ["0x1p+0", "0x1p+0"], "jac": ["0x1p+0", "0x1p+1"], "xp": ["0x1.0000004p+0"],
      "fp": ["0x1.0000004p+0", "0x1.0000004p+0"], "err_fortran": ["0x1p+0", "0x0p+0"],
    ]
    let count = try #require(fields[key] as? [String]).count
    fields[key] = [String]()
    let data = try JSONSerialization.data(withJSONObject: fields)
    expectBadData(
      replay(String(decoding: data, as: UTF8.self)), says: "“\(key)” has 0 numbers",
      "call for \(count)")
  }

  private func call(_ function: String, _ x: String, _ y: String) -> String {
    #"{"precision":"double","function":"\#(function)","x":"\#(x)","y":"\#(y)"}"#
  }

  @Test func `Calls of libm that cannot be read are errors`() {
    expectBadData(replay(call("exp", "0x1p+0", "foo")), says: "'foo' is not a number")
    expectBadData(replay(call("exp", "foo", "0x1p+0")), says: "'foo' is not a number")
    expectBadData(replay(call("tan", "0x1p+0", "0x1p+0")), says: "no function “tan”")
  }

  @Test func `Calls of libm may differ by a few units in the last place`() {
    let exact = replay(call("exp", "0x0p+0", "0x1p+0"))
    #expect(exact.status == 0 && exact.output.contains("1 identical"), "\(exact)")
    for near in ["0x1.0000000000001p+0", "0x1.0000000000004p+0", "0x1.ffffffffffffep-1"] {
      let outcome = replay(call("exp", "0x0p+0", near))
      #expect(outcome.status == 0 && outcome.output.contains("1 compared by"), "\(outcome)")
    }
    for far in ["0x1.0000000000005p+0", "0x5p+0", "inf", "nan"] {
      let outcome = replay(call("exp", "0x0p+0", far))
      #expect(outcome.status == 1 && outcome.output.contains("1 different"), "\(outcome)")
    }
  }

  @Test func `An infinite number is close to no finite one`() throws {
    // 53 bits of MPFR round these functions otherwise than the libm of the records.
    let data = try JSONSerialization.data(
      withJSONObject: [
        "precision": "double", "problem": 10, "n": 3, "m": 16, "point": "start",
        "x": ["0x1.47ae147ae147bp-6", "0x1.f4p+11", "0x1.f4p+7"],
        "f": ["inf"] + Array(repeating: "0x1p+0", count: 15),
      ] as [String: Any])
    let values = lsq(["replay", "-", "--scalar", "mp53"], input: Array(data))
    #expect(values.status == 1 && values.output.contains("1 different"), "\(values)")
    for (norm, count) in [("0x0p+0", "1 compared by"), ("inf", "1 different")] {
      let outcome = replay(
        try run { ($0["libm"], $0["fnorm"], $0["variant"]) = (["exp"], norm, "nofma") })
      #expect(outcome.output.contains(count), "\(outcome)")
    }
  }

  @Test(arguments: [
    ("maxfev", "1000000000000000000000000000000"), ("maxfev", "1.5"), ("maxfev", "1e400"),
    ("ipvt", "[1, 99999999999999999999]"),
    ("trajectory", #"[{"nfev": 99999999999999999999, "fnorm": "0x0p+0", "x": []}]"#),
  ])
  func `A number that is no integer is named by its key`(key: String, value: String) throws {
    let record = try run { $0[key] = "VALUE" }.replacing("\"VALUE\"", with: value)
      .replacing("{\"", with: #"{"start_factor":0.5,""#, maxReplacements: 1)
    expectBadData(replay(record), says: "“\(key)” has a number that is too large, or not whole")
  }

  @Test(arguments: ["", "}", "{\"n\":1.5"])
  func `Lines that are no JSON objects`(text: String) {
    expectBadData(replay(text + "]"), says: "not a JSON object")
  }

  @Test(arguments: ["x", "fnorm", "path", "info", "nfev"])
  func `A run without a result is an error`(key: String) throws {
    expectBadData(replay(try run { $0[key] = nil }), says: "The record has no “\(key)”")
  }
}
