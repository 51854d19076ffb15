@_exported public import CurveFitting
