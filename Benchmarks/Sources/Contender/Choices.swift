import CGauges

/// What the command line asks for: pairs of an option and its value; unknown options are ignored, so that one harness
/// can drive several programs.
struct Choices {
  /// An extended regular expression over "peer problem scalar jacobian".
  var filter = ""
  /// One problem, or a family, which ends in "/"; empty for all.
  var problem = ""
  /// One scalar; empty for those of the tables.
  var scalar = ""
  /// Timed repeats, of which the median is reported.
  var repeats = 7
  /// A repeat runs the fit again and again until this many seconds have passed.
  var slice = 0.03
  /// The seconds that the repeats of a fit may take; it always gets one repeat.
  var budget = 1.0
  /// Instead of timing: a piece of work to do `count` times, for an instruction counter to watch.
  var workload = ""
  var count = 1

  init(_ arguments: [String]) {
    var words = arguments.dropFirst()[...]
    while let key = words.popFirst(), let value = words.popFirst() {
      switch key {
      case "--filter": filter = value
      case "--problem": problem = value
      case "--scalar": scalar = value
      case "--repeats": repeats = Int(value) ?? repeats
      case "--slice": slice = Double(value) ?? slice
      case "--budget": budget = Double(value) ?? budget
      case "--workload": workload = value
      case "--count": count = Int(value) ?? count
      default: break
      }
    }
  }

  func wants(_ peer: String, _ problem: String, _ scalar: String, _ jacobian: String) -> Bool {
    gauge_matches(filter, "\(peer) \(problem) \(scalar) \(jacobian)")
  }

  /// Whether a problem is asked for, by its own name or its family's.
  func wants(problem name: String) -> Bool {
    problem.isEmpty || name == problem || problem.hasSuffix("/") && name.hasPrefix(problem)
  }
}
