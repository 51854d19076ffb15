// `import LeastSquares` alone is enough to write `.exp(-b * t)`.
@_exported public import LSQScalars
