import LSQScalars

extension Span where Element: LSQScalar {
  /// Whether all elements are finite.
  var areFinite: Bool { Element.areFinite(self) }

  /// Whether all elements of a lane are.
  func areFinite(_ lane: Lane) -> Bool {
    if lane.stride == 1 {
      return extracting(lane.start..<lane.start + lane.count).areFinite
    }
    for i in 0..<lane.count where !self[lane[i]].isFinite { return false }
    return true
  }
}
