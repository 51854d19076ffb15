/// Merges values pairwise up a binary tree whose shape depends on their number alone.
///
///     level 0:  0 1 2 3 4        level 1:  01 23 4        level 2:  0123 4        root:  01234
///
/// Values may come in any order and from several threads: the task that brings the second of a pair
/// merges them, in the order of their places. Only values that wait for their partner are kept.
///
/// - Complexity: leafCount − 1 merges; with values that come roughly in order, O(log leafCount) wait.
final class PairwiseTree<Value: Sendable>: Sendable {
  private let leafCount: Int
  private let waiting = Guarded<[Place: Value]>([:])

  private struct Place: Hashable {
    var level: Int
    var index: Int
  }

  /// An empty tree for a number of values.
  init(leafCount: Int) { self.leafCount = leafCount }

  /// Adds the value of a leaf, and merges it as far up as its partners have come.
  func add(_ value: Value, leaf: Int, merge: (Value, inout Value) -> Void) {
    var place = Place(level: 0, index: leaf)
    var width = leafCount
    var value = value
    while width > 1 {
      let partner = Place(level: place.level, index: place.index ^ 1)
      if partner.index < width {
        guard let other = meet(partner, or: value, waitsAt: place) else { return }
        if partner.index < place.index {
          var left = other
          merge(value, &left)
          value = left
        } else {
          merge(other, &value)
        }
      }
      place = Place(level: place.level + 1, index: place.index / 2)
      width = (width + 1) / 2
    }
    waiting.withLock { $0[place] = value }
  }

  /// The partner, or nil where it has not come: then the value waits for it.
  private func meet(_ partner: Place, or value: Value, waitsAt place: Place) -> Value? {
    waiting.withLock {
      if let other = $0.removeValue(forKey: partner) { return other }
      $0[place] = value
      return nil
    }
  }

  /// The value at the root, once all leaves have come.
  var root: Value? {
    var place = Place(level: 0, index: 0)
    var width = leafCount
    while width > 1 {
      place.level += 1
      width = (width + 1) / 2
    }
    return waiting.withLock { $0[place] }
  }
}
