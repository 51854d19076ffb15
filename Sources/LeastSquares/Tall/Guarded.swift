import Synchronization

/// A value that one task at a time reads or writes.
///
/// A `Mutex` whose ordering ThreadSanitizer sees: threads wait for each other within the system's library,
/// which it does not observe. The counter expresses the same ordering in atomics, which it does.
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
