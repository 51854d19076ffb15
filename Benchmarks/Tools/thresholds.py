"""Counts what does not depend on the load of the machine, and compares it with limits:

    thresholds.py check|record CONTENDER ALLOCATION_COUNTER THRESHOLDS

`record` writes what was counted, and limits 5 % above it: for instructions and for ratios of them. No limit falls below
what the design asks for, such as a ratio of 2, so that a check does not insist on more.
"""
import json
import os
import re
import shutil
import subprocess
import sys

SMALL = ["Misra1a", "Hahn1", "Gauss1", "Osborne2", "MGH17s2"]


def allocations(contender, counter, filter):
    """(peer, problem, scalar, jacobian) → the line of a fit whose allocations were counted."""
    environment = dict(os.environ, LD_PRELOAD=counter)
    command = [contender, "--filter", filter, "--repeats", "1", "--slice", "0", "--budget", "0"]
    output = subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout
    lines = map(json.loads, output.splitlines())
    return {(d["peer"], d["problem"][2:], d["scalar"], d["jacobian"]): d for d in lines}


class InstructionCounter:
    """Instructions of one run of a workload: those of 2k runs less those of k, divided by k."""

    def __init__(self, contender):
        self.contender, self.known = contender, {}

    def total(self, workload, count):
        command = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", self.contender,
                   "--workload", workload, "--count", str(count)]
        # Hash seeds drawn at the start would vary the program's beginning by more than a small workload.
        environment = dict(os.environ, SWIFT_DETERMINISTIC_HASHING="1")
        text = subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stderr
        return int(re.search(r"Collected : (\d+)", text)[1])

    def __call__(self, workload, count=10):
        if workload not in self.known:
            once = self.total(workload, count)
            self.known[workload] = (self.total(workload, 2 * count) - once) / count
        return self.known[workload]

    def iterations(self, problem):
        command = [self.contender, "--workload", "counts/" + problem]
        return int(subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()[1])


def measure(contender, counter):
    """[(what, value, aim)]: the aim is what the design asks for, where it names a number."""
    rows = []
    small = "|".join(SMALL)
    # Once for the solver in a workspace that is kept, once for all that leastsq does.
    counted = allocations(contender, counter, f"^lsq(-leastsq)? A/({small}) double (analytic|dual|fd)")
    for (peer, problem, _, kind), line in counted.items():
        if peer == "lsq":
            rows.append((f"allocations between the calls of a fit, {problem}, {kind}", line["mallocs_between_calls"], 0))
    for (peer, problem, _, kind), line in counted.items():
        if problem == "Misra1a" and kind == "analytic":
            rows.append((f"allocations of a fit, {peer}, {problem}", line["mallocs"], None))
    wide = allocations(contender, counter, "^lsq A/Hahn1 mp256 analytic")
    for line in wide.values():
        rows.append(("allocations between the calls of a fit, Hahn1, 256 bits", line["mallocs_between_calls"], 0))

    if not shutil.which("valgrind"):
        print("LEFT OUT: without valgrind, instructions are not counted.", file=sys.stderr)
        return rows
    # Without its debugging information, which some versions of valgrind cannot read.
    stripped = contender + "-stripped"
    subprocess.run(["strip", "-S", "-o", stripped, contender], check=True)
    instructions = InstructionCounter(stripped)
    rows.append(("instructions of leastsq, Misra1a", instructions("leastsq/Misra1a", 50), None))
    for problem in SMALL:
        own = instructions(f"solve/{problem}") - instructions(f"callbacks/{problem}")
        rows.append((f"instructions of the solver in an iteration, {problem}", own / instructions.iterations(problem), None))
    for problem in SMALL[:3]:
        rows.append((f"instructions of a fit in 256 bits, {problem}", instructions(f"wide/{problem}", 3), None))
    rows.append(("instructions of a climb to 256 bits, Misra1a", instructions("climb/Misra1a", 3), None))
    for work, words in (("fit", "derivatives given"), ("differencesFit", "by differences")):
        rows.append((f"instructions of a fit of 1000 rows, {words}", instructions(f"{work}/ThreeGaussians", 5), None))
    generic = instructions("generic/Hahn1") / instructions("solve/Hahn1")
    rows.append(("ratio of a solve reached from generic code to a concrete one, Hahn1", generic, 1.05))
    for problem in ("Misra1a", "Hahn1", "Gauss1"):
        residuals = instructions(f"modelResiduals/{problem}", 100) / instructions(f"residuals/{problem}", 100)
        rows.append((f"ratio of a generic model's residuals to hand-written ones, {problem}", residuals, 1.25))
        jacobian = instructions(f"modelJacobian/{problem}", 100) / instructions(f"jacobian/{problem}", 100)
        rows.append((f"ratio of a Jacobian by dual numbers to a hand-written one, {problem}", jacobian, 2))
    decimals = instructions("decimalJacobian/Hahn1", 100) / instructions("modelJacobian/Hahn1", 100)
    rows.append(("ratio of a Jacobian of a fit of decimals to a concrete model's, Hahn1", decimals, 1.05))
    # Two predictors.
    surface = instructions("modelJacobian/Saturation", 100) / instructions("jacobian/Saturation", 100)
    rows.append(("ratio of a Jacobian by dual numbers to a hand-written one, Saturation", surface, 2))
    return rows


def read(path):
    """{what: (limit, recorded)}."""
    limits = {}
    if os.path.exists(path):
        with open(path) as file:
            for line in file:
                if line.strip() and not line.startswith("#"):
                    what, limit, recorded = line.rstrip("\n").split("\t")
                    limits[what] = float(limit), float(recorded)
    return limits


HEAD = """\
# What Benchmarks/run --check compares: limits, and what was counted when Benchmarks/run --record wrote this file.
# what\tlimit\trecorded
"""


def record(rows, path):
    with open(path, "w") as file:
        file.write(HEAD)
        for what, value, aim in rows:
            limit = value if "allocations" in what else max(value * 1.05, aim or 0)
            file.write(f"{what}\t{limit:.6g}\t{value:.6g}\n")


def check(rows, path):
    known, failures = read(path), 0
    for what, value, _ in rows:
        limit, recorded = known.get(what, (None, None))
        if limit is None:
            verdict, failures = "FAILS: no limit is recorded", failures + 1
        elif value > limit:
            verdict, failures = f"FAILS: the limit is {limit:.6g}", failures + 1
        elif value < 0.9 * recorded:
            verdict = f"better than the {recorded:.6g} recorded: Benchmarks/run --record keeps it so"
        else:
            verdict = "ok"
        print(f"{what}: {value:.6g}, {verdict}")
    sys.exit(1 if failures else 0)


def main():
    mode, contender, counter, path = sys.argv[1:]
    rows = measure(contender, counter)
    record(rows, path) if mode == "record" else check(rows, path)


main()
