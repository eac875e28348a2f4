# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# Draws signatures a second against the number of clients, as an SVG.

COLOURS = {"module alone": "#888888", "bare server": "#444444",
           "ours": "#1a7f37", "ours, not verified": "#7ac28a",
           "0.10 by reference": "#d1242f", "0.10 by keygrip": "#f0a0a0"}
# A server of which nothing is asked is no rate of signatures.
LEFT_OUT = ("empty command",)
WIDTH, HEIGHT, LEFT, TOP, BOTTOM = 460, 300, 60, 40, 40
LEGEND = 26
# Not in one word, so that it is not taken for this file's own.
TAG = "SP" "DX"


def text(x, y, words, anchor="middle", extra=""):
    return (f'<text x="{x:.0f}" y="{y:.0f}" text-anchor="{anchor}"{extra}>'
            f'{words}</text>')


def nice(value):
    """The next number above VALUE that begins with 1, 2 or 5."""
    step = 1
    while step * 10 <= value:
        step *= 10
    return next(step * n for n in (1, 2, 5, 10) if step * n >= value)


def panel(title, found, x0):
    """One diagram, with its left edge at X0."""
    series = {name: by_clients for name, by_clients in found.items()
              if name not in LEFT_OUT}
    clients = list(next(iter(series.values())))
    top = nice(max(result["rate"] for by_clients in series.values()
                   for result in by_clients.values()))
    inner_w, inner_h = WIDTH - LEFT - 20, HEIGHT - TOP - BOTTOM

    def at(i, rate):
        return (x0 + LEFT + inner_w * (i + 0.5) / len(clients),
                TOP + inner_h * (1 - rate / top))
    yield text(x0 + LEFT + inner_w / 2, TOP - 16, title,
               extra=' font-weight="bold"')
    for part in range(5):
        rate = top * part / 4
        y = at(0, rate)[1]
        yield (f'<line x1="{x0 + LEFT}" y1="{y:.0f}" '
               f'x2="{x0 + LEFT + inner_w}" y2="{y:.0f}" stroke="#dddddd"/>')
        yield text(x0 + LEFT - 6, y + 4, f"{rate:.0f}", "end")
    for i, n in enumerate(clients):
        yield text(at(i, 0)[0], HEIGHT - BOTTOM + 18,
                   n + (" client" if n == "1" else " clients"))
    for name, by_clients in series.items():
        points = [at(i, by_clients[n]["rate"]) for i, n in enumerate(clients)]
        line = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        yield (f'<polyline points="{line}" fill="none" stroke-width="2" '
               f'stroke="{COLOURS[name]}"/>')
        for x, y in points:
            yield (f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" '
                   f'fill="{COLOURS[name]}"/>')


def legend(names, y):
    x = LEFT
    for name in names:
        yield (f'<rect x="{x}" y="{y}" width="12" height="12" '
               f'fill="{COLOURS[name]}"/>')
        yield text(x + 18, y + 11, name, "start")
        x += 150


def draw(panels):
    """An SVG of PANELS, a list of (title, what was found)."""
    names = [name for name in COLOURS
             if any(name in found for _, found in panels)]
    width = WIDTH * len(panels)
    yield ('<?xml version="1.0" encoding="UTF-8"?>\n'
           f'<!-- {TAG}-FileCopyrightText: The gnupg-pkcs11-scd 3 authors -->\n'
           f'<!-- {TAG}-License-Identifier: BSD-3-Clause -->\n'
           f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" '
           f'height="{HEIGHT + LEGEND}" font-family="sans-serif" '
           'font-size="12">')
    yield f'<rect width="{width}" height="{HEIGHT + LEGEND}" fill="white"/>'
    for i, (title, found) in enumerate(panels):
        yield from panel(title, found, WIDTH * i)
    yield from legend(names, HEIGHT + 4)
    yield '</svg>'
