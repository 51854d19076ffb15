"""Writes measurements into Documentation/Performance.md, between its markers, and its plots:  document.py BENCHMARKS

Reads .build/lines.jsonl, .build/growth.jsonl and .build/first-cost.md, which Benchmarks/run --document makes.
"""
import os
import re
import subprocess
import sys

import plot
import report
from lines import disagreements, over, ratio, read

SMALL, TALL, DENSE = report.SMALL, report.TALL, report.DENSE


def output(*command):
    try:
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return ""


def machine():
    facts = dict(re.findall(r"^([^:\n]+):\s+(.*)$", output("lscpu"), re.M))
    features = facts.get("Flags", "").split()
    vectors = [name for name in ("avx512f", "avx2", "sse4_2") if name in features]
    memory = re.search(r"MemTotal:\s+(\d+)", open("/proc/meminfo").read())
    system = re.search(r'PRETTY_NAME="(.*)"', open("/etc/os-release").read())
    swift = re.search(r"Swift version (\S+)", output("swift", "--version"))
    return "\n".join([
        f"Machine: {facts.get('CPU(s)')} cores of {facts.get('Model name')}"
        f" (widest vectors: {vectors[0] if vectors else 'unknown'};"
        f" caches L1d {facts.get('L1d cache')}, L2 {facts.get('L2 cache')}, L3 {facts.get('L3 cache')}),"
        f" {int(memory[1]) // 1048576} GiB of memory, shared with other work.",
        f"{system[1]}, Swift {swift[1] if swift else '?'}, {output('g++', '--version').splitlines()[0]} -O3;"
        f" {versions()}.",
    ])


def versions():
    names = {"libcminpack-dev": "cminpack", "minpack-dev": "MINPACK", "libgsl-dev": "GSL", "libeigen3-dev": "Eigen",
             "libmpfrc++-dev": "mpreal", "libboost-dev": "Boost", "libmpfr-dev": "MPFR", "libgmp-dev": "GMP"}
    found = []
    for package, name in names.items():
        version = output("dpkg-query", "-W", "-f", "${Version}", package)
        if version:
            found.append(f"{name} {re.sub(r'^[0-9]+:|[-+].*', '', version)}")
    scipy = output("python3", "-c", "import scipy; print(scipy.__version__)").strip()
    return ", ".join(found + ([f"SciPy {scipy}"] if scipy else []))


def curves(rows, family, scalar, peers):
    found = {}
    for peer, problem, number, kind in rows:
        if kind != "analytic" or peer not in peers or not problem.startswith(family) or number != scalar:
            continue
        time = over(rows, (peer, problem, number, kind))
        if time:
            found.setdefault(peer, []).append((int(problem.split("/")[1]), time))
    return found


def plots(rows, folder):
    os.makedirs(folder, exist_ok=True)
    tall = ["lsq", "lsq-tall", "lsq-tall-2t", "cminpack", "eigen-lm", "eigen-nlo"]
    per_row = {peer: [(m, t / m) for m, t in points] for peer, points in curves(rows, "B/", "double", tall).items()}
    plot.plot(f"{folder}/rows.svg", "Time a row of a fit, n = 11", "rows m", per_row)
    dense = ["lsq", "cminpack", "eigen-lm", "eigen-lm-native"]
    plot.plot(f"{folder}/parameters.svg", "Time of a dense fit, m = n", "parameters n",
              curves(rows, "C/", "double", dense), x_ticks=[25, 50, 100, 200, 400])
    bits = {}
    for peer, problem, number, kind in rows:
        if number.startswith("mp") and problem == "A/Gauss1" and kind == "analytic" and peer != "lsq-leastsq":
            time = over(rows, (peer, problem, number, kind))
            evaluations = rows[peer, problem, number, kind]
            count = evaluations[max(evaluations)]["nfev"]
            if time and count:
                bits.setdefault(peer, []).append((int(number[2:]), time / count))
    widths = sorted({width for points in bits.values() for width, _ in points})
    plot.plot(f"{folder}/bits.svg", "Gauss1: time of a fit by its evaluations of the residuals", "bits", bits,
              x_ticks=widths)


def faster_rivals(rows):
    """One line for every rival and fit in which it beats the best of this package's ways."""
    found = []
    everything = [(p, "double", k) for p in SMALL + TALL + DENSE for k in ("analytic", "fd")]
    everything += [(p, f"mp{bits}", "analytic") for p in SMALL[:3] for bits in (128, 256, 1024)]
    for problem, scalar, kind in everything:
        def best(mine):
            times = [(over(rows, key), key[0]) for key in rows
                     if key[1:] == (problem, scalar, kind) and key[0].startswith("lsq") == mine
                     and key[0] != "raw-mpfr"
                     and (mine or report.is_solved(rows, key, ("cminpack", problem, scalar, kind)))]
            return min((t for t in times if t[0]), default=None)
        ours, theirs = best(True), best(False)
        if ours and theirs and theirs[0] < 0.97 * ours[0]:
            against = ratio(rows, (ours[1], problem, scalar, kind), (theirs[1], problem, scalar, kind))
            found.append(f"- `{problem}`, {scalar}, {report.NAMES[kind]}: `{theirs[1]}`, "
                         f"of whose time `{ours[1]}` takes ×{against:.2f}")
    return "\n".join(found) or "Nowhere in the fits of these tables."


def write(path, sections):
    with open(path) as file:
        text = file.read()
    for name, content in sections.items():
        pattern = rf"(<!-- begin {name} -->\n).*?(<!-- end {name} -->)"
        text, count = re.subn(pattern, lambda m: m[1] + "\n" + content.strip() + "\n\n" + m[2], text, flags=re.S)
        if count != 1:
            sys.exit(f"{path} has no section '{name}' between markers.")
    with open(path, "w") as file:
        file.write(text)


def main():
    here = sys.argv[1]
    documentation = os.path.join(here, "..", "Documentation")
    rows, growth = read(f"{here}/.build/lines.jsonl"), read(f"{here}/.build/growth.jsonl")
    plots(growth, f"{documentation}/Performance")
    with open(f"{here}/.build/first-cost.md") as file:
        first_cost = file.read()
    write(f"{documentation}/Performance.md", {
        "machine": machine(), "tables": report.tables(rows), "rivals": faster_rivals(rows), "first cost": first_cost})
    for each in disagreements(rows):
        print("DISAGREES WITH CMINPACK:", each, file=sys.stderr)


main()
