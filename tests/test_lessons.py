"""What every lesson owes its readers: the ledger is taught, cells are tagged, slides fit, words are few."""

import csv
import importlib
import re
from collections import Counter
from pathlib import Path

import jupytext
import pytest

AUTHORING = Path(__file__).parents[1] / "authoring"
SOURCES = sorted((AUTHORING / "lessons").glob("*.md"))
LESSONS = {path.stem: jupytext.read(path).cells for path in SOURCES}
LEDGER = list(csv.DictReader((AUTHORING / "ledger.csv").read_text(encoding="utf-8").splitlines()))
COURSE = (
    "00_start_here", "01_neuron", "02_vectorization", "03_activations", "04_gradient_descent", "05a_graph",
    "05b_backpropagation", "05c_jacobians", "06_initialization", "07_multiclass", "08_why_deep", "corrections",
)  # fmt: skip

each_lesson = pytest.mark.parametrize("name", LESSONS)


def tags(cell):
    return set(cell.metadata.get("tags", ()))


def slide_type(cell):
    return cell.metadata.get("slideshow", {}).get("slide_type")


def before_the_exercises(name):
    cells = LESSONS[name]
    end = next(i for i, cell in enumerate(cells) if cell.source.startswith("# Exercises"))
    return cells[:end]


def borne(name):
    return [row for cell in LESSONS[name] for row in cell.metadata.get("ledger", ())]


def test_the_ledger_is_whole():
    assert len(LEDGER) == len({row["id"] for row in LEDGER}) == 309
    verdicts = Counter(row["verdict"] for row in LEDGER)
    assert verdicts == {"correct": 142, "convention": 58, "ocr": 23, "doubtful": 16, "wrong": 54, "named only": 16}
    assert {row["lesson"] for row in LEDGER} <= set(COURSE)
    assert all(row["fact"].strip() and row["family"].strip() for row in LEDGER)


@each_lesson
def test_a_lesson_bears_every_row_that_is_its_own(name):
    owed = {row["id"] for row in LEDGER if row["lesson"] == name and row["verdict"] != "named only"}
    assert owed - set(borne(name)) == set(), f"{name} does not teach these rows"


@each_lesson
def test_a_cell_bears_few_rows_and_only_its_lesson_s(name):
    own = {row["id"] for row in LEDGER if row["lesson"] == name}
    assert set(borne(name)) <= own and len(borne(name)) == len(set(borne(name)))
    assert max((len(cell.metadata.get("ledger", ())) for cell in LESSONS[name]), default=0) <= 4


def test_every_error_of_the_notes_is_corrected_once_in_the_lesson_of_corrections():
    corrected = [row for cell in LESSONS["corrections"] for row in cell.metadata.get("corrects", ())]
    assert sorted(corrected) == sorted(row["id"] for row in LEDGER if row["verdict"] == "wrong")
    assert max(len(cell.metadata.get("corrects", ())) for cell in LESSONS["corrections"]) <= 4


@each_lesson
def test_every_cell_says_for_which_class_it_is(name):
    kinds = [tags(cell) & {"core", "extension", "solution"} for cell in LESSONS[name]]
    assert [LESSONS[name][i].source[:60] for i, kind in enumerate(kinds) if len(kind) != 1] == []


@each_lesson
def test_a_solution_is_off_the_slides_and_follows_an_exercise(name):
    cells = LESSONS[name]
    for i, cell in enumerate(cells):
        if tags(cell) & {"solution", "exercise", "check"}:
            assert slide_type(cell) == "skip", cell.source[:60]
        if "solution" in tags(cell):
            assert tags(cells[i - 1]) & {"exercise", "check"}, cell.source[:60]
            assert cell.cell_type == "markdown" or "assert" in cell.source, "a solution ends with its own check"


def catalogue(name):
    return importlib.import_module(f"mlp_course.exercises.lesson_{name.split('_')[0]}")


def checked(cell):
    """Return the name X of a check cell ``check.X(...)``."""
    return re.fullmatch(r"check\.(\w+)\(.*\)", cell.source)[1]


@each_lesson
def test_every_exercise_of_the_catalogue_is_checked_once_and_progress_comes_last(name):
    names = [checked(cell) for cell in LESSONS[name] if "check" in tags(cell)]
    assert names[-1] == "progress"
    assert sorted(names[:-1]) == sorted(catalogue(name).progress().verdicts)


@each_lesson
def test_an_untouched_lesson_shows_that_nothing_was_attempted(name):
    notebook = jupytext.read(AUTHORING.parent / "lessons" / f"{name}.ipynb")
    *checks, last = [cell for cell in notebook.cells if "check" in tags(cell)]
    faces = [cell.outputs[0].data["text/plain"] for cell in checks]
    assert [face for face in faces if not face.startswith("○") or "not attempted yet" not in face] == []
    assert last.outputs[0].data["text/plain"].startswith(f"0 of {len(checks)} exercises solved")


@each_lesson
def test_every_function_to_write_has_two_hints_in_steps(name):
    cells = LESSONS[name]
    for i, cell in enumerate(cells):
        if cell.cell_type == "code" and "exercise" in tags(cell) and cell.source.startswith("def "):
            assert cells[i - 1].source.count("<details><summary>Hint ") == 2, cell.source


@each_lesson
def test_a_lesson_is_an_hour_not_a_book(name):
    core = [cell for cell in before_the_exercises(name) if "core" in tags(cell) and cell.cell_type == "markdown"]
    prose = " ".join(re.sub(r"\$[^$]*\$|`[^`]*`", " ", cell.source) for cell in core if slide_type(cell) != "notes")
    assert 400 <= len(re.findall(r"[A-Za-zÀ-ÿ]{2,}", prose)) <= (2000 if name[:2] in ("02", "05") else 1200)
    assert sum(slide_type(cell) == "slide" for cell in LESSONS[name]) <= 25


@each_lesson
def test_code_is_short_enough_to_type(name):
    for cell in LESSONS[name]:
        if cell.cell_type == "code":
            lines = cell.source.splitlines()
            assert len(lines) <= 15 and max(map(len, lines)) <= 84, cell.source


@each_lesson
def test_the_line_that_a_folded_answer_shows_gives_nothing_away(name):
    for cell in LESSONS[name]:
        if "predict" in tags(cell):  # JupyterLab shows the first line of a folded output
            assert cell.source.startswith('print("Compare with your prediction:")'), cell.source[:60]


@each_lesson
def test_instructor_notes_and_a_quiz_are_there(name):
    assert any(slide_type(cell) == "notes" and "For the instructor" in cell.source for cell in LESSONS[name])
    assert any(re.match("## Quiz", cell.source) and slide_type(cell) == "slide" for cell in LESSONS[name])
