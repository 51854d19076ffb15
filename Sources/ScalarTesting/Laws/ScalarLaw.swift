/// The laws that a scalar type is checked against.
public enum ScalarLaw: String, CaseIterable, Sendable {
  // Arithmetic.
  case addition = "sums are rounded correctly"
  case subtraction = "differences are rounded correctly"
  case multiplication = "products are rounded correctly"
  case division = "quotients are rounded correctly"
  case squareRoot = "square roots are rounded correctly"
  case fusedMultiplyAdd = "addingProduct rounds once"
  case inPlaceForms = "the in-place forms return what the operators return, also on aliases"
  case signs = "negation and magnitude change the sign alone"
  case remainders = "remainders are exact"
  case integerRounding = "rounding to integers follows its rule"
  case integers = "integers are converted as if rounded once"
  // Order and special values.
  case order = "comparisons agree with each other and with the values"
  case zeros = "the zeros are equal and keep their signs"
  case infinities = "infinities are beyond all numbers"
  case notANumber = "NaN is not equal to anything, and propagates"
  // The set of numbers.
  case spacing = "ulpOfOne, ulp, nextUp and nextDown agree"
  case parts = "sign, exponent and significand recompose the number"
  case range = "the extreme magnitudes are extreme"
  // Kernels.
  case euclideanNorm = "euclideanNorm performs the roundings of its law"
  case dotProduct = "dotProduct performs the roundings of its law"
  case addScaled = "addScaled performs the roundings of its law"
  case addScaledWithinBuffer = "addScaled within a buffer performs the roundings of its law"
  case applyToLanes = "apply performs the roundings of its law"
  case copy = "copy moves elements as its law says"
  case divide = "divide performs the roundings of its law"
  case applyReflector = "applyReflector performs the roundings of its law"
  case rotate = "rotate performs the roundings of its law"
  case solveDamped = "solveDamped performs the roundings of its law"
  case multiply = "multiply performs the roundings of its law"
  case combine = "combine performs the roundings of its law"
  // From type to type, text and literals.
  case binaryReal = "a number handed on without its type is the same"
  case textRoundTrip = "text reads back as the number it was written from"
  case decimalText = "decimal text is rounded correctly"
  case textRejection = "text that is no number is rejected"
  case dyadicLiterals = "a literal of few bits is exact"
  case decimalLiterals = "a literal of at most 15 digits means its decimal"
  // Functions.
  case modelNumber = "the members of ModelNumber keep their definitions"
  case elementaryFunctions = "functions lie within their error bound"
  case gamma = "gamma and logGamma lie within their error bound"
  case specialValuesOfFunctions = "functions keep their special values"
}
