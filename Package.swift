// swift-tools-version: 6.2

import PackageDescription

/// Every target is strict from the first line: Swift 6 mode, strict memory safety, no warnings.
let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

let realModule = Target.Dependency.product(name: "RealModule", package: "swift-numerics")

/// `squareRoot()` of the built-in types needs libm where nothing else links it.
let mathLibrary = LinkerSetting.linkedLibrary("m", .when(platforms: [.linux]))

let package = Package(
  name: "swift-least-squares",
  platforms: [.macOS(.v26), .iOS(.v26), .tvOS(.v26), .watchOS(.v26), .visionOS(.v26)],
  products: [
    .library(name: "LSQScalars", targets: ["LSQScalars"]),
    .library(name: "LeastSquares", targets: ["LeastSquares"]),
    .library(name: "MultiPrecision", targets: ["MultiPrecision"]),
    .library(name: "CurveFitting", targets: ["CurveFitting"]),
    .library(name: "TestProblems", targets: ["TestProblems"]),
    .library(name: "ScalarTesting", targets: ["ScalarTesting"]),
    .executable(name: "lsq", targets: ["lsq"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-numerics", from: "1.1.0"),
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.5.0"),
    .package(url: "https://github.com/attaswift/BigInt", from: "6.0.0"),
  ],
  targets: [
    // The public libraries, from the number up to the fit.
    .target(name: "CKernels"),
    .target(
      name: "LSQScalars", dependencies: ["CKernels", realModule],
      swiftSettings: strict, linkerSettings: [mathLibrary]),
    .target(
      name: "LeastSquares", dependencies: ["CKernels", "LSQScalars", realModule],
      swiftSettings: strict),
    .systemLibrary(
      name: "CMPFR", pkgConfig: "mpfr",
      providers: [.apt(["libmpfr-dev", "libgmp-dev"]), .brew(["mpfr", "gmp"])]),
    .target(name: "CMPFRWords", dependencies: ["CMPFR"]),
    .target(
      name: "MultiPrecision",
      dependencies: ["CMPFR", "CMPFRWords", "LSQScalars", realModule],
      swiftSettings: strict),
    .target(
      name: "CurveFitting", dependencies: ["CKernels", "LeastSquares", "LSQScalars", realModule],
      swiftSettings: strict),
    .target(
      name: "TestProblems",
      dependencies: ["CurveFitting", "LeastSquares", "LSQScalars", realModule],
      exclude: ["NIST"],  // Embedded by Scripts/embed-nist.
      swiftSettings: strict),

    .target(
      name: "ScalarTesting",
      dependencies: [
        "LeastSquares", "LSQScalars", realModule, .product(name: "BigInt", package: "BigInt"),
      ],
      swiftSettings: strict),

    // The command: a library that can be tested, and three lines that run it.
    .target(
      name: "LSQCommand",
      dependencies: [
        "CurveFitting", "LeastSquares", "LSQScalars", "MultiPrecision", "TestProblems",
        realModule,
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),
    .executableTarget(name: "lsq", dependencies: ["LSQCommand"], swiftSettings: strict),

    // Tests.
    .testTarget(
      name: "LSQScalarsTests", dependencies: ["LSQScalars", "ScalarTesting", realModule],
      swiftSettings: strict),
    .testTarget(
      name: "MultiPrecisionTests",
      dependencies: [
        "MultiPrecision", "CMPFR", "LSQScalars", "ScalarTesting", realModule,
        .product(name: "ComplexModule", package: "swift-numerics"),
        .product(name: "BigInt", package: "BigInt"),
      ],
      resources: [.copy("Reference")],
      swiftSettings: strict),
    .testTarget(
      name: "LeastSquaresTests",
      dependencies: [
        "LeastSquares", "LSQScalars", "MultiPrecision", "ScalarTesting", "TestProblems", realModule,
      ],
      swiftSettings: strict),
    .testTarget(
      name: "CurveFittingTests",
      dependencies: [
        "CurveFitting", "LeastSquares", "LSQScalars", "MultiPrecision", "ScalarTesting", realModule,
      ],
      swiftSettings: strict),
    .testTarget(
      name: "TestProblemsTests",
      dependencies: [
        "TestProblems", "CurveFitting", "LeastSquares", "LSQScalars", "MultiPrecision", realModule,
      ],
      resources: [.copy("Reference")],
      swiftSettings: strict),
    .testTarget(
      name: "ScalarTestingTests",
      dependencies: [
        "ScalarTesting", "LeastSquares", "LSQScalars", "MultiPrecision", "TestProblems", realModule,
      ],
      swiftSettings: strict),
    .testTarget(
      name: "FidelityTests",
      dependencies: [
        "LSQCommand", "CurveFitting", "LeastSquares", "LSQScalars", "MultiPrecision",
        "ScalarTesting",
      ],
      resources: [.copy("Reference")],
      swiftSettings: strict),
    .testTarget(
      name: "LSQCommandTests",
      dependencies: [
        "LSQCommand", "CurveFitting", "LeastSquares", "LSQScalars", "MultiPrecision",
        "TestProblems",
      ],
      swiftSettings: strict),
  ]
)
