"""Lessons as notebooks: text in ``authoring/lessons`` is executed and written to ``lessons``, with its outputs.

The source is MyST text, read by jupytext in one direction. A second run changes no byte.
"""

import copy
import hashlib
import os
import re
import tempfile
import time
from collections import Counter
from pathlib import Path

import jupytext
import nbformat
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbclient.exceptions import CellControlSignal, DeadKernelError
from nbconvert.filters import strip_ansi
from tqdm import tqdm

ROOT = Path(__file__).resolve().parents[1]
SOURCES = ROOT / "authoring" / "lessons"
LESSONS = ROOT / "lessons"
LIMIT = 1_500_000  # bytes of one notebook
WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
METADATA = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {"file_extension": ".py", "mimetype": "text/x-python", "name": "python"},
}


class LessonError(Exception):
    """A lesson cannot be built; the message names the lesson and what to mend."""


def select(names, sources=SOURCES):
    """Return the paths of the lessons called ``names`` (``01_neuron`` or ``01``), of all when there are none."""
    paths = sorted(sources.glob("*.md"))
    chosen = {path for name in names for path in _called(name, paths)}
    return sorted(chosen) if names else paths


def _called(name, paths):
    found = [path for path in paths if name in (path.stem, path.stem.split("_")[0])]
    if not found:
        known = ", ".join(path.stem for path in paths)
        raise LessonError(f"there is no lesson {name!r}; the lessons are: {known}")
    return found


# From text to a notebook


def read(path):
    """Return the source ``path`` as a notebook that is not executed, with the ids and metadata it will keep."""
    nb = jupytext.read(path, fmt="md:myst")
    nb.metadata = nbformat.from_dict(METADATA)
    seen = Counter()
    for cell in nb.cells:
        cell.id = _stable_id(cell.source, seen)
        if cell.cell_type == "code" and has_tag(cell, "solution"):
            cell.metadata["jupyter"] = {"source_hidden": True}
        if has_tag(cell, "predict"):  # a prediction whose answer stands below it is none
            cell.metadata["jupyter"] = {"outputs_hidden": True}
    return nb


def has_tag(cell, tag):
    """Return whether ``cell`` carries ``tag``."""
    return tag in cell.metadata.get("tags", [])


def _stable_id(source, seen):
    """Return a short hash of ``source``, numbered from the second time that it occurs."""
    name = hashlib.sha256(source.encode()).hexdigest()[:8]
    seen[name] += 1
    return name if seen[name] == 1 else f"{name}-{seen[name]}"


# From a notebook to its outputs


def executed(path, player="live"):
    """Return the source ``path`` as a notebook with its outputs; ``player`` is "live" or "html" (slides, pages)."""
    return execute(read(path), path.stem, player)


def with_players(path, lessons=LESSONS):
    """Return the source ``path`` with its outputs, and an HTML player wherever the notebook shows a static face.

    Where the outputs are the stored ones, only the cells with a player are executed again (they stand alone).
    """
    nb = _stored(path, lessons)
    if nb is None:
        return executed(path, player="html")
    players = [cell for cell in _code_cells(nb) if any("mlp-face" in str(output.get("data")) for output in cell.outputs)]
    again = execute(nbformat.v4.new_notebook(cells=copy.deepcopy(players)), path.stem, player="html")
    for cell, new in zip(players, again.cells):
        cell.outputs = new.outputs
    return nb


def with_stored_outputs(path, lessons=LESSONS):
    """Return the source ``path`` with the outputs of its notebook; a notebook out of step is executed."""
    return _stored(path, lessons) or executed(path)


def _stored(path, lessons):
    """Return the source ``path`` with the outputs that its notebook in ``lessons`` holds; None when the two are out of step."""
    nb, stored = read(path), lessons / path.name.replace(".md", ".ipynb")
    cells = {cell.id: cell for cell in nbformat.read(stored, as_version=4).cells} if stored.exists() else {}
    if set(cells) != {cell.id for cell in nb.cells}:
        return None
    for cell in _code_cells(nb):
        cell.outputs, cell.execution_count = cells[cell.id].outputs, cells[cell.id].execution_count
    return nb


def execute(nb, name, player="live"):
    """Execute ``nb``, the lesson ``name``, in place and return it; a cell that fails raises ``LessonError``."""
    with tempfile.TemporaryDirectory() as home:
        _run(nb, name, Path(home), player)
    nb.metadata = nbformat.from_dict(METADATA)
    for cell in _code_cells(nb):
        _refuse_stderr(cell, name)
        cell.outputs = [output for output in map(_clean, cell.outputs) if output is not None]
    return nb


def _code_cells(nb):
    return [cell for cell in nb.cells if cell.cell_type == "code"]


def _run(nb, name, home, player):
    """Execute ``nb`` in place: this interpreter's kernel, in an empty folder, so that nothing lies beside a lesson."""
    folder = home / "lesson"
    folder.mkdir()
    kernel = AsyncKernelManager(kernel_spec_manager=KernelSpecManager(kernel_dirs=[]))
    with tqdm(total=len(_code_cells(nb)), desc=name, unit="cell") as progress:
        client = NotebookClient(
            nb,
            km=kernel,
            timeout=120,
            store_widget_state=False,
            record_timing=False,
            coalesce_streams=True,
            extra_arguments=["--log-level=ERROR"],  # the kernel's own remarks would break the progress bar
            resources={"metadata": {"path": str(folder)}},
            on_cell_executed=lambda **_: progress.update(),
        )
        try:
            client.execute(cleanup_kc=True, env=_environment(home, player))
        except (CellControlSignal, DeadKernelError) as error:
            raise LessonError(f"{name}: {strip_ansi(str(error)).strip()}") from None


def _environment(home, player):
    """Return the kernel's environment: no settings of the author, and import paths that hold in any folder."""
    paths = [os.path.abspath(path) for path in os.environ.get("PYTHONPATH", "").split(os.pathsep) if path]
    return {
        **os.environ,
        "IPYTHONDIR": str(home / "ipython"),
        "MLP_COURSE_PLAYER": player,
        "PYTHONPATH": os.pathsep.join(paths),
    }


def _refuse_stderr(cell, name):
    for output in cell.outputs:
        if output.get("name") == "stderr":
            raise LessonError(f"{name}: a cell writes to stderr\n\n{cell.source}\n\n{output.text.strip()}")


def _clean(output):
    """Return ``output`` without a widget's view and without paths in a traceback; None when nothing is left."""
    if output.output_type == "error":
        output.traceback = _short_traceback(output)
    if WIDGET_VIEW in output.get("data", {}):
        del output.data[WIDGET_VIEW]
        output.metadata.pop(WIDGET_VIEW, None)
        return output if output.data else None
    return output


def _short_traceback(error):
    """Return the line of the cell that raised (IPython's arrow marks it) and what it raised."""
    arrow = re.search(r"^-+> \d+ .*$", strip_ansi("\n".join(error.traceback)), re.MULTILINE)
    return [*([arrow[0]] if arrow else []), f"{error.ename}: {error.evalue}"]


# Files


def build(paths, lessons=LESSONS):
    """Write the notebook of each source in ``paths`` into the folder ``lessons``."""
    for path in paths:
        start = time.perf_counter()
        size = write(executed(path), lessons / f"{path.stem}.ipynb")
        print(f"{path.stem}: {time.perf_counter() - start:.1f} s, {size / 1000:.0f} kB")


def write(nb, path):
    """Write ``nb`` to ``path`` when its bytes differ from what is there, and return how many there are."""
    nbformat.validate(nb)
    data = (nbformat.writes(nb).rstrip("\n") + "\n").encode()
    if len(data) > LIMIT:
        raise LessonError(f"{path.stem}: the notebook has {len(data)} bytes, at most {LIMIT} are allowed")
    if not path.exists() or path.read_bytes() != data:
        path.write_bytes(data)
    return len(data)
