"""The instructor's kit: every lesson says how it is taught, exam questions are right, plans hold every lesson."""

import re

import kit
import notebooks
import pytest
from browser import chromium_path

SOURCES = notebooks.select([])
each_lesson = pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
WITHOUT_QUIZ = {"00_start_here"}
LENGTHS = {"00": {15}, "05c": {45, 60}, "corrections": {45}}  # the others: 60 and 90


@pytest.fixture(scope="module")
def lessons():
    return {path.stem: notebooks.with_stored_outputs(path) for path in SOURCES}


@each_lesson
def test_the_notes_say_what_an_instructor_needs(lessons, path):
    said = kit.notes(lessons[path.stem])
    needed = {"Before.", "Board.", "Ask in the hall:", "Exercises to choose:", "Cut first:"}
    if kit.presets_table(lessons[path.stem]).startswith("|"):
        needed.add("Presets:")
    assert needed - set(said) == set()
    assert "expect" in said["Ask in the hall:"] and "say" in said["Ask in the hall:"]


@each_lesson
def test_the_minutes_of_each_plan_add_up(lessons, path):
    said = kit.notes(lessons[path.stem])
    plans = {int(name.split()[0]): kit.minutes(plan) for name, plan in said.items() if name.endswith("minutes:")}
    assert set(plans) == LENGTHS.get(path.stem.split("_")[0], {60, 90})
    assert {length: sum(minutes for _, minutes in parts) for length, parts in plans.items()} == {length: length for length in plans}


def test_a_plan_becomes_clock_times():
    table = kit.timing({"60 minutes:": "recall, on paper 5, hook 8.", "Board.": "a line 3"})
    assert table == ["| 60 minutes | part |\n|---|---|\n| 0–5 | recall, on paper |\n| 5–13 | hook |"]


@each_lesson
def test_exam_questions_have_points_minutes_and_answers(path):
    texts = kit.exam(path)
    questions, answers = texts[::2], texts[1::2]
    marks = [re.match(r"\*\*(\d)\. \((\d+) points?, (\d+) minutes?\)\*\*", text) for text in questions]
    assert all(marks) and 4 <= len(marks) <= 6 and all(text.startswith("**Answer.**") for text in answers)
    assert [int(mark[1]) for mark in marks] == [*range(1, len(marks) + 1)]
    assert sum(int(mark[2]) for mark in marks) == 20 and 20 <= sum(int(mark[3]) for mark in marks) <= 40
    assert len(questions) == len(answers) and kit.exam(path, answers=False) == questions


@each_lesson
def test_the_numbers_of_the_answers_are_computed(path):
    source = kit.EXAMS / path.name
    proofs = [cell for cell in notebooks.read(source).cells if cell.cell_type == "code"]
    assert len(proofs) >= 3 and all("assert" in cell.source or "raise" in cell.source for cell in proofs)
    for cell in proofs:  # each stands alone
        exec(compile(cell.source, source.name, "exec"), {})


@each_lesson
def test_the_page_of_a_lesson_holds_its_slides_presets_and_exercises(lessons, path):
    nb = lessons[path.stem]
    text = "\n".join(cell.source for cell in kit.lesson_page(path, nb).cells)
    slides = [cell for cell in nb.cells if cell.metadata.get("slideshow", {}).get("slide_type") == "slide"]
    assert f"| {len(slides)} | " in text
    names = re.findall(r"^\*\*★+ `(\w+)`", "\n".join(cell.source for cell in nb.cells), flags=re.MULTILINE)
    assert names and all(re.search(rf"\| ★+ \| {name} \|", text) for name in names)
    asked = [cell for cell in slides if re.search(r"\*\*Predict:?\*\*", cell.source)]
    assert kit.slides_table(nb) in text
    rows = re.findall(r"^\| \d+ \| .*? \| (.*?) \|", kit.slides_table(nb), flags=re.MULTILINE)
    assert len([question for question in rows if question]) == len(asked)
    known = re.findall(r"^(\w+)_explorer\(", "\n".join(cell.source for cell in nb.cells if cell.cell_type == "code"), flags=re.MULTILINE)
    for name in known:
        assert re.search(rf"^\| {name} \| .+ \| .+ \| .+ \|$", text, flags=re.MULTILINE), name
    answers = [cell.source for cell in nb.cells if "<summary>Answers" in cell.source and notebooks.has_tag(cell, "solution")]
    assert all(answer in text for answer in answers) and (answers or path.stem in WITHOUT_QUIZ)


def test_every_plan_holds_every_lesson_that_is_not_optional():
    text = kit.PLAN.read_text(encoding="utf-8")
    for plan in re.split(r"^## (?=Twelve|Eight|Six)", text, flags=re.MULTILINE)[1:]:
        plan = plan.split("\n## ")[0]
        assert {path.stem for path in SOURCES} - {"05c_jacobians"} <= set(re.findall(r"\b(?:\d\d[abc]?_\w+|corrections)\b", plan))
    assert set(re.findall(r"\b\d\d[abc]?_\w+", text)) <= {path.stem for path in SOURCES}


@pytest.mark.skipif(chromium_path() is None, reason="no Chromium here: set MLP_COURSE_CHROMIUM or install one")
def test_the_kit_is_built(tmp_path, capsys):
    kit.build(SOURCES[3:4], tmp_path)
    assert {file.name for file in tmp_path.iterdir()} == {"index.html", "03_activations.html", "03_activations.exam.pdf"}
    assert (tmp_path / "03_activations.exam.pdf").read_bytes().startswith(b"%PDF")
    index = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert set(re.findall(r'href="(\w+\.(?:html|exam\.pdf))"', index)) == {"03_activations.html", "03_activations.exam.pdf"}, "what is there"
    page = (tmp_path / "03_activations.html").read_text(encoding="utf-8")
    assert "expect:" in page and "Answer." in page and "<table>" in page
    assert capsys.readouterr().out.startswith("03_activations: 2 plans, ")
