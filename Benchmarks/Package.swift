// swift-tools-version: 6.2

import PackageDescription

/// Benchmarks beside other libraries and hand-written MPFR. A package of its own, so that users never
/// resolve it. The rivals in C++ are built by `run`, with the system's compiler and libraries.
let package = Package(
  name: "Benchmarks",
  platforms: [.macOS(.v26)],
  dependencies: [.package(name: "swift-least-squares", path: "..")],
  targets: [
    // This package's side of the comparison, and what it asks the system.
    .target(
      name: "CGauges",
      linkerSettings: [.linkedLibrary("dl", .when(platforms: [.linux]))]),
    .executableTarget(
      name: "Contender",
      dependencies: [
        "CGauges",
        .product(name: "LeastSquares", package: "swift-least-squares"),
        .product(name: "CurveFitting", package: "swift-least-squares"),
        .product(name: "MultiPrecision", package: "swift-least-squares"),
        .product(name: "TestProblems", package: "swift-least-squares"),
      ], swiftSettings: [.swiftLanguageMode(.v6)]),

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
    // Holds the word layer against MPFR, bit for bit.
    .executableTarget(
      name: "stress", cSettings: [.unsafeFlags(["-O2"])],
      linkerSettings: [
        .linkedLibrary("mpfr"), .linkedLibrary("gmp"),
        .linkedLibrary("m", .when(platforms: [.linux])),
      ]),
  ]
)
