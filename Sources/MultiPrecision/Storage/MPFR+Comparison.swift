import CMPFR
import CMPFRWords

/// Comparisons; all but the total order are false when an operand is NaN.
@usableFromInline
enum Relation {
  case equal, less, lessOrEqual, totalOrder
}

extension MPFR {
  /// Whether x and y are in a relation.
  @inlinable @safe
  static func holds<T: BitwiseCopyable>(_ relation: Relation, _ x: T, _ y: T, _ bits: Int) -> Bool {
    var x = x
    var y = y
    return unsafe holds(relation, &x, &y, bits)
  }

  /// Whether two values are in a relation.
  @usableFromInline
  static func holds(
    _ relation: Relation, _ x: UnsafeRawPointer, _ y: UnsafeRawPointer, _ bits: Int
  ) -> Bool {
    if bits > 64 {
      let order = unsafe lsq_compare(x, y, bits)
      if order != LSQ_UNORDERED {
        return switch relation {
        case .equal: order == 0
        case .less: order < 0
        case .lessOrEqual, .totalOrder: order <= 0
        }
      }
    }
    var a = unsafe view(x, bits)
    var b = unsafe view(y, bits)
    // A comparison with NaN raises a flag.
    let flags = mpfr_flags_save()
    defer { lsq_restore_flags(flags) }
    return switch relation {
    case .equal: unsafe mpfr_equal_p(&a, &b) != 0
    case .less: unsafe mpfr_less_p(&a, &b) != 0
    case .lessOrEqual: unsafe mpfr_lessequal_p(&a, &b) != 0
    case .totalOrder: unsafe mpfr_total_order_p(&a, &b) != 0
    }
  }
}
