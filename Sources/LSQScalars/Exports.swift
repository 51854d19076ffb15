// A scalar or a model needs `exp`, `sqrt` and `Real` as well.
@_exported public import RealModule
