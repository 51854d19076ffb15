import ComplexModule
import MultiPrecision
import Testing

@Suite("Functions and constants beyond Real")
struct SpecialFunctionTests {
  @Test("Published digits")
  func publishedDigits() {
    let known: [(MPFloat192, String)] = [
      (.ln2, "0.693147180559945309417232121458176568075500134360255254"),
      (.eulerGamma, "0.577215664901532860606512090082402431042159335939923599"),
      (.catalan, "0.915965594177219015054603514932384110774149374281672134"),
      (.zeta(3), "1.20205690315959428539973816151144999076498629234049888"),
      (.digamma(1), "-0.577215664901532860606512090082402431042159335939923599"),
      (.besselJ0(1), "0.765197686557966551449717526102663220909274289755325242"),
      (.besselJ1(1), "0.440050585744933515959682203718914913127372301992765251"),
      (.besselY0(1), "0.0882569642156769579829267660235151628278175230906755467"),
      (.besselY1(1), "-0.781212821300288716547150000047964820549906390716444608"),
      (.exponentialIntegral(1), "1.89511781635593675546652093433163426901706058173270759"),
      (1 / .agm(1, .sqrt(2)), "0.834626841674073186281429732799046808993993013490347002"),
      (.dilogarithm(0.5), "0.582240526465012505902656320159680108744198474806126425"),
      (.airy(0), "0.355028053887817239260063186004183176397979174199177241"),
    ]
    let tolerance = MPFloat192("2e-53")!
    for (value, digits) in known {
      #expect((value - MPFloat192(digits)!).magnitude <= tolerance, "\(digits), not \(value)")
    }
  }

  @Test("Identities and edges")
  func edges() {
    typealias T = MPFloat256
    #expect(T.sinPi(1e30) == 0 && T.cosPi(1e30) == 1 && T.sinPi(0.5) == 1 && T.tanPi(0.25) == 1)
    #expect(T.asinPi(1) == 0.5 && T.acosPi(-1) == 1 && T.atanPi(1) == 0.25)
    #expect(T.atan2Pi(y: 1, x: -1) == 0.75)
    #expect(T.zeta(1) == .infinity && T.zeta(0) == -0.5 && T.zeta(-2) == 0)
    #expect(
      T.digamma(0) == -.infinity && T.digamma(-1).isNaN && T.besselY0(0) == -.infinity
        && T.besselY0(-1).isNaN)
    #expect(T.exponentialIntegral(0) == -.infinity && T.agm(-1, 2).isNaN)
    #expect(T.besselJn(0, 1) == T.besselJ0(1) && T.besselJn(-1, 1) == -T.besselJ1(1))
    #expect(T.besselYn(1, 2) == T.besselY1(2) && T.beta(2, 3) == 1 / T(12))
    #expect(T.reciprocalSquareRoot(4) == 0.5 && T.reciprocalSquareRoot(0) == .infinity)
    #expect(T.exp2MinusOne(3) == 7 && T.exp10MinusOne(2) == 99)
    #expect(T.log2(onePlus: 7) == 3 && T.log10(onePlus: 99) == 2)
    #expect(T.compound(1, 10) == 1024 && T.compound(-2, 3).isNaN)
  }

  @Test("Complex numbers of swift-numerics")
  func complex() {
    typealias C = Complex<MPFloat256>
    let z = C(3, 4)
    #expect(z.length == 5 && z * z.conjugate == C(25, 0))
    #expect((z / z - 1).length < MPFloat256("1e-75")!)
    let turn = C.exp(C(imaginary: .pi))
    #expect((turn + 1).length < MPFloat256("1e-75")!)
    #expect((C.exp(C.log(z)) - z).length < MPFloat256("1e-74")!)
    #expect((C.sqrt(C(-2, 0)) - C(0, .sqrt(2))).length < MPFloat256("1e-75")!)
    #expect(C.pow(z, 2) == z * z || (C.pow(z, 2) - z * z).length < MPFloat256("1e-73")!)
  }

  @Test("MPFR's flags and exponent range are left as they were found")
  func flags() {
    // Overflow, underflow, inexact results, NaN and comparisons with it, in every kind of call.
    let before = MPFloatState.current
    var x = MPFloat256.greatestFiniteMagnitude
    x *= x
    x -= x
    _ = x < 1
    _ = MPFloat256.leastNonzeroMagnitude / 2 + MPFloat256(1) / 3
    _ = MPFloat256.exp(1, rounded: .up) + MPFloat256.log(-1)
    _ = MPFloat256.leastNonzeroMagnitude.multiplied(by: 0.5, rounded: .toNearestOrAwayFromZero)
    _ = MPFloat256("0.1")!.description + MPFloat256.root(2, 3).debugDescription
    _ = Double(MPFloat256("1e999")!) + Double(Int(MPFloat256.pi))
    _ = MPFloat256(7).remainder(dividingBy: .pi).rounded(.up).nextUp
    #expect(MPFloatState.current == before)
  }
}
