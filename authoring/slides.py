"""Lessons as slides: one HTML file each, with reveal.js, MathJax and all pictures inside, for halls without network."""

import time
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from nbconvert.exporters import SlidesExporter
from traitlets.config import Config

from notebooks import ROOT, LessonError, with_players

TEMPLATES = Path(__file__).resolve().parent / "templates"
SLIDES = ROOT / "_build" / "slides"
NOT_SHOWN = {"exercise", "check", "solution", "hint"}
OUTPUT_ONLY = {"figure"}  # the code that draws a picture would leave the picture no room

# What browsers need comes inside Python packages: (package, folder).
BROWSER_FILES = [
    ("sphinx-revealjs", "sphinx_revealjs/_static/revealjs"),
    ("django-static-mathjax", "mathjax/static/mathjax"),
]


def build(paths, slides=SLIDES):
    """Write the slides of each source in ``paths`` into the folder ``slides``."""
    slides.mkdir(parents=True, exist_ok=True)
    for path in paths:
        start = time.perf_counter()
        page = deck(with_players(path))
        (slides / f"{path.stem}.slides.html").write_text(page, encoding="utf-8", newline="\n")
        print(f"{path.stem}: {time.perf_counter() - start:.1f} s, {len(page.encode()) / 1000:.0f} kB")


def deck(nb):
    """Return the executed notebook ``nb`` as the text of one HTML file."""
    nb.metadata.title = _title(nb)
    page, _ = _exporter().from_notebook_node(nb)
    return page


def _title(nb):
    """Return the first heading of ``nb``."""
    lines = [line for cell in nb.cells if cell.cell_type == "markdown" for line in cell.source.splitlines()]
    return next((line.lstrip("# ") for line in lines if line.startswith("#")), "Slides")


def _exporter():
    config = Config()
    config.TagRemovePreprocessor.enabled = True
    config.TagRemovePreprocessor.remove_cell_tags = NOT_SHOWN
    config.TagRemovePreprocessor.remove_input_tags = OUTPUT_ONLY
    return SlidesExporter(
        config=config,
        template_name="mlp-slides",
        extra_template_basedirs=[str(TEMPLATES)],
        extra_template_paths=[_folder(*files) for files in BROWSER_FILES],
        exclude_input_prompt=True,
        exclude_output_prompt=True,
        exclude_anchor_links=True,
    )


def _folder(package, folder):
    """Return where ``folder`` of the installed ``package`` is; the package itself is not imported."""
    try:
        return str(distribution(package).locate_file(folder))
    except PackageNotFoundError:
        raise LessonError(f"slides need the package {package}: pip install 'mlp_course[authoring]'") from None
