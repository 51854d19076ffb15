// Whoever writes a scalar or a model needs `exp`, `sqrt` and `Real` in the same breath.
@_exported public import RealModule
