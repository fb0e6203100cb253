"""Lessons as handouts: notebooks for students, without solutions and without outputs."""

from nbconvert.preprocessors import ClearOutputPreprocessor, TagRemovePreprocessor

from notebooks import ROOT, read, write

HANDOUTS = ROOT / "_build" / "handouts"


def build(paths, handouts=HANDOUTS):
    """Write the handout of each source in ``paths`` into the folder ``handouts``."""
    handouts.mkdir(parents=True, exist_ok=True)
    for path in paths:
        nb = handout(read(path))
        size = write(nb, handouts / f"{path.stem}.ipynb")
        print(f"{path.stem}: {len(nb.cells)} cells, {size / 1000:.0f} kB")


def handout(nb):
    """Return ``nb``, changed in place, without the cells tagged ``solution`` and without outputs."""
    for preprocessor in (TagRemovePreprocessor(remove_cell_tags={"solution"}), ClearOutputPreprocessor()):
        nb, _ = preprocessor.preprocess(nb, {})
    return nb
