// swift-tools-version: 6.2

import PackageDescription

let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
]

let solver = "swift-least-squares"

// How to bring a number of one's own: a package that uses the solver from outside.
let package = Package(
  name: "DoubleDoubleExample",
  platforms: [.macOS(.v26)],
  dependencies: [
    .package(name: solver, path: "../.."),
    .package(url: "https://github.com/attaswift/BigInt", from: "6.0.0"),
  ],
  targets: [
    .target(
      name: "DoubleDoubles",
      dependencies: [
        .product(name: "LSQScalars", package: solver), .product(name: "BigInt", package: "BigInt"),
      ],
      swiftSettings: strict),
    .executableTarget(
      name: "fit-curve",
      dependencies: ["DoubleDoubles", .product(name: "LeastSquares", package: solver)],
      swiftSettings: strict),
    .testTarget(
      name: "DoubleDoublesTests",
      dependencies: [
        "DoubleDoubles", .product(name: "LeastSquares", package: solver),
        .product(name: "ScalarTesting", package: solver),
      ],
      swiftSettings: strict),
  ]
)
