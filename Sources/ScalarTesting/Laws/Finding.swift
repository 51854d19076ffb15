/// An operation that did not return what a law demands. Thrown, it says why a case cannot be examined further.
struct Finding: Error {
  let operation: String
  let found: String
  let expected: String

  init(_ operation: String, found: String, expected: String) {
    self.operation = operation
    self.found = found
    self.expected = expected
  }
}
