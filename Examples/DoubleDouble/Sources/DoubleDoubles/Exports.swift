@_exported public import LSQScalars
