import LSQScalars

/// Osborne 1 (17): with t = 10·(i − 1), fᵢ = yᵢ − (x₁ + x₂·exp(−x₄·t) + x₃·exp(−x₅·t)).
struct Osborne1<Scalar: LSQScalar>: ResidualFunction {
  let y: [Scalar] = decimals(
    """
    0.844 0.908 0.932 0.936 0.925 0.908 0.881 0.85 0.818 0.784 0.751 0.718 0.685 0.658 0.628
    0.603 0.58 0.558 0.538 0.522 0.506 0.49 0.478 0.467 0.457 0.448 0.438 0.431 0.424 0.42
    0.414 0.411 0.406
    """)

  var start: [Scalar] { decimals("0.5 1.5 -1 0.01 0.02") }

  func residuals<Number: ModelNumber>(
    at x: Span<Number>, into f: inout MutableSpan<Number>
  ) where Number.Scalar == Scalar {
    for i in y.indices {
      let t = Number(Scalar(10 * i))
      let p = Number.exp(-(x[3] * t))
      let q = Number.exp(-(x[4] * t))
      f[i] = Number(y[i]) - ((x[0] + x[1] * p) + x[2] * q)
    }
  }

  func gradient(ofResidual i: Int, at x: Span<Scalar>, into row: inout MutableSpan<Scalar>) {
    let t = Scalar(10 * i)
    let p = Scalar.exp(-(x[3] * t))
    let q = Scalar.exp(-(x[4] * t))
    row[0] = -1
    row[1] = -p
    row[2] = -q
    row[3] = (t * x[1]) * p
    row[4] = (t * x[2]) * q
  }
}

/// Osborne 2 (18): with t = (i − 1)/10, fᵢ = yᵢ − (x₁·exp(−x₅·t) + Σ xₖ·exp(−x₄₊ₖ·(t − x₇₊ₖ)²)),
/// the sum over k = 2, 3, 4.
struct Osborne2<Scalar: LSQScalar>: ResidualFunction {
  let y: [Scalar] = decimals(
    """
    1.366 1.191 1.112 1.013 0.991 0.885 0.831 0.847 0.786 0.725 0.746 0.679 0.608 0.655 0.616
    0.606 0.602 0.626 0.651 0.724 0.649 0.649 0.694 0.644 0.624 0.661 0.612 0.558 0.533 0.495
    0.5 0.423 0.395 0.375 0.372 0.391 0.396 0.405 0.428 0.429 0.523 0.562 0.607 0.653 0.672
    0.708 0.633 0.668 0.645 0.632 0.591 0.559 0.597 0.625 0.739 0.71 0.729 0.72 0.636 0.581
    0.428 0.292 0.162 0.098 0.054
    """)

  var start: [Scalar] { decimals("1.3 0.65 0.65 0.7 0.6 3 5 7 2 4.5 5.5") }

  func residuals<Number: ModelNumber>(
    at x: Span<Number>, into f: inout MutableSpan<Number>
  ) where Number.Scalar == Scalar {
    for i in y.indices {
      let t = Number(Scalar(i) / 10)
      var sum = x[0] * Number.exp(-(x[4] * t))
      for k in 1...3 { sum += x[k] * peak(k, at: t, x).e }
      f[i] = Number(y[i]) - sum
    }
  }

  func gradient(ofResidual i: Int, at x: Span<Scalar>, into row: inout MutableSpan<Scalar>) {
    let t = Scalar(i) / 10
    let e1 = Scalar.exp(-(x[4] * t))
    row[0] = -e1
    row[4] = (t * x[0]) * e1
    for k in 1...3 {
      let (d, e) = peak(k, at: t, x)
      row[k] = -e
      row[4 + k] = (x[k] * (d * d)) * e
      row[7 + k] = -((((2 * x[k]) * x[4 + k]) * d) * e)
    }
  }

  /// Peak k: the distance d of t from its middle and its height e = exp(−x₄₊ₖ·d²).
  private func peak<Number: ModelNumber>(
    _ k: Int, at t: Number, _ x: Span<Number>
  ) -> (d: Number, e: Number) {
    let d = t - x[7 + k]
    return (d, Number.exp(-(x[4 + k] * (d * d))))
  }
}
