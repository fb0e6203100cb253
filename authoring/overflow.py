"""Find slides whose content does not fit, or that have no title: ``python authoring/overflow.py FILE.html ...``.

Every slide is measured in Chromium, with all fragments shown and all folded texts open, at two sizes of screen.
"""

import argparse
import sys
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import sync_playwright

from browser import launch

SCREENS = [(1280, 800), (1920, 1080)]

# Pixels are those of the slide, not of the screen. Less than 2 of them are a matter of rounding.
_MEASURE = """async () => {
  const tolerance = 2, readable = 240;
  const hidden = element => element.closest("aside.notes, mjx-assistive-mml, script, style, svg *");

  const ready = async slide => {
    slide.querySelectorAll(".fragment").forEach(fragment => fragment.classList.add("visible"));
    slide.querySelectorAll("details").forEach(details => { details.open = true; });
    await Promise.all([...slide.querySelectorAll("img")].map(image => image.decode()));
  };

  const boxes = slide => [...slide.querySelectorAll("div, p, pre, table, figure")]
    .filter(element => !hidden(element) && getComputedStyle(element).overflow !== "visible");

  // Content has to stay inside the slide's padding: the slide number and the arrows stand there.
  const leaves = slide => {
    const area = slide.getBoundingClientRect(), style = getComputedStyle(slide), scale = Reveal.getScale();
    const padding = side => parseFloat(style.getPropertyValue(`padding-${side}`));
    const boxed = new Set(boxes(slide).flatMap(box => [...box.querySelectorAll("*")]));
    const drawn = [...slide.querySelectorAll("*")]
      .filter(element => !hidden(element) && !boxed.has(element))
      .map(element => element.getBoundingClientRect())
      .filter(box => box.width && box.height);
    const over = side => {
      const sign = side === "right" || side === "bottom" ? 1 : -1;
      return Math.max(...drawn.map(box => sign * (box[side] - area[side]) / scale + padding(side)));
    };
    return ["right", "bottom", "left", "top"]
      .filter(side => over(side) >= tolerance)
      .map(side => `leaves the slide at the ${side} by ${Math.round(over(side))} px`);
  };

  const clipped = slide => boxes(slide)
    .map(element => [element, Math.max(element.scrollWidth - element.clientWidth, element.scrollHeight - element.clientHeight)])
    .filter(([, pixels]) => pixels >= tolerance)
    .map(([element, pixels]) => `is cut off by ${pixels} px: ${element.textContent.trim().replace(/\\s+/g, " ").slice(0, 40)}`);

  const squeezed = slide => [...slide.querySelectorAll(".jp-OutputArea-output > img, .mlp-film > img")]
    .map(image => [image.clientHeight, image.naturalHeight * Math.min(1, slide.clientWidth / image.naturalWidth)])
    .filter(([height, free]) => height < Math.min(readable, 0.8 * free))
    .map(([height]) => `leaves a figure only ${height} px of height, at least ${readable} are needed`);

  const faults = [];
  await document.fonts.ready;
  for (const [index, slide] of Reveal.getSlides().entries()) {
    const {h, v} = Reveal.getIndices(slide), heading = slide.querySelector("h1, h2, h3");
    Reveal.slide(h, v);
    await ready(slide);
    const title = heading ? heading.textContent.trim() : "";
    const untitled = title ? [] : ["has no title"];
    for (const problem of [...untitled, ...leaves(slide), ...clipped(slide), ...squeezed(slide)])
      faults.push([index + 1, title, problem]);
  }
  return faults;
}"""


class Fault(NamedTuple):
    """What is wrong with a slide; ``number`` counts from 1, as on the slide."""

    number: int
    title: str
    problem: str

    def __str__(self):
        return f"slide {self.number} ({self.title or 'no title'}) {self.problem}"


def overflowing(page):
    """Return the faults of the deck that is open in ``page``, at the size of its window."""
    page.wait_for_function("window.Reveal && Reveal.isReady()")
    return [Fault(*fault) for fault in page.evaluate(_MEASURE)]


def faults_by_screen(browser, path):
    """Yield (width, height, fault) for each fault of the deck ``path``."""
    for width, height in SCREENS:
        page = browser.new_page(viewport={"width": width, "height": height})
        page.goto(Path(path).resolve().as_uri())
        for fault in overflowing(page):
            yield width, height, fault
        page.close()


def main(arguments=None):
    """Print the faults of the decks named on the command line; return 1 when there are any."""
    parser = argparse.ArgumentParser(prog="overflow.py", description=__doc__)
    parser.add_argument("decks", nargs="+", metavar="FILE.html", type=Path)
    found = False
    with sync_playwright() as playwright, launch(playwright) as browser:
        for deck in parser.parse_args(arguments).decks:
            for width, height, fault in faults_by_screen(browser, deck):
                print(f"{deck.name} at {width}x{height}: {fault}")
                found = True
    return int(found)


if __name__ == "__main__":
    sys.exit(main())
