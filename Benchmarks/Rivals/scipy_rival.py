"""SciPy's leastsq on the same fits, its functions vectorised with NumPy. Needs NIST_DIR and RIVALS_DATA."""
import json
import math
import os
import re
import statistics
import sys
import time

import numpy as np
from scipy.optimize import leastsq

np.seterr(all="ignore")
options = dict(zip(sys.argv[1::2], sys.argv[2::2]))
FILTER, PROBLEM = options.get("--filter", ""), options.get("--problem", "")
SCALAR = options.get("--scalar", "")
REPEATS, SLICE = int(options.get("--repeats", 7)), float(options.get("--slice", 0.03))
BUDGET = float(options.get("--budget", 1))
TOLERANCE = 2.0**-26


def nist(dataset):
    rows, starts, in_data = [], [], False
    with open(os.path.join(os.environ["NIST_DIR"], dataset + ".dat")) as file:
        for line in file:
            words = line.split()
            if in_data and len(words) > 1:
                rows.append([float(w) for w in words[:2]])
            elif words[:3] == ["Data:", "y", "x"]:
                in_data = True
            elif len(words) > 4 and re.fullmatch(r"b\d", words[0]) and words[1] == "=":
                starts.append([float(w) for w in words[2:4]])
    y, x = np.array(rows).T
    return x, y, np.array(starts).T


class Fit:
    def __init__(self, name, x, y, start):
        self.name, self.x, self.y, self.start = name, x, y, np.asarray(start, float)
        self.m, self.n = len(y), len(start)


class Misra1a(Fit):
    def residuals(self, b):
        return b[0] * (1 - np.exp(-b[1] * self.x)) - self.y

    def columns(self, b):
        e = np.exp(-b[1] * self.x)
        return np.array([1 - e, b[0] * self.x * e])


class Hahn1(Fit):
    def parts(self, b):
        x = self.x
        return b[0] + x * (b[1] + x * (b[2] + x * b[3])), 1 + x * (b[4] + x * (b[5] + x * b[6]))

    def residuals(self, b):
        u, v = self.parts(b)
        return u / v - self.y

    def columns(self, b):
        u, v = self.parts(b)
        x, w = self.x, 1 / v
        g = -u * w * w
        return np.array([w, x * w, x * x * w, x * x * x * w, x * g, x * x * g, x * x * x * g])


class Peaks(Fit):
    """Peaks a·exp(−((x − c)/w)²), their triples from parameter 2 on, over a base of parameters 0 and 1."""

    def base(self, b):
        return b[0] + b[1] * self.x

    def base_columns(self, b):
        return [np.ones_like(self.x), self.x]

    def residuals(self, b):
        f = self.base(b)
        for k in range(2, self.n, 3):
            u = (self.x - b[k + 1]) / b[k + 2]
            f = f + b[k] * np.exp(-u * u)
        return f - self.y

    def columns(self, b):
        columns = self.base_columns(b)
        for k in range(2, self.n, 3):
            u = (self.x - b[k + 1]) / b[k + 2]
            e = np.exp(-u * u)
            g = 2 * b[k] * e * u / b[k + 2]
            columns += [e, g, g * u]
        return np.array(columns)


class Gauss1(Peaks):
    def base(self, b):
        return b[0] * np.exp(-b[1] * self.x)

    def base_columns(self, b):
        e = np.exp(-b[1] * self.x)
        return [e, -b[0] * self.x * e]


class MGH17(Fit):
    def residuals(self, b):
        return b[0] + b[1] * np.exp(-self.x * b[3]) + b[2] * np.exp(-self.x * b[4]) - self.y

    def columns(self, b):
        e, g = np.exp(-self.x * b[3]), np.exp(-self.x * b[4])
        return np.array([np.ones(self.m), e, g, -self.x * b[1] * e, -self.x * b[2] * g])


class Osborne2(Fit):
    def residuals(self, b):
        f = b[0] * np.exp(-self.x * b[4])
        for k in (1, 2, 3):
            d = self.x - b[7 + k]
            f = f + b[k] * np.exp(-b[4 + k] * d * d)
        return f - self.y

    def columns(self, b):
        columns = np.empty((11, self.m))
        columns[0] = np.exp(-self.x * b[4])
        columns[4] = -self.x * b[0] * columns[0]
        for k in (1, 2, 3):
            d = self.x - b[7 + k]
            columns[k] = np.exp(-b[4 + k] * d * d)
            g = b[k] * columns[k] * d
            columns[4 + k], columns[7 + k] = -g * d, 2 * b[4 + k] * g
        return columns


class Broyden(Fit):
    def residuals(self, x):
        f = (3 - 2 * x) * x + 1
        f[1:] -= x[:-1]
        f[:-1] -= 2 * x[1:]
        return f

    def columns(self, x):
        columns = np.zeros((self.n, self.n))
        i = np.arange(self.n)
        columns[i, i] = 3 - 4 * x
        columns[i[:-1], i[1:]] = -1
        columns[i[1:], i[:-1]] = -2
        return columns


def three_gaussians(m):
    """The data of the other programs: a linear congruential generator in 64 bits, here by whole arrays."""
    # The state after k steps is a**k·s + c·(a**k − 1)/(a − 1); arrays double in length, modulo 2**64.
    a, c = 6364136223846793005, 1442695040888963407
    mask = (1 << 64) - 1
    states = np.array([(20240607 * a + c) & mask], dtype=np.uint64)
    factor, offset = a, c
    with np.errstate(over="ignore"):
        while len(states) < 4 * m:
            states = np.concatenate([states, states * np.uint64(factor) + np.uint64(offset)])
            factor, offset = factor * factor & mask, (factor * offset + offset) & mask
    u = (states[: 4 * m] >> np.uint64(11)).astype(float) * 2.0**-53
    u = u.reshape(m, 4)
    noise = (u[:, 0] + u[:, 1] + u[:, 2] + u[:, 3] - 2) * 1.7320508075688772
    x = 10 * np.arange(m) / (m - 1)
    truth = [1, 0.2, 5, 2.5, 0.6, 3, 5, 0.9, 4, 7.6, 0.5]
    exact = Peaks("", x, np.zeros(m), truth).residuals(np.array(truth))
    return Peaks(f"B/{m}", x, exact + 0.1 * noise, [0.5, 0, 4, 2.2, 0.8, 2.5, 5.3, 1.1, 3, 7.3, 0.7])


def osborne2():
    with open(os.path.join(os.environ["RIVALS_DATA"], "osborne2.txt")) as file:
        y = np.array(file.read().split(), float)
    start = [1.3, 0.65, 0.65, 0.7, 0.6, 3, 5, 7, 2, 4.5, 5.5]
    return Osborne2("A/Osborne2", np.arange(len(y)) / 10, y, start)


def from_nist(kind, dataset, start=1):
    x, y, starts = nist(dataset)
    return kind("A/" + dataset + ("" if start == 1 else "s2"), x, y, starts[start - 1])


def timed(work, times=1):
    wall, cpu = time.perf_counter(), time.process_time()
    for _ in range(times):
        work()
    return (time.perf_counter() - wall) / times, (time.process_time() - cpu) / times


def report(fit, kind):
    counts = {"f": 0, "j": 0}
    result = []

    def residuals(b):
        counts["f"] += 1
        return fit.residuals(b)

    def columns(b):
        counts["j"] += 1
        return fit.columns(b)

    def solve():
        result[:] = leastsq(
            residuals, fit.start.copy(), Dfun=columns if kind == "analytic" else None, col_deriv=True,
            full_output=True, ftol=TOLERANCE, xtol=TOLERANCE, gtol=0, factor=100, maxfev=20000)

    first = timed(solve)
    nfev, njev = counts["f"], counts["j"]
    inner = max(1, math.ceil(SLICE / max(first[0], 1e-9)))
    repeats = max(1, min(REPEATS, int(BUDGET / (first[0] * inner))))
    samples = [first] if first[0] > 1 else [timed(solve, inner) for _ in range(repeats)]
    walls, cpus = zip(*samples)
    x = result[0]
    f = fit.residuals(x)
    ssr = float(np.cumsum(f * f)[-1])
    line = {
        "peer": "scipy", "problem": fit.name, "scalar": "double", "jacobian": kind, "threads": 1,
        "m": fit.m, "n": fit.n, "seconds_per_fit": statistics.median(walls), "seconds_best": min(walls),
        "cpu_seconds": statistics.median(cpus), "nfev": nfev, "njev": njev, "info": int(result[4]),
        "final_ssr": ssr if math.isfinite(ssr) else None, "x": [float(v) for v in x[:12]],
        "repeats": len(samples), "inner": inner,
    }
    if "PEERS_ROUND" in os.environ:
        line["round"] = int(os.environ["PEERS_ROUND"])
    print(json.dumps(line), flush=True)


def sizes(family, usual):
    return [int(PROBLEM[2:])] if PROBLEM.startswith(family) and PROBLEM[2:].isdigit() else usual


makers = {
    "A/Misra1a": lambda: from_nist(Misra1a, "Misra1a"),
    "A/Hahn1": lambda: from_nist(Hahn1, "Hahn1"),
    "A/Gauss1": lambda: from_nist(Gauss1, "Gauss1"),
    "A/Osborne2": osborne2,
    "A/MGH17": lambda: from_nist(MGH17, "MGH17"),
    "A/MGH17s2": lambda: from_nist(MGH17, "MGH17", 2),
}
for m in sizes("B/", [10_000, 100_000, 1_000_000]):
    makers[f"B/{m}"] = lambda m=m: three_gaussians(m)
for n in sizes("C/", [100, 400]):
    makers[f"C/{n}"] = lambda n=n: Broyden(f"C/{n}", None, np.zeros(n), -np.ones(n))
for kind in ("analytic", "fd"):
    for name, make in makers.items():
        asked = not PROBLEM or name == PROBLEM or (PROBLEM.endswith("/") and name.startswith(PROBLEM))
        if not asked or SCALAR not in ("", "double") or (name[0] == "C" and kind == "fd"):
            continue
        if re.search(FILTER, f"scipy {name} double {kind}"):
            report(make(), kind)
