@_exported public import LSQScalars
@_exported public import LeastSquares
