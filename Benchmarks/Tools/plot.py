"""Curves on logarithmic axes as SVG, by hand: small files that a diff can show."""
import math

# Told apart by shade and by mark, and readable on white and on black.
STYLES = {
    "lsq": ("#d1495b", "circle"), "lsq-tall": ("#8f2d56", "circle"), "lsq-tall-2t": ("#e07a5f", "circle"),
    "cminpack": ("#3a6ea5", "square"), "raw-mpfr": ("#3a6ea5", "square"),
    "eigen-lm": ("#5b8c5a", "triangle"), "eigen-lm-native": ("#8fb339", "triangle"),
    "eigen-nlo": ("#7d8597", "triangle"), "eigen-boost": ("#5b8c5a", "triangle"),
    "eigen-mpreal": ("#8fb339", "triangle"),
}
WIDTH, HEIGHT = 640, 400
LEFT, RIGHT, TOP, BOTTOM = 70, 150, 40, 50


def mark(kind, x, y, colour):
    if kind == "square":
        return f'<rect x="{x - 3:.1f}" y="{y - 3:.1f}" width="6" height="6" fill="{colour}"/>'
    if kind == "triangle":
        points = f"{x:.1f},{y - 4:.1f} {x - 4:.1f},{y + 3:.1f} {x + 4:.1f},{y + 3:.1f}"
        return f'<polygon points="{points}" fill="{colour}"/>'
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="{colour}"/>'


def engineering(value):
    for unit, size in (("s", 1), ("ms", 1e-3), ("µs", 1e-6), ("ns", 1e-9)):
        if value >= 0.999 * size:
            return f"{value / size:.3g} {unit}"
    return f"{value:.3g} s"


def ticks(low, high):
    """1, 2 and 5 of every decade; of more than two decades the powers of ten alone."""
    steps = (1, 2, 5) if high / low < 150 else (1,)
    decades = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
    return [s * 10.0**d for d in decades for s in steps if low * 0.999 <= s * 10.0**d <= high * 1.001]


def plot(path, title, x_title, curves, x_ticks=None):
    """curves: {name: [(x, seconds)]}."""
    xs = [x for points in curves.values() for x, _ in points]
    ys = [y for points in curves.values() for _, y in points]
    if not xs:
        return
    x0, x1 = min(xs), max(xs)
    y0, y1 = min(ys) / 1.3, max(ys) * 1.3

    def place(x, y):
        across = math.log(x / x0) / math.log(x1 / x0)
        up = math.log(y / y0) / math.log(y1 / y0)
        return LEFT + across * (WIDTH - LEFT - RIGHT), HEIGHT - BOTTOM - up * (HEIGHT - TOP - BOTTOM)

    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" '
        'font-size="12">',
        f'<title>{title}</title>', f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>',
        f'<text x="{LEFT}" y="22" font-size="14" fill="#222">{title}</text>',
    ]
    for y in ticks(y0, y1):
        _, at = place(x0, y)
        out.append(f'<line x1="{LEFT}" y1="{at:.1f}" x2="{WIDTH - RIGHT}" y2="{at:.1f}" stroke="#ddd"/>')
        out.append(f'<text x="{LEFT - 6}" y="{at + 4:.1f}" text-anchor="end" fill="#444">{engineering(y)}</text>')
    for x in x_ticks or [x for x in ticks(x0, x1) if math.log10(x) % 1 == 0]:
        at, _ = place(x, y0)
        out.append(f'<line x1="{at:.1f}" y1="{TOP}" x2="{at:.1f}" y2="{HEIGHT - BOTTOM}" stroke="#eee"/>')
        label = f"{x:g}" if x_ticks else f"10<tspan dy='-5' font-size='9'>{round(math.log10(x))}</tspan>"
        out.append(f'<text x="{at:.1f}" y="{HEIGHT - BOTTOM + 18}" text-anchor="middle" fill="#444">{label}</text>')
    middle = (LEFT + WIDTH - RIGHT) / 2
    out.append(f'<text x="{middle}" y="{HEIGHT - 10}" text-anchor="middle" fill="#222">{x_title}</text>')

    # Names stand at the ends of their curves, moved apart where they would touch.
    labels = []
    for name, points in curves.items():
        colour, kind = STYLES.get(name, ("#888", "circle"))
        placed = [place(x, y) for x, y in sorted(points)]
        path_text = " ".join(f"{x:.1f},{y:.1f}" for x, y in placed)
        out.append(f'<polyline points="{path_text}" fill="none" stroke="{colour}" stroke-width="1.5"/>')
        out += [mark(kind, x, y, colour) for x, y in placed]
        labels.append([placed[-1][1], name, colour])
    labels.sort()
    for before, after in zip(labels, labels[1:]):
        after[0] = max(after[0], before[0] + 14)
    for y, name, colour in labels:
        out.append(f'<text x="{WIDTH - RIGHT + 10}" y="{y + 4:.1f}" fill="{colour}">{name}</text>')
    out.append("</svg>\n")
    with open(path, "w") as file:
        file.write("\n".join(out))
