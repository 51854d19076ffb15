import CGauges

/// The time of a piece of work, and of another that is run in alternation with it.
struct Timing {
  /// Medians over the repeats, in seconds, of wall time and of CPU time.
  private(set) var wall = 0.0
  private(set) var cpu = 0.0
  /// The shortest wall time.
  private(set) var best = 0.0
  /// The median time of the other work: CPU time, or wall time where the work has several threads.
  private(set) var beside = 0.0
  /// The median of the repeats' own ratios.
  private(set) var ratio = 0.0
  let repeats: Int
  /// How often the work was done within one repeat.
  let inner: Int

  /// Times the work; `first` is how long it took the first time, which is the only sample if that was more than a
  /// second.
  init(
    _ choices: Choices, first: Seconds, isParallel: Bool, of work: () throws -> Void,
    beside other: () throws -> Void
  ) rethrows {
    var once = first.wall
    if once < 0.2 { once = max(try Self.seconds(of: work).wall, 1e-9) }
    let isLong = once > 1
    let inner = once >= choices.slice ? 1 : Int((choices.slice / once).rounded(.up))
    let affordable = Int(choices.budget / (once * Double(inner)))
    self.inner = inner
    repeats = isLong ? 1 : max(1, min(choices.repeats, affordable))
    var samples: [(wall: Double, cpu: Double, beside: Double, ratio: Double)] = []
    for _ in 0..<repeats {
      let mine = isLong ? first : try Self.seconds { for _ in 0..<inner { try work() } }
      let others = try Self.seconds { for _ in 0..<inner { try other() } }
      let (numerator, denominator) =
        isParallel ? (mine.wall, others.wall) : (mine.cpu, others.cpu)
      let n = Double(inner)
      samples.append((mine.wall / n, mine.cpu / n, denominator / n, numerator / denominator))
    }
    wall = Self.median(samples.map(\.wall))
    cpu = Self.median(samples.map(\.cpu))
    best = samples.map(\.wall).min() ?? 0
    beside = Self.median(samples.map(\.beside))
    ratio = Self.median(samples.map(\.ratio))
  }

  typealias Seconds = (wall: Double, cpu: Double)

  static func seconds(of work: () throws -> Void) rethrows -> Seconds {
    let start = (wall: gauge_wall_seconds(), cpu: gauge_cpu_seconds())
    try work()
    return (gauge_wall_seconds() - start.wall, gauge_cpu_seconds() - start.cpu)
  }

  private static func median(_ values: [Double]) -> Double {
    let sorted = values.sorted()
    let middle = sorted.count / 2
    return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
  }
}
