"""Lessons as handouts: for students, without solutions; the solutions apart; both also as PDF.

Nothing of a handout is for the instructor: the notes stand in the instructor's kit.
"""

import re

from nbconvert.preprocessors import ClearOutputPreprocessor

from notebooks import ROOT, has_tag, read, with_stored_outputs, write
from pages import page, print_pages

HANDOUTS = ROOT / "_build" / "handouts"
ANSWERS = r"Hint|Answer|\d\. "  # how a summary begins; lesson 0 folds each answer by itself, numbered


def build(paths, handouts=HANDOUTS, apart=True):
    """Write the handout of each source in ``paths``, and its solutions where they are to stand ``apart``, into ``handouts``.

    Both are notebooks without outputs.
    """
    handouts.mkdir(parents=True, exist_ok=True)
    for path in paths:
        parts = {path.stem: handout}
        if apart:
            parts[f"{path.stem}.solutions"] = solutions
        for name, part in parts.items():
            nb = without_outputs(part(read(path)))
            size = write(nb, handouts / f"{name}.ipynb")
            print(f"{name}: {len(nb.cells)} cells, {size / 1000:.0f} kB")


def build_pdf(paths, handouts=HANDOUTS):
    """Write both as PDF: with the outputs of the lesson, filmstrips in place of players."""
    handouts.mkdir(parents=True, exist_ok=True)
    print_pages(printed(paths, handouts))


def printed(paths, handouts):
    """Yield (HTML text, path) of each PDF. What is folded would stand open on paper: no hints there, nor answers to questions."""
    for path in paths:
        for name, part, folds in ((path.stem, handout, ANSWERS), (f"{path.stem}.solutions", solutions, "Hint")):
            nb = without_folds(without_checks(part(with_stored_outputs(path))), folds)
            yield page(nb), handouts / f"{name}.pdf"
            print(f"{name}.pdf")


def handout(nb):
    """Return ``nb``, changed in place, without its solutions and without the notes for the instructor."""
    nb.cells = [cell for cell in nb.cells if not has_tag(cell, "solution") and not _is_note(cell)]
    return nb


def solutions(nb):
    """Return ``nb``, changed in place, with its title, the tasks of its exercises and their solutions."""
    title, *rest = nb.cells
    text = [cell for cell in rest if has_tag(cell, "exercise") and cell.cell_type == "markdown" or has_tag(cell, "solution")]
    title.source = title.source.splitlines()[0] + ": solutions"
    nb.cells = [title, *text]
    return nb


def without_outputs(nb):
    """Return ``nb``, changed in place, as if it had never been executed."""
    return ClearOutputPreprocessor().preprocess(nb, {})[0]


def without_checks(nb):
    """Return ``nb``, changed in place, without the cells that check an answer: paper cannot."""
    nb.cells = [cell for cell in nb.cells if not has_tag(cell, "check")]
    return nb


def without_folds(nb, names):
    """Return ``nb``, changed in place, without the folded texts whose summary begins with one of ``names`` ("Hint|Answer")."""
    for cell in nb.cells:
        cell.source = re.sub(rf"<details><summary>(?:{names}).*?</details>\n*", "", cell.source, flags=re.DOTALL)
    return nb


def _is_note(cell):
    return cell.metadata.get("slideshow", {}).get("slide_type") == "notes"
