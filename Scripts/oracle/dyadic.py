"""Rounding of exact numbers and of enclosures, in integers, independent of every floating-point library.

A number is a pair (m, e) of integers that stands for m·2^e.
"""

from flint import arb

RULES = ["n", "a", "u", "d", "z", "o"]  # nearest even, nearest away, up, down, toward zero, outward

# The exponents of the leading bit of the least normal and of the greatest number, for the widths that keep to the range
# of a hardware format.
FORMATS = {24: (-126, 127), 53: (-1022, 1023), 64: (-16382, 16383)}

# Results that are too large or too small; their sign is appended.
INFINITY, ZERO = "inf", "0p0"


def reduced(x):
    """The same number with an odd integer."""
    m, e = x
    if m == 0:
        return 0, 0
    zeros = (m & -m).bit_length() - 1
    return m >> zeros, e + zeros


def add(x, y):
    e = min(x[1], y[1])
    return reduced(((x[0] << (x[1] - e)) + (y[0] << (y[1] - e)), e))


def multiply(x, y):
    return reduced((x[0] * y[0], x[1] + y[1]))


def power(x, n):
    return reduced((x[0] ** n, x[1] * n))


def exponent(x):
    """The exponent of the leading bit."""
    return abs(x[0]).bit_length() - 1 + x[1]


def rounded(x, bits, rule):
    """x rounded to `bits` bits, and into the range of the hardware format of that width."""
    m, e = x
    if m == 0:
        return x
    negative, m = m < 0, abs(m)
    place = m.bit_length() + e - bits
    if bits in FORMATS:
        place = max(place, FORMATS[bits][0] - bits + 1)
    drop = place - e
    if drop <= 0:
        whole, e = m, e
    else:
        whole, rest, half = m >> drop, m & ((1 << drop) - 1), 1 << (drop - 1)
        up = {
            "n": rest > half or rest == half and whole & 1,
            "a": rest >= half,
            "u": rest > 0 and not negative,
            "d": rest > 0 and negative,
            "z": False,
            "o": rest > 0,
        }[rule]
        whole, e = whole + (1 if up else 0), place
    if whole == 0:
        return ZERO + ("-" if negative else "+")
    result = reduced((-whole if negative else whole, e))
    if bits in FORMATS and exponent(result) > FORMATS[bits][1]:
        inward = rule == "z" or rule == ("d", "u")[negative]
        greatest = ((1 << bits) - 1, FORMATS[bits][1] - bits + 1)
        if inward:
            return reduced((-greatest[0] if negative else greatest[0], greatest[1]))
        return INFINITY + ("-" if negative else "+")
    return result


def quotient(x, y, bits):
    """x/y to more than `bits` bits; the last bit is set if the quotient is inexact."""
    shift = max(bits + 8 + abs(y[0]).bit_length() - abs(x[0]).bit_length(), 0)
    q, r = divmod(abs(x[0]) << shift, abs(y[0]))
    m = 2 * q + (r != 0)
    return (m if (x[0] < 0) == (y[0] < 0) else -m), x[1] - y[1] - shift - 1


def integer_root(a, n):
    """⌊ⁿ√a⌋."""
    if a == 0:
        return 0
    x = 1 << -(-a.bit_length() // n)
    while True:
        y = ((n - 1) * x + a // x ** (n - 1)) // n
        if y >= x:
            return x
        x = y


def root(x, n, bits):
    """ⁿ√x to more than `bits` bits; the last bit is set if the root is inexact."""
    m, e = abs(x[0]), x[1]
    shift = max(n * (bits + 8) - m.bit_length(), 0)
    shift += (e - shift) % n
    m, e = m << shift, e - shift
    q = integer_root(m, n)
    q = 2 * q + (q**n != m)
    return (q if x[0] > 0 else -q), e // n - 1


def ball(x):
    """The number as a ball of radius zero."""
    return arb((x[0], x[1]))


def number(x):
    """The number in an exact ball."""
    m, e = x.man_exp()
    return reduced((int(m), int(e)))


def text(x):
    if isinstance(x, str):
        return ("-" if x.endswith("-") else "+") + x[:-1]
    return ("-" if x[0] < 0 else "+") + format(abs(x[0]), "x") + "p" + str(x[1])
