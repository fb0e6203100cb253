"""How fast the explorers answer: ``python authoring/benchmarks/explorers.py [--write]``.

Two parts, in one run. In Python alone: how long the first frame takes after a change, how long one frame takes to draw
and encode, how long a film that is kept takes, how large a film is. In JupyterLab in a real browser: how long a student
waits from a key to the first new picture, how many different pictures a second a dragged slider shows, and how many
pictures of a screencast are blank. ``--write`` puts the tables into EXPLORERS.md beside this file.
"""

import argparse
import base64
import io
import os
import platform
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path
from statistics import median
from time import perf_counter

import numpy as np
from PIL import Image

from mlp_course import explorers
from mlp_course.film import Camera

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.markers import write_between

PAGE = Path(__file__).with_name("EXPLORERS.md")
BEGIN, END = "<!-- tables: written by explorers.py --write -->", "<!-- end of tables -->"
CALLS = {
    "decision boundary": explorers.boundary_explorer,
    "vanishing gradients, at the start": lambda: explorers.vanishing_explorer("start"),
    "vanishing gradients, in training": lambda: explorers.vanishing_explorer("training"),
    "vanishing gradients, by initialization": lambda: explorers.vanishing_explorer("initialization"),
    "zero-init symmetry": explorers.symmetry_explorer,
    "softmax": explorers.softmax_explorer,
    "depth": explorers.depth_explorer,
}
ROUNDS = 5


def timed(action):
    """Return the seconds that ``action`` takes, and what it returns."""
    start = perf_counter()
    result = action()
    return perf_counter() - start, result


def first_frame(explorer, settings):
    """Return the seconds from a request for ``settings`` to its first frame, and the camera that took it."""

    def shoot():
        scene = explorer._scene_of(settings)
        camera = Camera(scene)
        camera.shoot(0)
        return scene, camera

    return timed(shoot)


def in_python(explorer):
    """Return [first frame in s, one frame in ms, a kept film in ms, size of the film in MB] at the explorer's opening."""
    settings = explorer.settings()
    firsts = [first_frame(explorer, settings) for _ in range(ROUNDS)]
    scene, camera = firsts[-1][1]
    frames = [timed(lambda k=k: camera.shoot(k)) for k in range(scene.count)]
    size = sum(len(base64.b64encode(picture)) for _, picture in frames) / 1e6
    explorer.same_start()
    explorer.wait()
    kept = median(timed(lambda: (explorer.same_start(), explorer.wait()))[0] for _ in range(ROUNDS))
    return [median(seconds for seconds, _ in firsts), 1e3 * median(seconds for seconds, _ in frames), 1e3 * kept, size]


def largest(explorer):
    """Return the most MB that the film of one of the presets has, and the longest wait for its first frame, in s."""
    waits, sizes = [], []
    for preset in explorer.presets:
        seconds, (scene, camera) = first_frame(explorer, preset.settings)
        waits.append(seconds)
        sizes.append(sum(len(base64.b64encode(camera.shoot(k))) for k in range(scene.count)) / 1e6)
    return max(sizes), max(waits)


# In the browser

# Notes each new picture of the first player with its time, at every frame that the browser draws.
WATCH = """() => {
    window.shown = []; window.watching = true;
    const look = () => { if (!window.watching) return;
        const image = [...document.querySelectorAll('.mlp-live img')].find(each => each.offsetParent !== null);
        const alt = image ? image.alt : '';
        if (!window.shown.length || window.shown.at(-1)[1] !== alt) window.shown.push([performance.now(), alt]);
        requestAnimationFrame(look); };
    requestAnimationFrame(look); }"""


def in_browser():
    """Return [wait for a new film, wait for a kept film, different pictures a second, pictures and blanks of a screencast]."""
    import lab
    import notebooks
    import jupytext
    from browser import launch
    from playwright.sync_api import sync_playwright

    text = "```{code-cell} ipython3\nfrom mlp_course.explorers import boundary_explorer\n\nboundary_explorer()\n```\n"
    home = Path(tempfile.mkdtemp())
    with lab.started(home) as address, sync_playwright() as playwright:
        notebooks.write(notebooks.execute(jupytext.reads(text, fmt="md:myst"), "explorers"), home / "copy" / "explorers.ipynb")
        browser = launch(playwright)
        page = lab.new_page(browser)
        lab.open_notebook(page, address, "explorers")
        cell = lab.show_cell(page, "boundary_explorer")
        lab.command(page, "notebook:run-cell")
        page.wait_for_function(lab.FRAME)
        page.wait_for_function(lab.READY)
        units = cell.get_by_text("units", exact=True).locator("..").locator(".noUi-handle")
        waits = [waited(page, lab, units, key) for key in ("ArrowLeft", "ArrowLeft", "ArrowLeft")]
        kept = [waited(page, lab, units, key) for key in ("ArrowRight", "ArrowRight", "ArrowLeft", "ArrowLeft")]
        rate = different(page, cell)
        pictures, blanks = screencast(page, cell)
        browser.close()
    return [median(waits), 1e3 * median(kept), rate, pictures, blanks]


def waited(page, lab, handle, key):
    """Return the seconds from a key on ``handle`` to the first new picture."""
    page.wait_for_function(lab.READY)
    before = page.evaluate(lab.FRAME)
    handle.focus()
    page.evaluate("() => { window.pressed = null; addEventListener('keydown', () => { window.pressed ??= performance.now() }, true) }")
    page.keyboard.press(key)
    page.wait_for_function(f"before => (({lab.CHANGED})(before)) && (window.changed ??= performance.now())", arg=before)
    seconds = page.evaluate("() => { const wait = window.changed - window.pressed; window.changed = null; return wait / 1e3 }")
    page.wait_for_function(lab.READY)
    return seconds


# Moves the pointer to and fro by 8 pixels each time that the browser draws: faster than a driver can send events.
MOVE = """async ([x, y]) => {
    const drawn = () => new Promise(requestAnimationFrame);
    for (let k = 1; k <= 120; k++) {
        const away = 8 * (30 - Math.abs(k % 60 - 30));
        document.documentElement.dispatchEvent(
            new MouseEvent('mousemove', {clientX: x + away, clientY: y, buttons: 1, bubbles: true}));
        await drawn(); } }"""


def drag(page, handle, pixels, steps):
    box = handle.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    for step in range(1, steps + 1):
        page.mouse.move(x + pixels * step / steps, y)
    page.mouse.up()


def different(page, cell):
    """Return how many different pictures a second the player shows while its slider is dragged to and fro."""
    handle = cell.locator(".noUi-handle").last
    handle.focus()
    page.keyboard.press("Home")
    box = handle.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.evaluate(WATCH)
    page.evaluate(MOVE, [x, y])
    page.evaluate("() => { window.watching = false }")
    page.mouse.up()
    shown = page.evaluate("() => window.shown")
    return 1e3 * (len(shown) - 1) / (shown[-1][0] - shown[0][0])


def screencast(page, cell):
    """Return how many pictures a screencast of a drag has, and how many of them are blank where the player is."""
    handle, picture = cell.locator(".noUi-handle").last, cell.locator(".mlp-live img").first
    box, taken = picture.bounding_box(), []
    session = page.context.new_cdp_session(page)

    def keep(event):
        taken.append(event["data"])
        session.send("Page.screencastFrameAck", {"sessionId": event["sessionId"]})

    session.on("Page.screencastFrame", keep)
    session.send("Page.startScreencast", {"format": "png", "everyNthFrame": 1})
    for pixels in (240, -240) * 3:
        drag(page, handle, pixels, 30)
    session.send("Page.stopScreencast")
    session.remove_listener("Page.screencastFrame", keep)
    session.detach()
    corner = int(box["x"]), int(box["y"])
    visible = (*corner, int(box["x"] + box["width"]), int(min(box["y"] + box["height"], 740)))
    pixels = [np.asarray(Image.open(io.BytesIO(base64.b64decode(data))).convert("L").crop(visible)) for data in taken]
    return len(pixels), sum(each.std() < 5 for each in pixels)


# The page


def row(cells):
    return "| " + " | ".join(cells) + " |"


def tables():
    """Return the Markdown that stands between the markers of EXPLORERS.md."""
    load = f", load {os.getloadavg()[0]:.1f} before the run" if hasattr(os, "getloadavg") else ""
    packages = ", ".join(f"{name} {version(name)}" for name in ("numpy", "matplotlib", "ipywidgets", "jupyterlab"))
    head = ["explorer", "first frame, s (at most 1.0)", "one frame, ms (at most 35)", "kept film, ms (at most 100)", "film, MB (at most 1.5)",
            "largest film of a preset, MB", "longest first frame of a preset, s"]  # fmt: skip
    lines = [row(head), row(["---"] * len(head))]
    for name, call in CALLS.items():
        explorer = call()
        numbers = [*in_python(explorer), *largest(explorer)]
        lines.append(row([name, *(f"{number:.{digits}f}" for number, digits in zip(numbers, (2, 0, 0, 2, 2, 2)))]))
    wait, kept, rate, pictures, blanks = in_browser()
    browser = [
        row(["in JupyterLab, decision boundary", "measured", "wanted"]), row(["---"] * 3),
        row(["from a key to the first new picture", f"{wait:.2f} s", "at most 1.0 s"]),
        row(["the same, film kept", f"{kept:.0f} ms", "at most 100 ms"]),
        row(["different pictures a second, dragged", f"{rate:.0f}", "at least 30"]),
        row(["blank pictures in a screencast", f"{blanks} of {pictures}", "0"]),
    ]  # fmt: skip
    machine = f"{platform.system()} on {platform.machine()}, {os.cpu_count()} processors{load}; Python {platform.python_version()}, {packages}."
    return "\n\n".join([machine, "\n".join(lines), "\n".join(browser)])


def main():
    command = argparse.ArgumentParser(description="Measure how fast the explorers answer.")
    command.add_argument("--write", action="store_true", help="put the tables into EXPLORERS.md")
    options = command.parse_args()
    text = tables()
    print(text)
    if options.write:
        write_between(PAGE, BEGIN, END, text)


if __name__ == "__main__":
    main()
