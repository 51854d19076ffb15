extension Range<Int> {
  /// The range cut into pieces of `size` numbers; the last piece has what is left.
  package func pieces(of size: Int) -> [Self] {
    stride(from: lowerBound, to: upperBound, by: size).map { $0..<Swift.min($0 + size, upperBound) }
  }
}
