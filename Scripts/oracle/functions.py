"""The functions of MPFloat, by Arb's balls, by mpmath, or exactly."""

import mpmath
from flint import acb, arb

from dyadic import add, multiply, power, quotient, root


def log_gamma(x):
    return x.lgamma() if x > 0 else abs(x.gamma()).log()


def dilogarithm(x):
    return x.polylog(2) if x < 1 else acb(x).polylog(2).real


class Unary:
    """A function of one number: Arb's, mpmath's, the intervals that operands are drawn from."""

    def __init__(self, arb_function, mpmath_function, *intervals, exact=False):
        self.arb, self.mpmath, self.intervals = arb_function, mpmath_function, intervals
        # Whether results at numbers other than 0 can be rational, so that no enclosure decides their rounding.
        self.exact = exact


ln2, ln10, pi = arb.const_log2, arb.const_log10, arb.pi
m = mpmath

UNARY = {
    "exp": Unary(arb.exp, m.exp, (-30, 30), (-700, 700)),
    "expMinusOne": Unary(arb.expm1, m.expm1, (-30, 30)),
    "exp2": Unary(lambda x: (x * ln2()).exp(), lambda x: m.mpf(2) ** x, (-30, 30), exact=True),
    "exp2MinusOne": Unary(
        lambda x: (x * ln2()).expm1(), lambda x: m.expm1(x * m.ln2), (-30, 30), exact=True
    ),
    "exp10": Unary(lambda x: (x * ln10()).exp(), lambda x: m.mpf(10) ** x, (-30, 30), exact=True),
    "exp10MinusOne": Unary(
        lambda x: (x * ln10()).expm1(), lambda x: m.expm1(x * m.ln10), (-30, 30), exact=True
    ),
    "log": Unary(arb.log, m.log, (0, 2), (0, 1e6)),
    "logOnePlus": Unary(arb.log1p, m.log1p, (-1, 2), (-1, 1e6)),
    "log2": Unary(lambda x: x.log() / ln2(), lambda x: m.log(x) / m.ln2, (0, 2), (0, 1e6), exact=True),
    "log2OnePlus": Unary(
        lambda x: x.log1p() / ln2(), lambda x: m.log1p(x) / m.ln2, (-1, 2), (-1, 1e6), exact=True
    ),
    "log10": Unary(lambda x: x.log() / ln10(), lambda x: m.log(x) / m.ln10, (0, 2), (0, 1e6), exact=True),
    "log10OnePlus": Unary(
        lambda x: x.log1p() / ln10(), lambda x: m.log1p(x) / m.ln10, (-1, 2), (-1, 1e6), exact=True
    ),
    "sin": Unary(arb.sin, m.sin, (-7, 7), (-1e20, 1e20)),
    "cos": Unary(arb.cos, m.cos, (-7, 7), (-1e20, 1e20)),
    "tan": Unary(arb.tan, m.tan, (-7, 7), (-1e20, 1e20)),
    "asin": Unary(arb.asin, m.asin, (-1, 1)),
    "acos": Unary(arb.acos, m.acos, (-1, 1)),
    "atan": Unary(arb.atan, m.atan, (-2, 2), (-1e6, 1e6)),
    "sinPi": Unary(arb.sin_pi, m.sinpi, (-2, 2), (-1e6, 1e6), exact=True),
    "cosPi": Unary(arb.cos_pi, m.cospi, (-2, 2), (-1e6, 1e6), exact=True),
    "tanPi": Unary(arb.tan_pi, lambda x: m.sinpi(x) / m.cospi(x), (-2, 2), (-1e6, 1e6), exact=True),
    "asinPi": Unary(lambda x: x.asin() / pi(), lambda x: m.asin(x) / m.pi, (-1, 1), exact=True),
    "acosPi": Unary(lambda x: x.acos() / pi(), lambda x: m.acos(x) / m.pi, (-1, 1), exact=True),
    "atanPi": Unary(lambda x: x.atan() / pi(), lambda x: m.atan(x) / m.pi, (-2, 2), (-1e6, 1e6), exact=True),
    "sinh": Unary(arb.sinh, m.sinh, (-2, 2), (-80, 80)),
    "cosh": Unary(arb.cosh, m.cosh, (-2, 2), (-80, 80)),
    "tanh": Unary(arb.tanh, m.tanh, (-2, 2), (-20, 20)),
    "asinh": Unary(arb.asinh, m.asinh, (-2, 2), (-1e6, 1e6)),
    "acosh": Unary(arb.acosh, m.acosh, (1, 2), (1, 1e6)),
    "atanh": Unary(arb.atanh, m.atanh, (-1, 1)),
    "erf": Unary(arb.erf, m.erf, (-1, 1), (-9, 9)),
    "erfc": Unary(arb.erfc, m.erfc, (-1, 1), (-8, 9)),
    "gamma": Unary(arb.gamma, m.gamma, (-4, 4), (-30, 33), exact=True),
    "logGamma": Unary(log_gamma, lambda x: m.log(abs(m.gamma(x))), (-4, 4), (-30, 1000), exact=True),
    "digamma": Unary(arb.digamma, m.digamma, (-4, 4), (-30, 1000)),
    "zeta": Unary(arb.zeta, m.zeta, (-4, 4), (-30, 60), exact=True),
    "exponentialIntegral": Unary(arb.ei, m.ei, (-2, 2), (-60, 60)),
    "dilogarithm": Unary(dilogarithm, lambda x: m.polylog(2, x).real, (-2, 1), (-1000, 1000)),
    "airy": Unary(arb.airy_ai, m.airyai, (-2, 2), (-12, 12), (-3000, 40), (-1e9, 90)),
    "besselJ0": Unary(lambda x: x.bessel_j(0), lambda x: m.besselj(0, x), (-4, 4), (-200, 200)),
    "besselJ1": Unary(lambda x: x.bessel_j(1), lambda x: m.besselj(1, x), (-4, 4), (-200, 200)),
    "besselY0": Unary(lambda x: x.bessel_y(0), lambda x: m.bessely(0, x), (0, 4), (0, 200)),
    "besselY1": Unary(lambda x: x.bessel_y(1), lambda x: m.bessely(1, x), (0, 4), (0, 200)),
    "cosMinusOne": Unary(
        lambda x: -2 * (x / 2).sin() ** 2, lambda x: -2 * m.sin(x / 2) ** 2, (-7, 7), (-1e20, 1e20)
    ),
}

for n in (-3, 2, 5, 40):
    UNARY[f"besselJn:{n}"] = Unary(
        lambda x, n=n: x.bessel_j(n), lambda x, n=n: m.besselj(n, x), (-4, 4), (-200, 200)
    )
for n in (-2, 4, 17):
    UNARY[f"besselYn:{n}"] = Unary(
        lambda x, n=n: x.bessel_y(n), lambda x, n=n: m.bessely(n, x), (0, 4), (0, 200)
    )


def compound(n, x, bits):
    result = power(add((1, 0), x), abs(n))
    return result if n >= 0 else quotient((1, 0), result, bits)


def integer_power(n, x, bits):
    result = power(x, abs(n))
    return result if n >= 0 else quotient((1, 0), result, bits)


def integer_root(n, x, bits):
    return root(x, n, bits) if n > 0 else root(quotient((1, 0), x, 64 - n * (bits + 8)), -n, bits)


def reciprocal_square_root(x, bits):
    return root(quotient((1, 0), x, 2 * bits + 32), 2, bits)


# Exact, or to more bits than are asked for, the last of them set if the result is inexact.
ALGEBRAIC_UNARY = {
    "squareRoot": (lambda x, bits: root(x, 2, bits), (0, 2), (0, 1e6)),
    "sqrt": (lambda x, bits: root(x, 2, bits), (0, 1e-6), (0, 1e40)),
    "reciprocalSquareRoot": (reciprocal_square_root, (0, 2), (0, 1e6)),
}
for n in (-5, -2, 2, 3, 7, 30):
    low = 0 if n % 2 == 0 else -1e6
    ALGEBRAIC_UNARY[f"root:{n}"] = (lambda x, bits, n=n: integer_root(n, x, bits), (low, 1e6))
for n in (-7, -1, 2, 3, 5, 19):
    ALGEBRAIC_UNARY[f"pow:{n}"] = (lambda x, bits, n=n: integer_power(n, x, bits), (-100, 100))
for n in (-7, -1, 2, 3, 25):
    ALGEBRAIC_UNARY[f"compound:{n}"] = (lambda x, bits, n=n: compound(n, x, bits), (-1, 1), (-1, 100))


def negated(x):
    return -x[0], x[1]


ALGEBRAIC_BINARY = {
    "adding": lambda x, y, bits: add(x, y),
    "subtracting": lambda x, y, bits: add(x, negated(y)),
    "multiplied": lambda x, y, bits: multiply(x, y),
    "divided": lambda x, y, bits: quotient(x, y, bits),
    "hypot": lambda x, y, bits: root(add(multiply(x, x), multiply(y, y)), 2, bits),
}

# name: Arb's, mpmath's, the intervals of both operands, whether results can be rational.
BINARY = {
    "pow": (lambda x, y: (y * x.log()).exp(), lambda x, y: x**y, (0, 16), (-16, 16), True),
    "atan2": (arb.atan2, m.atan2, (-10, 10), (-10, 10), False),
    "atan2Pi": (lambda y, x: arb.atan2(y, x) / pi(), lambda y, x: m.atan2(y, x) / m.pi, (-10, 10), (-10, 10), True),
    "agm": (arb.agm, m.agm, (0, 16), (0, 16), True),
    "beta": (lambda x, y: x.gamma() * y.gamma() * (x + y).rgamma(), m.beta, (-4, 16), (-4, 16), True),
}

CONSTANTS = {
    "pi": (arb.pi, lambda: +m.pi),
    "ln2": (arb.const_log2, lambda: +m.ln2),
    "eulerGamma": (arb.const_euler, lambda: +m.euler),
    "catalan": (arb.const_catalan, lambda: +m.catalan),
}
