// The default of the damped solve. Its code is the law that overrides keep.

extension LSQScalar {
  @inlinable
  public static func solveDamped(
    triangle r: Span<Self>, rightHandSide b: Span<Self>, diagonal d: Span<Self>,
    half: Self, quarter: Self, into s: inout MutableSpan<Self>, solution z: inout MutableSpan<Self>,
    row: inout MutableSpan<Self>
  ) {
    let n = b.count
    for j in 0..<n {
      z[j] = b[j]
      for k in (j * n + j)..<(j * n + n) { s[k] = r[k] }
    }
    for j in 0..<n where d[j] != 0 {
      for k in j..<n { row[k] = 0 }
      row[j] = d[j]
      rotateIn(&row, from: j, half: half, quarter: quarter, into: &s, rightHandSide: &z)
    }
    substituteBack(s.span, &z)
  }

  /// Eliminates a row whose first entry stands in column j, and whose right-hand side is zero.
  @inlinable
  static func rotateIn(
    _ row: inout MutableSpan<Self>, from j: Int, half: Self, quarter: Self,
    into s: inout MutableSpan<Self>, rightHandSide z: inout MutableSpan<Self>
  ) {
    let n = z.count
    var rightHandSide: Self = 0
    for k in j..<n where row[k] != 0 {
      let diagonal = k * n + k
      let rotation = GivensRotation(
        eliminating: row[k], against: s[diagonal], half: half, quarter: quarter)
      s[diagonal] = rotation.cosine * s[diagonal] + rotation.sine * row[k]
      rotation.apply(&z[k], &rightHandSide)
      let rest = n - k - 1
      rotate(
        &s, Lane(start: diagonal + 1, count: rest), &row, Lane(start: k + 1, count: rest),
        cosine: rotation.cosine, sine: rotation.sine)
    }
  }

  /// Solves S·z = b in place; where S is singular, the entries from the first zero on are zero.
  @inlinable
  static func substituteBack(_ s: Span<Self>, _ z: inout MutableSpan<Self>) {
    let n = z.count
    let rank = (0..<n).first { s[$0 * n + $0] == 0 } ?? n
    for j in rank..<n { z[j] = 0 }
    for j in stride(from: rank - 1, through: 0, by: -1) {
      let rest = rank - j - 1
      let sum = dotProduct(
        s, Lane(start: j * n + j + 1, count: rest), z.span, Lane(start: j + 1, count: rest))
      z[j] = (z[j] - sum) / s[j * n + j]
    }
  }
}
