"""Operands whose results lie much nearer to a rounding boundary than chance would have it."""

from flint import arb, ctx

from dyadic import ball, exponent


def convergents(numerator, denominator, limit):
    """The convergents of a fraction, as long as their denominators do not exceed `limit`."""
    p, previous_p, q, previous_q = 1, 0, 0, 1
    while denominator:
        a, rest = divmod(numerator, denominator)
        p, previous_p, q, previous_q = a * p + previous_p, p, a * q + previous_q, q
        if q > limit:
            return
        yield p, q
        numerator, denominator = denominator, rest


def hard(function, x, bits, middle):
    """A neighbour of x whose result lies next to a number of the width or to the midpoint of two; or None.

    In units of the last place, f at the k-th neighbour is a + b·k + O(k²·2^−bits). With p/q a convergent of
    b, k ≡ p⁻¹·round(c·q) modulo q brings b·k within 1/q of c modulo 1. Up to k = 2^(bits/3) the quadratic
    term does no harm, so that the distance becomes about 2^−(bits/3) of a unit.
    """
    reach = 1 << max(bits // 3 - 2, 2)
    fraction = 4 * reach.bit_length() + 32
    ctx.prec = bits + 2 * fraction
    shift = bits - abs(x[0]).bit_length()
    if shift < 0:
        return None
    m, e = abs(x[0]) << shift, x[1] - shift
    sign = -1 if x[0] < 0 else 1

    def value(k):
        return function(ball((sign * (m + k), e)))

    middle_value = value(0)
    below, above = value(-reach), value(reach)
    if not (middle_value.is_finite() and below.is_finite() and above.is_finite()) or middle_value == 0:
        return None
    if middle_value.mid() == 0:
        return None
    man, exp = middle_value.mid().man_exp()
    if int(man) == 0:
        return None
    scale = arb((1, fraction + bits - 1 - exponent((int(man), int(exp)))))
    a = (middle_value * scale).mid().floor().unique_fmpz()
    b = ((above - below) * scale / (2 * reach)).mid().floor().unique_fmpz()
    if a is None or b is None:
        return None
    one = 1 << fraction
    a, b = int(a) % one, int(b) % one
    target = ((one >> 1) if middle else 0) - a
    best = None
    for p, q in convergents(b, one, reach):
        best = p, q
    if best is None or best[1] < 4:
        return None
    p, q = best
    c = (target % one) * q
    k = ((c + (one >> 1)) // one) * pow(p, -1, q) % q
    if k > q // 2:
        k -= q
    moved = m + k
    return (sign * moved, e) if moved.bit_length() == bits else None
