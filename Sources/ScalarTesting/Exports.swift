// A check of a scalar needs the protocol that it is checked against.
@_exported public import LSQScalars
