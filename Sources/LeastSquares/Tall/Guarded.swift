import Synchronization

/// A value that one task at a time reads or writes.
///
/// A `Mutex` of which ThreadSanitizer sees the order: where threads wait for each other, they do so within
/// the system's library, which it does not observe. The counter says the same in atomics that it does.
package struct Guarded<Value>: ~Copyable, Sendable {
  private let value: Mutex<Value>
  private let accesses = Atomic<Int>(0)

  package init(_ value: sending Value) { self.value = Mutex(value) }

  package func withLock<Result, Failure: Error>(
    _ body: (inout sending Value) throws(Failure) -> sending Result
  ) throws(Failure) -> sending Result {
    try value.withLock { value throws(Failure) in
      _ = accesses.load(ordering: .acquiring)
      defer { accesses.add(1, ordering: .releasing) }
      return try body(&value)
    }
  }
}
