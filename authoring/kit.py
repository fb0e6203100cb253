"""The instructor's kit: a page a lesson, gathered from its notes, slides, presets and exercises, exam sheets, a course plan.

What a lesson says about itself is said there, and nowhere twice. Exam questions stand in ``authoring/exam``.
"""

import importlib
import re

import jupytext
from nbformat.v4 import new_markdown_cell, new_notebook

from exporters import heading
from notebooks import ROOT, has_tag, select, with_stored_outputs
from pages import page, print_pages

KIT = ROOT / "_build" / "kit"
EXAMS = ROOT / "authoring" / "exam"
PLAN = ROOT / "authoring" / "course_plan.md"


def build(paths, kit=KIT):
    """Write the course plan, and the page and the exam sheet of each source in ``paths``, into the folder ``kit``."""
    kit.mkdir(parents=True, exist_ok=True)
    for path in paths:
        nb = with_stored_outputs(path)
        (kit / f"{path.stem}.html").write_text(page(lesson_page(path, nb)), encoding="utf-8", newline="\n")
        print(f"{path.stem}: {len(timing(notes(nb)))} plans, {len(exam(path, answers=False))} exam questions")
    print_pages((page(exam_sheet(path)), kit / f"{path.stem}.exam.pdf") for path in paths)
    there = [path.stem for path in select([]) if (kit / f"{path.stem}.html").exists()]
    (kit / "index.html").write_text(page(course_plan(there)), encoding="utf-8", newline="\n")


def course_plan(names):
    """Return the plans for six, eight and twelve meetings, with links to the pages of the lessons ``names``."""
    links = "\n".join(f"- [{name}]({name}.html), exam sheet: [{name}.exam.pdf]({name}.exam.pdf)" for name in names)
    return new_notebook(cells=[new_markdown_cell(f"{PLAN.read_text(encoding='utf-8')}\n\n## A page for each lesson\n\n{links}")])


def lesson_page(path, nb):
    """Return what an instructor wants on the table: ``nb`` is the lesson with its outputs."""
    said = notes(nb)
    told = "\n\n".join(f"**{name}** {said[name]}" for name in ("Before.", "Board.", "Bring:", "Cut first:") if name in said)
    parts = [
        nb.cells[0].source,
        f"## Plan\n\n{told}\n\n" + "\n\n".join(timing(said)),
        f"## Questions to ask\n\n{said.get('Ask in the hall:', '')}",
        f"## Slides, and what to predict\n\n{slides_table(nb)}",
        f"## Presets\n\n{said.get('Presets:', '')}\n\n{presets_table(nb)}",
        f"## Exercises\n\n{said.get('Exercises to choose:', '')}\n\n{exercises_table(path, nb)}",
        f"## Quiz\n\n{quiz(nb)}",
        "## Exam questions, with answers",
        *exam(path),
    ]
    return new_notebook(cells=[new_markdown_cell(part) for part in parts])


# Notes


def notes(nb):
    """Return the paragraphs of the notes for the instructor: {their bold beginning: the rest}."""
    cell = next(cell for cell in nb.cells if "For the instructor" in cell.source)
    text = re.sub(r"</?details>|<summary>.*?</summary>", "", cell.source)
    parts = re.split(r"^\*\*([^*\n]+)\*\*", text, flags=re.MULTILINE)
    return {name: rest.strip() for name, rest in zip(parts[1::2], parts[2::2])}


def timing(said):
    """Return a table of clock times for each plan of the notes, such as "60 minutes:"."""
    return [_clock(name, rest) for name, rest in said.items() if name.endswith("minutes:")]


def minutes(plan):
    """Return [(part, minutes)] of a plan such as "recall 5, hook 8."."""
    return [(part.strip(" ,.;:"), int(number)) for part, number in re.findall(r"(.*?\D) (\d+)(?=[,.;]|$)", plan, flags=re.DOTALL)]


def _clock(name, plan):
    rows, now = [], 0
    for part, length in minutes(plan):
        rows.append(f"| {now}–{now + length} | {part} |")
        now += length
    return "\n".join([f"| {name.removesuffix(':')} | part |", "|---|---|", *rows])


# Slides, presets, exercises


def slides_table(nb):
    """Return the titles of the slides, with the question to answer before and what the cell then prints."""
    rows, number = ["| slide | title | predict | what the cell prints |", "|---|---|---|---|"], 0
    for k, cell in enumerate(nb.cells):
        if cell.metadata.get("slideshow", {}).get("slide_type") == "slide":
            number += 1
            predict = re.search(r"\*\*Predict:?\*\*:?\s*(.*?)(?=\n\n|$)", cell.source, flags=re.DOTALL)
            rows.append(f"| {number} | {_line(heading(cell))} | {_line(predict[1]) if predict else ''} | {_printed(nb.cells[k + 1 : k + 2])} |")
    return "\n".join(rows)


def _printed(cells):
    """Return what a cell of predictions printed, below its first line."""
    texts = [output.get("text", "") for cell in cells if has_tag(cell, "predict") for output in cell.outputs]
    lines = "".join(texts).splitlines()[1:]
    return "<br>".join(f"`{_line(line)}`" for line in lines if line.strip())


def _line(text):
    """Return ``text`` as it can stand in a cell of a table."""
    return " ".join(text.split()).replace("|", "&#124;")


def presets_table(nb):
    """Return every preset of the lesson's explorers: its question, and what should have been seen."""
    code = "\n".join(cell.source for cell in nb.cells if cell.cell_type == "code")
    calls = re.findall(r"^(\w+)_explorer\((.*)\)", code, flags=re.MULTILINE)
    presets = {(name, each.name): each for name, arguments in calls for each in _presets(name, arguments)}
    rows = [f"| {name} | {each.name} | {_line(each.question)} | {_line(each.answer)} |" for (name, _), each in presets.items()]
    head = ["| explorer | preset | ask first | what should be seen |", "|---|---|---|---|"]
    return "\n".join(head + rows) if calls else "This lesson has no explorer."


def _presets(name, arguments):
    """Return the presets that ``name_explorer(arguments)`` offers; the one with three stages names its stage first."""
    module = importlib.import_module(f"mlp_course.explorers.{name}")
    words = re.findall(r'"(.*?)"', arguments)
    if name == "vanishing":
        return module.STAGES[words[0]][0]
    return module.offered(*words) if name == "boundary" else module.PRESETS


def exercises_table(path, nb):
    """Return the exercises: stars, class, task, and how many mistakes are known by name."""
    catalogue = importlib.import_module(f"mlp_course.exercises.lesson_{path.stem.split('_')[0]}")
    rows = ["| stars | exercise | for | task | known mistakes |", "|---|---|---|---|---|"]
    for cell in nb.cells:
        found = re.match(r"\*\*(★+) `(\w+)`(.*?)\*\*(.*?[.?:])(?=\s)", cell.source, flags=re.DOTALL)
        if found and has_tag(cell, "exercise"):
            stars, name, more, task = found.groups()
            kind = "60 minutes" if has_tag(cell, "core") else "90 minutes or home"
            mistakes = len(getattr(getattr(catalogue, name), "mistakes", ()))
            rows.append(f"| {stars} | {name} | {kind} | {_line(more.strip('.: ') + ' ' + task)} | {mistakes or '–'} |")
    return "\n".join(rows)


def quiz(nb):
    """Return the questions of the quiz and their answers."""
    questions = [cell.source for cell in nb.cells if has_tag(cell, "exercise") and re.match(r"(Choose a letter.*?\n\n)?\*\*\d\.\*\*", cell.source, re.DOTALL)]
    answers = [cell.source for cell in nb.cells if has_tag(cell, "solution") and "<summary>Answers" in cell.source]
    return "\n\n".join([*questions, *answers])


# Exams


def exam(path, answers=True):
    """Return the exam questions of the lesson ``path``, each followed by its answer when ``answers`` are wanted."""
    cells = jupytext.read(EXAMS / path.name, fmt="md:myst").cells
    wanted = {"question", "answer"} if answers else {"question"}
    return [cell.source for cell in cells if wanted & set(cell.metadata.get("tags", ()))]


def exam_sheet(path):
    """Return the questions alone, to print."""
    heading = jupytext.read(EXAMS / path.name, fmt="md:myst").cells[0].source
    return new_notebook(cells=[new_markdown_cell(text) for text in (heading, *exam(path, answers=False))])
