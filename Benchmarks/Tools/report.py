"""Tables of medians and ratios, from lines of JSON:  report.py LINES…

A ratio is taken within a round, and the median over the rounds is shown. Stops with an error where this package's
fits are not cminpack's.
"""
import math
import sys

from lines import disagreements, duration, last, over, ratio, read, solver_share

SMALL = ["A/Misra1a", "A/Hahn1", "A/Gauss1", "A/Osborne2", "A/MGH17s2"]
TALL = ["B/10000", "B/100000", "B/1000000"]
DENSE = ["C/100", "C/400"]
NAMES = {"analytic": "derivatives given", "fd": "by differences", "dual": "dual numbers"}


def table(title, head, body):
    body = [row for row in body if any(row[1:])]
    if not body:
        return []
    cells = [head, *body]
    widths = [max(len(row[k]) for row in cells) for k in range(len(head))]
    lines = ["| " + " | ".join(c.ljust(w) for c, w in zip(row, widths)) + " |" for row in cells]
    lines.insert(1, "| " + " | ".join("-" * w for w in widths) + " |")
    return [f"**{title}**", "", *lines, ""]


def peers(rows, problems, scalar, kinds):
    """In the order in which they ran; this package's first, then by kind of derivative."""
    seen = []
    for peer, problem, number, kind in rows:
        if problem in problems and number == scalar and kind in kinds and (peer, kind) not in seen:
            seen.append((peer, kind))
    return sorted(seen, key=lambda each: not each[0].startswith("lsq"))


def is_solved(rows, key, reference):
    """Whether a rival found what cminpack did; where nobody knows, it is taken to have."""
    line, other = last(rows, key), last(rows, reference)
    if not line or not other:
        return True
    return line["final_ssr"] is not None and line["final_ssr"] <= other["final_ssr"] * (1 + 1e-6) + 1e-20


def timings(rows, title, problems, kinds, value=None):
    body = []
    for peer, kind in peers(rows, problems, "double", kinds):
        reference = "analytic" if kind == "dual" else kind
        row = [peer + (" (dual numbers)" if kind == "dual" else "")]
        ratios = []
        for problem in problems:
            key, base = (peer, problem, "double", kind), ("cminpack", problem, "double", reference)
            arguments = (value,) if value else ()
            time, against = over(rows, key, *arguments), ratio(rows, key, base, *arguments)
            if against and against > 0:
                ratios.append(against)
            mark = "" if is_solved(rows, key, base) else " (no solution)"
            row.append(duration(time) + (f" ×{against:.2f}" if against else "") + mark)
        mean = math.exp(sum(map(math.log, ratios)) / len(ratios)) if len(ratios) > 1 else None
        body.append(row + [f"×{mean:.2f}" if mean else ""])
    return table(title, ["", *problems, "geometric mean"], body)


def wide(rows, problems, bits):
    body = []
    for peer, kind in peers(rows, problems, f"mp{bits}", ("analytic", "dual")):
        row = [peer + ("" if kind == "analytic" else f" ({NAMES[kind]})")]
        for problem in problems:
            key = (peer, problem, f"mp{bits}", kind)
            against = ratio(rows, key, ("raw-mpfr", problem, f"mp{bits}", "analytic"))
            line = last(rows, key)
            counts = f" [{line['nfev']}/{line['njev']}]" if line else ""
            row.append(duration(over(rows, key)) + (f" ×{against:.2f}" if against else "") + counts)
        body.append(row)
    return table(
        f"{bits} bits: time, ratio to the raw MPFR calls, [evaluations of residuals/Jacobian]",
        ["", *problems], body)


def wide_rows(rows, problem, bits):
    """On one thread and on several, of which the ratio is to one."""
    body = []
    for peer, kind in peers(rows, [problem], f"mp{bits}", ("analytic", "dual")):
        key, alone = (peer, problem, f"mp{bits}", kind), (peer.removesuffix("-2t"), problem, f"mp{bits}", kind)
        against = ratio(rows, key, alone)
        name = peer + ("" if kind == "analytic" else f" ({NAMES[kind]})")
        body.append([name, duration(over(rows, key)) + (f" ×{against:.2f}" if against else "")])
    return table(f"{bits} bits, {problem}, by rows: time, ratio to one thread", ["", problem], body)


def memory(rows, problem):
    body = []
    for peer, kind in peers(rows, [problem], "double", ("analytic",)):
        line = last(rows, (peer, problem, "double", kind))
        body.append([peer, f"{line['peak_rss_kb'] / 1024:.0f} MiB" if line.get("peak_rss_kb") else ""])
    return table(f"Peak resident memory, {problem} (its data are 16 MB)", ["", "derivatives given"], body)


def tables(rows):
    text = []
    for kinds, words in ((("analytic", "dual"), NAMES["analytic"]), (("fd",), NAMES["fd"])):
        text += timings(rows, f"Small fits, {words}: time, ratio to cminpack", SMALL, kinds)
    text += timings(rows, "Small fits: the solver's own time an iteration", SMALL, ("analytic",), solver_share)
    for kinds, words in ((("analytic", "dual"), NAMES["analytic"]), (("fd",), NAMES["fd"])):
        text += timings(rows, f"Tall fits, n = 11, {words}", TALL, kinds)
    text += memory(rows, "B/1000000")
    text += timings(rows, "Dense fits, derivatives given", DENSE, ("analytic",))
    for bits in (128, 256, 1024):
        text += wide(rows, SMALL[:3], bits)
    text += wide_rows(rows, "B/1000", 256)
    return "\n".join(text)


def main():
    rows = read(*sys.argv[1:])
    print("Times of a fit: CPU time where there is one thread, else wall time. ×: ratio to cminpack, below 1 is")
    print("faster. Medians over the rounds, of ratios within a round.\n")
    print(tables(rows))
    found = disagreements(rows)
    for each in found:
        print("DISAGREES WITH CMINPACK:", each, file=sys.stderr)
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
