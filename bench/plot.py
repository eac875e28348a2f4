# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# Draws signatures a second against the number of clients, as an SVG.

# In the order in which they are drawn: what is measured is above what it is
# compared with, and the bare server's line is so wide that it is seen around
# one that lies on it.
SERIES = {"bare server": ("#bbbbbb", 8), "module alone": ("#666666", 2),
          "0.10 by keygrip": ("#f0a0a0", 2),
          "0.10 by reference": ("#d1242f", 2),
          "ours, not verified": ("#7ac28a", 2), "ours": ("#1a7f37", 2)}
WIDTH, HEIGHT, LEFT, TOP, BOTTOM = 460, 300, 60, 56, 40
LEGEND = 26
# Not in one word, so that it is not taken for this file's own.
TAG = "SP" "DX"


def text(x, y, words, anchor="middle", extra=""):
    return (f'<text x="{x:.0f}" y="{y:.0f}" text-anchor="{anchor}"{extra}>'
            f'{words}</text>')


def scale(value):
    """The distance of at most six lines, a number that begins with 1, 2 or 5,
    and the highest of them, which is above VALUE."""
    step = 1
    while step * 50 < value:
        step *= 10
    step = next(step * n for n in (1, 2, 5, 10) if step * n * 5 >= value)
    return step, step * max(1, -int(-value // step))


def panel(title, found, x0):
    """One diagram, with its left edge at X0."""
    series = {name: found[name] for name in SERIES if name in found}
    clients = list(next(iter(series.values())))
    step, top = scale(max(result["rate"] for by_clients in series.values()
                          for result in by_clients.values()))
    inner_w, inner_h = WIDTH - LEFT - 20, HEIGHT - TOP - BOTTOM

    def at(i, rate):
        return (x0 + LEFT + inner_w * (i + 0.5) / len(clients),
                TOP + inner_h * (1 - rate / top))
    yield text(x0 + LEFT + inner_w / 2, 18, title, extra=' font-weight="bold"')
    yield text(x0 + LEFT - 6, TOP - 18, "signatures a second", "start")
    for rate in range(0, int(top) + 1, step):
        y = at(0, rate)[1]
        yield (f'<line x1="{x0 + LEFT}" y1="{y:.0f}" '
               f'x2="{x0 + LEFT + inner_w}" y2="{y:.0f}" stroke="#dddddd"/>')
        yield text(x0 + LEFT - 6, y + 4, rate, "end")
    for i, n in enumerate(clients):
        yield text(at(i, 0)[0], HEIGHT - BOTTOM + 18,
                   n + (" client" if n == "1" else " clients"))
    for name, by_clients in series.items():
        colour, width = SERIES[name]
        # Who survived no slice has no rate.
        points = [at(i, by_clients[n]["rate"]) for i, n in enumerate(clients)
                  if by_clients[n]["rate"] > 0]
        line = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        yield (f'<polyline points="{line}" fill="none" '
               f'stroke-width="{width}" stroke="{colour}"/>')
        for x, y in points:
            yield (f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{width / 2 + 2}" '
                   f'fill="{colour}"/>')


def legend(names, y, width):
    for i, name in enumerate(names):
        x = LEFT + i * (width - LEFT) // len(names)
        yield (f'<rect x="{x}" y="{y}" width="12" height="12" '
               f'fill="{SERIES[name][0]}"/>')
        yield text(x + 18, y + 11, name, "start")


def draw(panels):
    """An SVG of PANELS, a list of (title, what was found)."""
    names = [name for name in SERIES
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
    yield from legend(names, HEIGHT + 4, width)
    yield '</svg>'
