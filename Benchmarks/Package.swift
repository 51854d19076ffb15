// swift-tools-version: 6.2

import PackageDescription

/// Benchmarks beside hand-written MPFR. A package of its own, so that users never resolve it.
let package = Package(
  name: "Benchmarks",
  platforms: [.macOS(.v26)],
  dependencies: [.package(name: "swift-least-squares", path: "..")],
  targets: [
    // The contender: what a C programmer would write, in place and without temporaries allocated.
    .target(
      name: "CContender", cSettings: [.unsafeFlags(["-O2"])],
      linkerSettings: [.linkedLibrary("mpfr"), .linkedLibrary("gmp")]),
    .executableTarget(
      name: "NumberBenchmark",
      dependencies: [
        "CContender",
        .product(name: "LSQScalars", package: "swift-least-squares"),
        .product(name: "MultiPrecision", package: "swift-least-squares"),
      ]),
    .executableTarget(
      name: "SanitizerRun",
      dependencies: [
        .product(name: "MultiPrecision", package: "swift-least-squares"),
        .product(name: "LeastSquares", package: "swift-least-squares"),
      ]),
    // The proof that the word layer is MPFR to the last bit.
    .executableTarget(
      name: "stress", cSettings: [.unsafeFlags(["-O2"])],
      linkerSettings: [.linkedLibrary("mpfr"), .linkedLibrary("gmp")]),
  ]
)
