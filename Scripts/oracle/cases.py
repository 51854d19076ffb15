"""The cases of the oracle's table: what is computed, at which operands, and the results."""

import random
import sys

import mpmath
from flint import arb, ctx

import functions
from dyadic import (
    RULES, add, ball, exponent, multiply, number, reduced, rounded,
)
from hardest import hard

WIDTHS = [24, 53, 64, 113, 128, 137, 192, 256, 320, 512, 1024, 4096]
MPMATH_WIDTHS = [24, 53, 113, 137]

# Functions that take MPFR seconds at thousands of bits, unless the operand is short.
SLOW = {"zeta", "gamma", "logGamma"}


class Generator:
    def __init__(self, seed):
        self.random = random.Random(seed)
        self.checked = 0
        self.skipped = 0

    # Operands.

    def uniform(self, interval, bits):
        low, high = (reduced((n, 1 - d.bit_length())) for n, d in (float(x).as_integer_ratio() for x in interval))
        t = (self.random.getrandbits(bits + 32) | 1, -(bits + 32))
        return rounded(add(low, multiply(t, add(high, (-low[0], low[1])))), bits, "z")

    def scaled(self, interval, bits, low_exponent, high_exponent):
        """A number of random exponent, with the sign of an end of the interval."""
        m = self.random.getrandbits(bits) | 1 | 1 << (bits - 1)
        e = self.random.randint(low_exponent, high_exponent) - bits + 1
        return (-m if interval[0] < 0 and self.random.getrandbits(1) else m), e

    def short(self, interval, bits):
        return rounded(self.uniform(interval, bits), self.random.choice([1, 2, 3, 6]), "z")

    def near_short(self, interval, bits):
        """A number a few units in the last place away from a short one."""
        x = self.short(interval, bits)
        k = self.random.choice([-3, -2, -1, 1, 2, 3])
        return add(x, (k, exponent(x) - bits + 1)) if x[0] else x

    def operands(self, kind, interval, bits):
        x = {
            "uniform": lambda: self.uniform(interval, bits),
            "short": lambda: self.short(interval, bits),
            "near": lambda: self.near_short(interval, bits),
            "tiny": lambda: self.scaled(interval, bits, -min(2 * bits, bits + 64), -bits // 3),
            "scaled": lambda: self.scaled(interval, bits, -20, 6),
        }[kind]()
        x = rounded(reduced(x), bits, "z")
        low, high = float(interval[0]), float(interval[1])
        inside = x[0] != 0 and arb(low) <= ball(x) <= arb(high)
        return x if inside else None

    def rule(self, i):
        return "n" if i % 2 == 0 else self.random.choice(RULES[1:])

    # Results.

    def certain(self, function, bits, rule, can_be_exact):
        """The value of a function without operands, correctly rounded; None if nothing decides it."""
        guard = 64
        while guard <= 8 * bits + 2048:
            ctx.prec = bits + guard
            value = function()
            if not value.is_finite():
                return None
            low, high = number(value.lower()), number(value.upper())
            if low[0] and high[0] and (low[0] > 0) == (high[0] > 0):
                ends = rounded(low, bits, rule), rounded(high, bits, rule)
                if ends[0] == ends[1]:
                    return ends[0]
            guard *= 2
        if not can_be_exact or value.mid() == 0:
            return None
        # Every enclosure contains one short number: it is the result.
        candidate = rounded(number(value.mid()), bits + 1, "n")
        if ball(candidate) not in value:
            return None
        return rounded(candidate, bits, rule) if candidate[0] else None

    def confirm(self, name, bits, rule, operands, value, function):
        """Stops if mpmath, which has other algorithms and does not use MPFR, disagrees."""
        if bits not in MPMATH_WIDTHS or function is None or isinstance(value, str):
            return
        mpmath.mp.prec = 4 * bits + 200
        try:
            result = function(*(mpmath.mpf(x[0]) * mpmath.mpf(2) ** x[1] for x in operands))
            result = mpmath.mpf(result.real if isinstance(result, mpmath.mpc) else result)
            sign, man, exp, _ = result._mpf_
            if man == 0:
                return
        except (ValueError, ZeroDivisionError, mpmath.libmp.NoConvergence, NotImplementedError):
            self.skipped += 1
            return
        found = (-int(man) if sign else int(man)), int(exp)
        # Half of the digits that mpmath carries are allowed for its errors.
        margin = (1, exponent(found) - bits - 100)
        ends = {rounded(add(found, (s * margin[0], margin[1])), bits, rule) for s in (-1, 1)}
        if value not in ends:
            sys.exit(f"mpmath differs: {name} {bits} {rule} {operands}: {ends}, not {value}")
        self.checked += 1

    # Cases.

    def unary(self, bits):
        few = bits > 1024
        kinds = ["uniform", "tiny"] if few else ["uniform", "short", "near", "tiny", "scaled", "uniform"]
        if 320 < bits <= 1024:
            kinds = ["uniform", "near", "tiny"]
        for name, f in functions.UNARY.items():
            slow = few and name in SLOW
            for i, kind in enumerate(["short"] if slow else kinds):
                interval = f.intervals[i % len(f.intervals)]
                x = self.operands(kind, interval, bits)
                if x is not None:
                    yield from self.unary_case(name, f, x, bits, self.rule(i))
            for i in range(0 if slow else 1 if bits > 320 else 4):
                x = self.operands("uniform", f.intervals[i // 2 % len(f.intervals)], bits)
                x = hard(f.arb, x, bits, i % 2 == 0) if x is not None else None
                if x is not None:
                    rule = self.random.choice("na" if i % 2 == 0 else "udzo")
                    yield from self.unary_case(name, f, reduced(x), bits, rule)

    def unary_case(self, name, f, x, bits, rule):
        value = self.certain(lambda: f.arb(ball(x)), bits, rule, f.exact)
        if value is not None:
            self.confirm(name, bits, rule, [x], value, f.mpmath)
            yield name, bits, rule, [x], value

    def algebraic(self, bits):
        for name, (function, *intervals) in functions.ALGEBRAIC_UNARY.items():
            for i, kind in enumerate(["uniform", "short", "near", "tiny", "scaled"][: 5 if bits <= 1024 else 1]):
                x = self.operands(kind, intervals[i % len(intervals)], bits)
                pole = name.startswith("compound") and x == (-1, 0)
                if x is not None and not pole:
                    rule = self.rule(i)
                    value = rounded(function(x, bits), bits, rule)
                    if value[0]:
                        yield name, bits, rule, [x], value
        count = 10 if bits <= 320 else 4
        for name, function in functions.ALGEBRAIC_BINARY.items():
            for i in range(count):
                x, y = (self.operands(k, (-10, 10), bits) for k in self.random.choice(
                    [("uniform", "uniform"), ("uniform", "tiny"), ("near", "short"), ("scaled", "near")]))
                if x is None or y is None:
                    continue
                if name in ("adding", "subtracting") and i % 3 == 2:
                    # Half of the last place of the first operand, or a little more or less.
                    k = self.random.choice([0, 1, -1])
                    y = rounded(((1 << bits) + k, exponent(x) - 2 * bits), bits, "z")
                rule = self.rule(i)
                value = rounded(function(x, y, bits), bits, rule)
                if value[0]:
                    yield name, bits, rule, [x, y], value
        for i in range(count):
            x, y, z = (self.operands("uniform", (-10, 10), bits) for _ in range(3))
            if i % 2:
                # The sum cancels down to the last bits of the product.
                z = rounded(multiply((-x[0], x[1]), y), bits, "n")
            rule = self.rule(i // 2)
            value = rounded(add(z, multiply(x, y)), bits, rule)
            if value[0]:
                yield "addingProduct", bits, rule, [z, x, y], value
        yield from self.remainders(bits, count)

    def remainders(self, bits, count):
        for i in range(count):
            x = self.operands("scaled", (-10, 10), bits)
            y = self.operands("short" if i % 3 == 0 else "scaled", (-10, 10), bits)
            if x is None or y is None:
                continue
            e = min(x[1], y[1])
            p, q = x[0] << (x[1] - e), y[0] << (y[1] - e)
            rest = abs(p) % abs(q)
            truncated = -rest if p < 0 else rest
            whole = abs(p) // abs(q)
            if 2 * rest > abs(q) or 2 * rest == abs(q) and whole & 1:
                rest -= abs(q)
            nearest = -rest if p < 0 else rest
            for name, r in (("truncatingRemainder", truncated), ("remainder", nearest)):
                if r:
                    yield name, bits, "n", [x, y], rounded(reduced((r, e)), bits, "n")
            z = multiply(x, (1, self.random.randint(0, bits)))
            for rule in RULES:
                value = rounded(z, max(exponent(z) + 1, 0), rule) if exponent(z) >= 0 else (0, 0)
                if value[0]:
                    yield "integer", bits, rule, [z], value

    def binary(self, bits):
        count = 8 if bits <= 320 else 3 if bits <= 1024 else 1
        for name, (f, other, first, second, exact) in functions.BINARY.items():
            for i in range(count):
                kinds = [("uniform", "uniform"), ("short", "short"), ("near", "scaled"), ("tiny", "uniform")]
                kind = kinds[i % 4]
                x, y = self.operands(kind[0], first, bits), self.operands(kind[1], second, bits)
                if x is None or y is None:
                    continue
                if i >= 4:
                    fixed = ball(y)
                    x = hard(lambda x: f(x, fixed), x, bits, i % 2 == 0) or x
                    x = reduced(x)
                rule = self.rule(i)
                value = self.certain(lambda: f(ball(x), ball(y)), bits, rule, exact)
                if value is not None:
                    self.confirm(name, bits, rule, [x, y], value, other)
                    yield name, bits, rule, [x, y], value

    def constants(self, bits):
        for name, (f, other) in functions.CONSTANTS.items():
            for rule in RULES:
                value = self.certain(f, bits, rule, False)
                self.confirm(name, bits, rule, [], value, other)
                yield name, bits, rule, [], value

    def all(self):
        for bits in WIDTHS:
            for part in (self.constants, self.algebraic, self.binary, self.unary):
                yield from part(bits)
            print(f"{bits} bits done", file=sys.stderr)
