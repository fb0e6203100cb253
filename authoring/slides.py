"""Lessons as slides: one HTML file each, with reveal.js, MathJax and all pictures inside, for halls without network."""

import time

from nbconvert.exporters import SlidesExporter

from exporters import MATHJAX, REVEAL, exporter, licenses, title
from notebooks import ROOT, with_players

SLIDES = ROOT / "_build" / "slides"
OTHERS = ("marked",)  # part of reveal.js's speaker notes
NOT_SHOWN = {"exercise", "check", "solution", "hint"}


def build(paths, slides=SLIDES):
    """Write the slides of each source in ``paths`` into the folder ``slides``."""
    slides.mkdir(parents=True, exist_ok=True)
    for path in paths:
        start = time.perf_counter()
        page = deck(with_players(path))
        (slides / f"{path.stem}.slides.html").write_text(page, encoding="utf-8", newline="\n")
        print(f"{path.stem}: {time.perf_counter() - start:.1f} s, {len(page.encode()) / 1000:.0f} kB")


def deck(nb, assets=""):
    """Return the executed notebook ``nb`` as the text of one HTML file; on the site, ``assets`` is where shared files are."""
    nb.metadata.title = title(nb)
    files = (REVEAL, MATHJAX)
    resources = {"licenses": licenses(files, OTHERS), "assets": assets}
    text, _ = exporter(SlidesExporter, "mlp-slides", NOT_SHOWN, files).from_notebook_node(nb, resources)
    return text
