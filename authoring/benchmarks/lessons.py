"""How long the course takes to run and to build: ``python authoring/benchmarks/lessons.py [--write]``.

Each lesson in a new kernel from top to bottom, as "Run All" does; then its slides, as one file. ``--write`` puts the
table into README.md beside this file.
"""

import argparse
import os
import platform
import sys
import tempfile
from pathlib import Path
from time import perf_counter

sys.path.insert(0, str(Path(__file__).parents[1]))

import notebooks
import slides
from benchmarks.markers import write_between

README = Path(__file__).with_name("README.md")
BEGIN, END = "<!-- table: written by lessons.py --write -->", "<!-- end of the table -->"


def timed(action):
    """Return the seconds that ``action`` takes."""
    start = perf_counter()
    action()
    return perf_counter() - start


def measured(path, folder):
    """Return (code cells, seconds to run, seconds to build the slides, their MB) of the lesson ``path``."""
    cells = sum(cell.cell_type == "code" for cell in notebooks.read(path).cells)
    run = timed(lambda: notebooks.executed(path))
    built = timed(lambda: slides.build([path], folder))
    return cells, run, built, (folder / f"{path.stem}.slides.html").stat().st_size / 1e6


def row(cells):
    return "| " + " | ".join(cells) + " |"


def table():
    """Return the Markdown that stands between the markers of README.md."""
    load = f", load {os.getloadavg()[0]:.1f} before the run" if hasattr(os, "getloadavg") else ""
    with tempfile.TemporaryDirectory() as folder:
        rows = {path.stem: measured(path, Path(folder)) for path in notebooks.select([])}
    lines = [row(["lesson", "code cells", "to run, s (at most 20)", "slides, s", "slides, MB (at most 12)"]), row(["---"] * 5)]
    lines += [row([name, str(n), f"{run:.1f}", f"{built:.1f}", f"{size:.1f}"]) for name, (n, run, built, size) in rows.items()]
    cells, run, built, size = map(sum, zip(*rows.values()))
    lines.append(row(["**together**", str(cells), f"**{run:.0f}** (at most 180)", f"**{built:.0f}** (at most 360)", f"{size:.1f}"]))
    machine = f"{platform.system()} on {platform.machine()}, {os.cpu_count()} processors{load}; Python {platform.python_version()}."
    return f"{machine}\n\n" + "\n".join(lines)


def main():
    command = argparse.ArgumentParser(description="Measure how long the lessons take to run, and their slides to build.")
    command.add_argument("--write", action="store_true", help="put the table into README.md")
    options = command.parse_args()
    text = table()
    print(text)
    if options.write:
        write_between(README, BEGIN, END, text)


if __name__ == "__main__":
    main()
