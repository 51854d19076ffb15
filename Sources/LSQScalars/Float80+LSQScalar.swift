public import RealModule

#if (arch(i386) || arch(x86_64)) && !os(Windows) && !os(Android)
  extension Float80: LSQScalar {
    /// A `Float80` is its own scalar.
    public typealias Scalar = Float80
  }
#endif
