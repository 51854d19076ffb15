import LSQScalars

/// The constants of the algorithm, each a quotient of integers rounded once to the scalar type.
struct Constants<Scalar: LSQScalar> {
  /// MINPACK: p1.
  let tenth = Scalar(1) / Scalar(10)
  /// MINPACK: p5.
  let half = Scalar(1) / Scalar(2)
  /// MINPACK: p25.
  let quarter = Scalar(1) / Scalar(4)
  /// MINPACK: p75.
  let threeQuarters = Scalar(3) / Scalar(4)
  /// MINPACK: p05.
  let twentieth = Scalar(1) / Scalar(20)
  /// MINPACK: p001.
  let thousandth = Scalar(1) / Scalar(1000)
  /// MINPACK: p0001.
  let tenThousandth = Scalar(1) / Scalar(10000)
  /// The norm with its thresholds (MINPACK: rdwarf, rgiant).
  let norm = EuclideanNorm<Scalar>()
}
