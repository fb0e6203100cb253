"""Handouts: what a student gets from an instructor has every exercise, no solution and no output; solutions apart; PDF."""

import ast
import copy
import re

import build
import handouts
import nbformat
import notebooks
import pages
import pytest
from browser import chromium_path

SOURCES = notebooks.select([])
each_lesson = pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)


def solutions(nb):
    return [cell for cell in nb.cells if notebooks.has_tag(cell, "solution")]


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    folder = tmp_path_factory.mktemp("handouts")
    handouts.build(SOURCES, folder)
    return {"folder": folder, **{path.stem: nbformat.read(folder / f"{path.stem}.ipynb", as_version=4) for path in SOURCES}}


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
    kept = [cell.source for cell in source.cells if not notebooks.has_tag(cell, "solution") and "For the instructor" not in cell.source]
    assert [cell.source for cell in nb.cells] == kept
    assert all(cell.outputs == [] and cell.execution_count is None for cell in nb.cells if cell.cell_type == "code")
    nbformat.validate(nb)


def bound(source):
    """Return the names that a cell gives a value."""
    nodes = list(ast.walk(ast.parse(source)))
    names = {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    names |= {node.name for node in nodes if isinstance(node, (ast.FunctionDef, ast.ClassDef))}
    return names | {alias.asname or alias.name for node in nodes if isinstance(node, (ast.Import, ast.ImportFrom)) for alias in node.names}


def read_by(source):
    return {node.id for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)}


@each_lesson
def test_no_other_cell_needs_what_only_a_solution_defines(built, path):
    """The lessons themselves are run from top to bottom by nbval; what a handout lacks is the solutions alone."""
    rest = [cell.source for cell in built[path.stem].cells if cell.cell_type == "code"]
    code = [cell.source for cell in solutions(notebooks.read(path)) if cell.cell_type == "code"]
    only_there = set().union(*map(bound, code)) - set().union(*map(bound, rest))
    assert any(name.endswith("_solution") for name in only_there) or path.stem == "00_start_here"
    assert only_there & set().union(*map(read_by, rest)) == set()


@pytest.mark.parametrize("path", SOURCES[:2], ids=lambda path: path.stem)
def test_a_handout_runs_from_top_to_bottom_without_its_solutions(built, path):
    nb = notebooks.execute(copy.deepcopy(built[path.stem]), path.stem)
    last = next(cell for cell in reversed(nb.cells) if notebooks.has_tag(cell, "check"))
    assert "0 of " in last.outputs[0].data["text/plain"], "nothing is solved yet"


@each_lesson
def test_the_solutions_stand_apart_each_below_its_task(built, path):
    nb, source = nbformat.read(built["folder"] / f"{path.stem}.solutions.ipynb", as_version=4), notebooks.read(path)
    assert [cell.source for cell in solutions(nb)] == [cell.source for cell in solutions(source)]
    tasks = [cell.source for cell in source.cells if cell.cell_type == "markdown" and notebooks.has_tag(cell, "exercise")]
    assert [cell.source for cell in nb.cells if notebooks.has_tag(cell, "exercise")] == tasks
    assert nb.cells[0].source.startswith("# ") and nb.cells[0].source.endswith(": solutions")


def test_outputs_of_an_executed_notebook_are_cleared():
    code = nbformat.v4.new_code_cell("1 + 1", execution_count=1, outputs=[nbformat.v4.new_output("stream", text="2")])
    answer = nbformat.v4.new_code_cell("# solution", metadata={"tags": ["solution"]})
    (cell,) = handouts.without_outputs(handouts.handout(nbformat.v4.new_notebook(cells=[code, answer]))).cells
    assert cell.source == "1 + 1" and cell.outputs == [] and cell.execution_count is None


def test_the_command_line_knows_handouts(tmp_path, monkeypatch, capsys):
    monkeypatch.setitem(build.FACES, "handout", (lambda paths: handouts.build(paths, tmp_path), ""))
    assert build.main(["handout", "01"]) == 0
    assert {file.name for file in tmp_path.iterdir()} == {"01_neuron.ipynb", "01_neuron.solutions.ipynb"}
    assert capsys.readouterr().out.startswith("01_neuron: ")


# On paper


@each_lesson
def test_paper_shows_no_hint_no_answer_and_no_check(path):
    texts = {pdf.name: text for text, pdf in handouts.printed([path], handouts.HANDOUTS)}
    handout, solved = texts[f"{path.stem}.pdf"], texts[f"{path.stem}.solutions.pdf"]
    numbers = [cell.source for cell in notebooks.read(path).cells if re.search(r"<summary>\d\. ", cell.source)]
    assert bool(numbers) == (path.stem == "00_start_here"), "numbered answers of lesson 0"
    assert not re.search(r"<summary>\d\. ", handout)
    for text in (handout, solved):
        assert "<summary>Hint" not in text and "not attempted yet" not in text and "For the instructor" not in text
    assert "<summary>Answer" not in handout and ("<summary>Answers" in solved or path.stem == "00_start_here")
    faces = sum("mlp-face" in str(cell.get("outputs")) for cell in notebooks.with_stored_outputs(path).cells)
    assert handout.count('class="mlp-face"') == faces and "mlp-face mlp-film" not in handout
    assert not re.search(r"\w_solution\b", handout)


def test_a_page_folds_what_a_notebook_folds():
    """Solutions, and what answers a prediction; nothing else is folded by the page itself."""
    (path,) = notebooks.select(["01"])
    nb = notebooks.with_stored_outputs(path)
    text = pages.page(nb)
    for folded, words in ((solutions(nb), "Solution"), ([cell for cell in nb.cells if notebooks.has_tag(cell, "predict")], "What it shows")):
        code = [cell for cell in folded if cell.cell_type == "code"]
        assert code and text.count(f"<details><summary>{words}</summary>") == len(code)


@pytest.mark.skipif(chromium_path() is None, reason="no Chromium here: set MLP_COURSE_CHROMIUM or install one")
def test_a_page_is_printed_with_its_formulas_and_its_title(tmp_path):
    nb = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("# Paper\n\n$$\\frac{1}{2}$$")])
    pages.print_pages([(pages.page(nb), tmp_path / "paper.pdf")])
    data = (tmp_path / "paper.pdf").read_bytes()
    assert data.startswith(b"%PDF") and b"/MarkInfo" in data, "a tagged PDF can be read aloud"
