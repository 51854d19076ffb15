"""Cases of reading and writing numbers, in exact fractions."""

import random
from fractions import Fraction

from dyadic import RULES, exponent, quotient, reduced, rounded, text

WIDTHS = [2, 24, 53, 64, 113, 128, 137, 192, 256, 512, 1024, 4096]


def value(x):
    return Fraction(x[0]) * Fraction(2) ** x[1]


def read(sign, digits, power, bits, rule):
    """±digits·10^power, rounded."""
    digits = -digits if sign == "-" else digits
    if power >= 0:
        return rounded(reduced((digits * 10**power, 0)), bits, rule)
    # More than enough bits for subnormal numbers too.
    return rounded(quotient((digits, 0), (10**-power, 0), bits + 8), bits, rule)


def rounded_integer(x, rule):
    """A fraction rounded to an integer."""
    negative, x = x < 0, abs(x)
    whole, rest = divmod(x.numerator, x.denominator)
    twice = 2 * rest - x.denominator
    whole += {
        "n": twice > 0 or twice == 0 and whole & 1,
        "a": twice >= 0,
        "u": rest > 0 and not negative,
        "d": rest > 0 and negative,
        "z": False,
        "o": rest > 0,
    }[rule]
    return whole


def decimal_exponent(x):
    """n with 10ⁿ ≤ |x| < 10ⁿ⁺¹."""
    x = abs(x)
    n = (x.numerator.bit_length() - x.denominator.bit_length()) * 30103 // 100000
    while Fraction(10) ** n > x:
        n -= 1
    while Fraction(10) ** (n + 1) <= x:
        n += 1
    return n


def significant(x, count, rule):
    """The digits and the exponent of the first one."""
    n = decimal_exponent(x)
    digits = rounded_integer(x / Fraction(10) ** (n - count + 1), rule)
    if digits == 10**count:
        digits, n = digits // 10, n + 1
    return str(digits), n


def scientific(x, count, rule):
    digits, n = significant(x, count, rule)
    point = "." if count > 1 else ""
    return f"{'-' if x < 0 else ''}{digits[0]}{point}{digits[1:]}e{'-' if n < 0 else '+'}{abs(n):02}"


def fixed(x, places, rule):
    whole = str(rounded_integer(x * 10**places, rule)).rjust(places + 1, "0")
    point = "." if places else ""
    return f"{'-' if x < 0 else ''}{whole[:len(whole) - places]}{point}{whole[len(whole) - places:]}"


def automatic(x, count, rule):
    digits, n = significant(x, count, rule)
    if n < -4 or n >= count:
        return scientific(x, count, rule)
    return fixed(x, count - 1 - n, rule)


def shortest(x, bits):
    """The fewest digits from which x reads back, and of those the nearest to it, in the layout of Swift."""
    exact = value(x)
    count = 1
    while True:
        digits, n = significant(exact, count, "n")
        if read("-" if exact < 0 else "+", int(digits), n - count + 1, bits, "n") == x:
            break
        count += 1
    digits = digits.rstrip("0") or "0"
    sign = "-" if exact < 0 else ""
    if n < -4 or abs(exact) > 2 ** min(bits, 64):
        point = "." if len(digits) > 1 else ""
        return f"{sign}{digits[0]}{point}{digits[1:]}e{'-' if n < 0 else '+'}{abs(n):02}"
    if n < 0:
        return f"{sign}0.{'0' * (-n - 1)}{digits}"
    return f"{sign}{digits[:n + 1].ljust(n + 1, '0')}.{digits[n + 1:] or '0'}"


class Texts:
    def __init__(self, seed):
        self.random = random.Random(seed)

    def number(self, bits, spread):
        """A number of the width; every third short, every other third beside a short decimal."""
        kind = self.random.randrange(3)
        if kind == 0:
            x = self.random.getrandbits(min(bits, 6)) | 1, self.random.randint(-spread, spread)
        elif kind == 1:
            digits = self.random.randrange(1, 10**3) * 2 + 1
            x = read("+", digits * 5, self.random.randint(-spread // 4, spread // 4) - 3, bits, "n")
            if x[0] and self.random.getrandbits(1):
                x = x[0] * 2 + self.random.choice([-1, 0, 1]), x[1] - 1
        else:
            x = self.random.getrandbits(bits) | 1 << (bits - 1), self.random.randint(-spread, spread) - bits
        x = rounded(reduced(x), bits, "z")
        return (-x[0], x[1]) if self.random.getrandbits(1) else x

    def parsing(self, bits):
        for i in range(24 if bits <= 512 else 6):
            length = self.random.choice([1, 3, 17, bits // 3, bits // 2])
            digits = self.random.randrange(10 ** max(length, 1))
            power = self.random.randint(-60, 20) if bits != 24 else self.random.randint(-30 - length, 10)
            if i % 3 == 0:
                # The midpoint of two numbers, or a little beside it: every decimal is exact.
                x = self.number(bits, 40)
                middle = value(x) + Fraction(2) ** (exponent(x) - bits)
                places = max(middle.denominator.bit_length() - 1, 0) + 3
                digits = int(abs(middle) * 10**places) + self.random.choice([-1, 0, 0, 1])
                power = -places
            if digits == 0:
                continue
            sign = self.random.choice("+-")
            rule = self.random.choice(RULES)
            body = str(digits)
            if 0 < -power < len(body) and self.random.getrandbits(1):
                shown = body[:power] + "." + body[power:]
            else:
                shown = f"{body}e{power}"
            result = read(sign, digits, power, bits, rule)
            yield "parse", bits, rule, sign + shown, text(result)

    def formats(self, bits):
        for _ in range(16 if bits <= 512 else 4):
            x = self.number(bits, 60 if bits > 2 else 12)
            rule = self.random.choice(RULES)
            n = self.random.choice([1, 2, 3, 8, 20, bits // 3 + 1, bits])
            for name, function, count in (
                ("scientific", scientific, n), ("significant", automatic, n), ("fixed", fixed, n - 1),
            ):
                yield f"{name}:{count}", bits, rule, text(x), function(value(x), count, rule)
            yield "shortest", bits, "n", text(x), shortest(x, bits)

    def all(self):
        for bits in WIDTHS:
            yield from self.parsing(bits)
            yield from self.formats(bits)
