"""What the HTML faces of the lessons share: our templates, and what browsers need, which comes inside Python packages."""

from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from traitlets.config import Config

from notebooks import LessonError

TEMPLATES = Path(__file__).resolve().parent / "templates"
OUTPUT_ONLY = {"figure"}  # the code that draws a picture would leave the picture no room

# What comes inside Python packages: (name, package, folder).
REVEAL = ("reveal.js", "sphinx-revealjs", "sphinx_revealjs/_static/revealjs")
MATHJAX = ("MathJax", "django-static-mathjax", "mathjax/static/mathjax")
LICENSES = Path(__file__).resolve().parent / "licenses"  # of what comes without its own


def exporter(kind, template, without, browser_files=(MATHJAX,), anchors=False):
    """Return an nbconvert exporter of class ``kind`` with one of our templates, without the cells tagged ``without``.

    With ``anchors`` a heading can be the end of a link; the sign that would lead to itself is empty.
    """
    config = Config()
    config.TagRemovePreprocessor.enabled = True
    config.TagRemovePreprocessor.remove_cell_tags = set(without)
    config.TagRemovePreprocessor.remove_input_tags = OUTPUT_ONLY
    return kind(
        config=config,
        template_name=template,
        extra_template_basedirs=[str(TEMPLATES)],
        extra_template_paths=[str(folder_of(*files)) for files in browser_files],
        exclude_input_prompt=True,
        exclude_output_prompt=True,
        exclude_anchor_links=not anchors,
        anchor_link_text="",
    )


def licenses(browser_files, others=()):
    """Return the licence texts of ``browser_files``, which every HTML file that holds them carries, and of ``others``."""
    paths = [(name, folder_of(name, *place) / "LICENSE") for name, *place in browser_files]
    paths += [(name, LICENSES / f"{name}.txt") for name in others]
    texts = [(name, path.read_text(encoding="utf-8")) for name, path in paths]
    return "\n\n".join(f"{name}\n\n{text.strip()}" for name, text in texts)


def folder_of(name, package, folder):
    """Return where ``folder`` of the installed ``package`` is; the package itself is not imported."""
    try:
        return Path(distribution(package).locate_file(folder))
    except PackageNotFoundError:
        raise LessonError(f"{name} comes with the package {package}: pip install 'mlp_course[authoring]'") from None


def title(nb):
    """Return the first heading of ``nb``."""
    return next(filter(None, (heading(cell) for cell in nb.cells if cell.cell_type == "markdown")), "Lesson")


def heading(cell):
    """Return the first heading of a text ``cell``, or ""."""
    return next((line.lstrip("# ") for line in cell.source.splitlines() if line.startswith("#")), "")
