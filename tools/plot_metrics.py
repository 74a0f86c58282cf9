#!/usr/bin/env python3
"""Draws the curves of a run: metrics.jsonl -> curves.svg, one panel per metric.

  tools/plot_metrics.py RUN [OUT.svg]     default: RUN/curves.svg

Every stage has its own colour; pale lines are the updates, strong ones their running
mean. Nothing but Python's own library is needed.
"""

import json
import math
import pathlib
import sys

# Shown if the run has them, in this order.
METRICS = [
    "loss", "glyph_accuracy", "token_glyph_recall", "question_loss", "where_accuracy",
    "what_accuracy", "widget_accuracy", "state_accuracy", "tap_accuracy",
    "token_accuracy", "response_accuracy", "own_response_accuracy", "reward", "action_reward", "success",
    "format", "equal_group_share", "entropy", "turns", "grad_norm",
]
MARK = b"made by paperphone"
COLORS = ["#3366cc", "#dc7a12", "#2a9d55", "#b03a8c", "#7a5c3e", "#4aa3b5"]
WIDTH, HEIGHT, LEFT, TOP, BOTTOM, COLUMNS = 360, 190, 52, 30, 24, 3


def is_number(value):
    return isinstance(value, (int, float)) and math.isfinite(value)


def read(path):
    """stages in order, and metric -> stage -> [(update of the whole run, value)]"""
    stages, curves, first = [], {}, {}
    done = 0
    for line in path.read_text(encoding="utf-8", errors="replace").split("\n"):
        try:
            record = json.loads(line)
            stage, step = str(record["stage"]), int(record["step"])
        except (ValueError, TypeError, KeyError):
            continue  # a line that is cut: the run was killed, or writes it just now
        if stage not in first:
            stages.append(stage)
            first[stage] = done
        at = first[stage] + step
        done = max(done, at + 1)
        for name, value in record.items():
            if name in METRICS and is_number(value):
                curves.setdefault(name, {}).setdefault(stage, []).append((at, value))
    return stages, curves, done


def running_mean(points):
    reach = min(25, len(points) // 10)  # to both sides
    sums = [0.0]
    for _, y in points:
        sums.append(sums[-1] + y)
    out = []
    for i, (x, _) in enumerate(points):
        begin, end = max(0, i - reach), min(len(points), i + reach + 1)
        out.append((x, (sums[end] - sums[begin]) / (end - begin)))
    return out


def label(value):
    return f"{value:.3g}"


def panel(name, by_stage, stages, last, x0, y0):
    values = [y for points in by_stage.values() for _, y in points]
    low, high = min(values + [0.0]), max(values)
    if high == low:
        high = low + 1.0
    width, height = WIDTH - LEFT - 14, HEIGHT - TOP - BOTTOM
    left, top = x0 + LEFT, y0 + TOP

    def place(point):
        x = left + width * point[0] / max(1, last - 1)
        y = top + height * (high - point[1]) / (high - low)
        return f"{x:.1f},{y:.1f}"

    out = [f'<text x="{left}" y="{y0 + 20}" class="name">{name}</text>']
    for value in (low, (low + high) / 2, high):
        y = top + height * (high - value) / (high - low)
        out.append(f'<path d="M{left} {y:.1f}h{width}" class="grid"/>')
        out.append(f'<text x="{left - 6}" y="{y + 4:.1f}" class="tick" '
                   f'text-anchor="end">{label(value)}</text>')
    out.append(f'<text x="{left + width}" y="{top + height + 16}" class="tick" '
               f'text-anchor="end">{last} updates</text>')
    for index, stage in enumerate(stages):
        points = by_stage.get(stage)
        if not points:
            continue
        color = COLORS[index % len(COLORS)]
        step = max(1, len(points) // 1500)  # more than that cannot be seen
        for curve, opacity in ((points[::step], 0.25), (running_mean(points)[::step], 1)):
            out.append(f'<path d="M{" L".join(map(place, curve))}" '
                       f'fill="none" stroke="{color}" stroke-width="1.4" '
                       f'stroke-opacity="{opacity}"/>')
    return out


def draw(stages, curves, last):
    names = [name for name in METRICS if name in curves]
    rows = (len(names) + COLUMNS - 1) // COLUMNS
    columns = min(COLUMNS, len(names))
    width, height = columns * WIDTH + 10, rows * HEIGHT + 34
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}">',
           f"<!-- {MARK.decode()} -->",
           "<style>text{font-family:sans-serif}.name{font-size:13px;font-weight:bold}"
           ".tick{font-size:10px;fill:#666}.grid{stroke:#ddd}</style>",
           f'<rect width="{width}" height="{height}" fill="white"/>']
    x = LEFT
    for index, stage in enumerate(stages):
        color = COLORS[index % len(COLORS)]
        out.append(f'<rect x="{x}" y="10" width="12" height="12" fill="{color}"/>'
                   f'<text x="{x + 17}" y="21" font-size="13">{stage}</text>')
        x += 40 + 9 * len(stage)
    for index, name in enumerate(names):
        out += panel(name, curves[name], stages, last, index % COLUMNS * WIDTH,
                     28 + index // COLUMNS * HEIGHT)
    return "\n".join(out + ["</svg>", ""])


def main():
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    run = pathlib.Path(sys.argv[1])
    source = run / "metrics.jsonl" if run.is_dir() else run
    if not source.is_file():
        sys.exit(f"{source}: no such file; is {run} a folder of `paperphone train`?")
    target = pathlib.Path(sys.argv[2]) if len(sys.argv) == 3 else run / "curves.svg"
    stages, curves, last = read(source)
    if not curves:
        sys.exit(f"{source}: nothing to draw yet")
    if target.exists() and MARK not in target.read_bytes()[:4096]:
        sys.exit(f"{target}: is in the way: paperphone did not make this file; "
                 "choose another place or move it")
    target.write_text(draw(stages, curves, last), encoding="utf-8")
    print(target)


if __name__ == "__main__":
    main()
