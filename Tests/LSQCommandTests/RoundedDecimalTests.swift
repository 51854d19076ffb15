import CurveFitting
import Testing

@Suite struct `Rounded decimals` {
  @Test(arguments: [
    ("212.68374314253606", 5, "212.68"), ("0.0641212816", 3, "0.0641"),
    ("999.96", 4, "1000"), ("999.94", 4, "999.9"), ("9.5", 1, "1e+01"), ("2.0", 6, "2.00000"),
    ("-0.00012345", 2, "-0.00012"), ("1.25e-05", 2, "1.3e-05"), ("1e-20", 3, "1.00e-20"),
    ("123456.0", 3, "1.23e+05"), ("6.02e+123", 2, "6.0e+123"), ("0.0", 5, "0"),
    ("-0.0", 5, "0"), ("100.0", 3, "100"), ("5e-324", 2, "5.0e-324"),
  ])
  func `A number is rounded to significant digits`(text: String, count: Int, expected: String) {
    #expect(text.rounded(significantDigits: count) == expected)
  }

  @Test(arguments: ["inf", "-inf", "nan"])
  func `What is not finite stays`(text: String) {
    #expect(text.rounded(significantDigits: 3) == text)
  }

  @Test(arguments: [
    (0, "0 µs"), (0.0000124, "12 µs"), (0.000406, "406 µs"), (0.0009994, "999 µs"),
    (0.0009996, "1.00 ms"), (0.00448, "4.48 ms"), (0.13, "130 ms"), (0.9994, "999 ms"),
    (0.9996, "1.00 s"), (61.93, "61.9 s"),
  ])
  func `A duration takes seven columns at most`(seconds: Double, expected: String) {
    #expect(seconds.durationText == expected && expected.count <= 7)
  }
}
