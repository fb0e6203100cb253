"""Handouts: what a student gets from an instructor has every exercise, no solution and no output."""

import copy
import re

import build
import handouts
import nbformat
import notebooks
import pytest

SOURCES = notebooks.select([])
each_lesson = pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)


def solutions(nb):
    return [cell for cell in nb.cells if notebooks.has_tag(cell, "solution")]


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    folder = tmp_path_factory.mktemp("handouts")
    handouts.build(SOURCES, folder)
    return {path.stem: nbformat.read(folder / f"{path.stem}.ipynb", as_version=4) for path in SOURCES}


@each_lesson
def test_no_solution_survives(built, path):
    text = "\n".join(cell.source for cell in built[path.stem].cells)
    source = notebooks.read(path)
    assert len(solutions(source)) > 3 and solutions(built[path.stem]) == []
    assert "# solution" not in text and not re.search(r"_solution\b", text)
    for cell in solutions(source):
        assert cell.source not in text


@each_lesson
def test_everything_else_is_there_and_empty_of_outputs(built, path):
    nb, source = built[path.stem], notebooks.read(path)
    kept = [cell.source for cell in source.cells if not notebooks.has_tag(cell, "solution")]
    assert [cell.source for cell in nb.cells] == kept
    assert all(cell.outputs == [] and cell.execution_count is None for cell in nb.cells if cell.cell_type == "code")
    nbformat.validate(nb)


@each_lesson
def test_a_handout_runs_from_top_to_bottom_without_its_solutions(built, path):
    nb = notebooks.execute(copy.deepcopy(built[path.stem]), path.stem)
    last = next(cell for cell in reversed(nb.cells) if notebooks.has_tag(cell, "check"))
    assert "0 of " in last.outputs[0].data["text/plain"], "nothing is solved yet"


def test_outputs_of_an_executed_notebook_are_cleared():
    code = nbformat.v4.new_code_cell("1 + 1", execution_count=1, outputs=[nbformat.v4.new_output("stream", text="2")])
    answer = nbformat.v4.new_code_cell("# solution", metadata={"tags": ["solution"]})
    (cell,) = handouts.handout(nbformat.v4.new_notebook(cells=[code, answer])).cells
    assert cell.source == "1 + 1" and cell.outputs == [] and cell.execution_count is None


def test_the_command_line_knows_handouts(tmp_path, monkeypatch, capsys):
    monkeypatch.setitem(build.FACES, "handout", (lambda paths: handouts.build(paths, tmp_path), ""))
    assert build.main(["handout", "01"]) == 0
    assert [file.name for file in tmp_path.iterdir()] == ["01_neuron.ipynb"]
    assert capsys.readouterr().out.startswith("01_neuron: ")
