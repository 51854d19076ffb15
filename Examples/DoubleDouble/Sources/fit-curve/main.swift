import DoubleDoubles
import LeastSquares

/// Misra1a of NIST's Statistical Reference Datasets, dental research on monomolecular adsorption:
/// y = b₁·(1 − exp(−b₂·x)).
let x: [DoubleDouble] = [
  77.6, 114.9, 141.1, 190.8, 239.9, 289.0, 332.8, 378.4, 434.8, 477.3, 536.8, 593.1, 689.1, 760.0,
]
let y: [DoubleDouble] = [
  10.07, 14.73, 17.94, 23.93, 29.61, 35.18, 40.02, 44.82, 50.76, 55.05, 61.01, 66.40, 75.47, 81.78,
]

let fit = try leastsq(
  { (b: [DoubleDouble]) in zip(x, y).map { x, y in y - b[0] * (1 - .exp(-b[1] * x)) } },
  x0: [250, 0.0005])

print("b1 = \(fit.x[0])")
print("b2 = \(fit.x[1])")
print("sum of squares = \(fit.solution.sumOfSquares)")
print(fit.mesg)
