public import LSQScalars

/// Checks whether a type behaves as the solver assumes of a number.
///
///     #expect(ScalarLaws<MyNumber>().check() == [])
///
/// Arithmetic is compared with exact arithmetic on integers times powers of two, functions with series
/// in fixed point, kernels with their laws written out in the operators of the type, bit for bit. The
/// numbers come from a seeded generator; a law draws the same ones whether it is checked alone or with
/// all others.
///
/// The type must be binary (`radix` 2) and hold numbers from 2⁻¹⁰⁰ to 2¹⁰⁰. Numbers are made of their parts
/// and read bit by bit; the constants, parts and operations that this takes are examined first, as
/// ``ScalarLaw/format``, and if they are broken, nothing else is reported. What breaks them for some numbers
/// only may be reported under several laws.
///
/// A broken type gets violations, whatever its members return. Only a member that stops the program or never
/// returns does so here as well.
public struct ScalarLaws<Scalar: LSQScalar>: Sendable {
  /// How exactly the type rounds.
  public enum Rounding: Sendable, Hashable {
    /// To the nearest number, ties to even, with gradual underflow or none, as IEEE 754 demands.
    case nearest
    /// With a relative error of at most `ulps` times `ulpOfOne`, unless the result overflows or
    /// underflows.
    case within(ulps: Int)
  }

  /// The seed of the random numbers.
  public var seed: UInt64
  /// The number of random cases for each law; elementary functions get a tenth of it, and at least one.
  public var samples: Int
  /// What is demanded of + − × ÷ √ and of decimal text.
  public var rounding: Rounding
  /// The error allowed to functions, in units in the last place of the result.
  public var functionUlps: Int
  /// Laws that the type does not claim to keep. ``ScalarLaw/format`` is examined all the same.
  public var omitted: Set<ScalarLaw>

  /// A checker; by default it demands of arithmetic everything that IEEE 754 demands, and of functions
  /// an error of at most 8 units in the last place.
  public init(
    seed: UInt64 = 1, samples: Int = 200, rounding: Rounding = .nearest, functionUlps: Int = 8,
    omitting omitted: Set<ScalarLaw> = []
  ) {
    precondition(samples > 0, "\(samples) samples: ask for at least one")
    self.seed = seed
    self.samples = samples
    self.rounding = rounding
    self.functionUlps = functionUlps
    self.omitted = omitted
  }

  /// Checks all laws that are not omitted: the violations, at most three of each law.
  public func check() -> [LawViolation] {
    check(ScalarLaw.allCases.filter { !omitted.contains($0) })
  }

  /// Checks one law: the violations, at most three, or those of ``ScalarLaw/format``.
  public func check(_ law: ScalarLaw) -> [LawViolation] { check([law]) }

  private func check(_ chosen: [ScalarLaw]) -> [LawViolation] {
    do {
      let format = try BinaryFormat<Scalar>()
      func violations(of law: ScalarLaw) -> [LawViolation] {
        var examination = Examination(law, self, format)
        examination.run()
        return examination.violations
      }
      let unsound = violations(of: .format)
      guard unsound.isEmpty else { return unsound }
      return chosen.filter { $0 != .format }.flatMap(violations)
    } catch {
      return [violation(.format, error)]
    }
  }

  func violation(_ law: ScalarLaw, _ finding: Finding) -> LawViolation {
    LawViolation(
      law: law, scalar: "\(Scalar.self)", operation: finding.operation,
      expected: finding.expected, found: finding.found, seed: seed)
  }
}
