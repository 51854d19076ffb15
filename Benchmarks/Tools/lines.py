"""The lines that the programs print, by what they measured."""
import json
import statistics
from collections import defaultdict

OURS = "lsq"


def read(*paths):
    """{(peer, problem, scalar, jacobian): {round: line}}; what is not JSON is passed over."""
    rows = defaultdict(dict)
    for path in paths:
        with open(path) as file:
            for text in file:
                try:
                    line = json.loads(text)
                except ValueError:
                    continue
                key = line["peer"], line["problem"], line["scalar"], line["jacobian"]
                rows[key][line.get("round", 1)] = line
    return rows


def seconds(line):
    """CPU time of one thread, wall time of several: other programs on the machine disturb the least so."""
    if line.get("threads", 1) == 1 and line.get("cpu_seconds"):
        return line["cpu_seconds"]
    return line.get("seconds_per_fit")


def solver_share(line):
    """The solver's own time per iteration."""
    calls, iterations = line.get("fn_seconds"), line.get("njev")
    return (seconds(line) - calls) / iterations if calls and iterations and seconds(line) else None


def over(rows, key, value=seconds):
    """The median of a quantity over the rounds."""
    values = [value(line) for line in rows.get(key, {}).values()]
    values = [v for v in values if v is not None]
    return statistics.median(values) if values else None


def ratio(rows, key, reference, value=seconds):
    """The median over the rounds of the ratio within a round."""
    mine, theirs = rows.get(key, {}), rows.get(reference, {})
    pairs = [(value(mine[r]), value(theirs[r])) for r in mine if r in theirs]
    ratios = [a / b for a, b in pairs if a and b]
    return statistics.median(ratios) if ratios else None


def last(rows, key):
    rounds = rows.get(key)
    return rounds[max(rounds)] if rounds else None


def duration(value):
    if value is None:
        return ""
    for unit, size in (("s", 1), ("ms", 1e-3), ("µs", 1e-6)):
        if value >= size:
            return f"{value / size:.3g} {unit}"
    return f"{value * 1e9:.3g} ns"


def disagreements(rows):
    """Where this package does not do what cminpack does: the same evaluations, the same sum of squares.

    With the Jacobian given or by differences the bits have to be the same; a blocked reduction sums in another
    order, and dual numbers round derivatives otherwise, so that there the last digits may differ.
    """
    found = []
    for (peer, problem, scalar, jacobian), rounds in sorted(rows.items()):
        if not peer.startswith(OURS) or scalar != "double":
            continue
        reference = last(rows, ("cminpack", problem, scalar, "analytic" if jacobian == "dual" else jacobian))
        if reference is None:
            continue
        line = rounds[max(rounds)]
        is_exact = jacobian != "dual" and "tall" not in peer
        # At a solution without residuals the sum of squares is rounding alone.
        tolerance = 0 if is_exact else 1e-10 * reference["final_ssr"] + 1e-25
        name = f"{peer} {problem} {jacobian}"
        if abs(line["final_ssr"] - reference["final_ssr"]) > tolerance:
            found.append(f"{name}: sum of squares {line['final_ssr']!r}, cminpack's {reference['final_ssr']!r}")
        for count in ("nfev", "njev"):
            if line[count] != reference[count]:
                found.append(f"{name}: {count} {line[count]}, cminpack's {reference[count]}")
    return found
