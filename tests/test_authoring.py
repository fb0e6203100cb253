"""The build command and the overflow tool, on samples written here; every lesson against its source."""

import json
import re
from html.parser import HTMLParser

import build
import nbformat
import notebooks
import overflow
import pytest
import slides
from browser import chromium_path, launch
from playwright.sync_api import sync_playwright

SOURCES = notebooks.select([])
NAMES = [path.stem for path in SOURCES]
needs_chromium = pytest.mark.skipif(chromium_path() is None, reason="no Chromium is installed")

HEADER = """\
---
kernelspec:
  name: python3
  display_name: Python 3
  language: python
---
"""

SAMPLE = r"""
+++ {"slideshow": {"slide_type": "slide"}}

# A sample: naïve, ½

```{code-cell} ipython3
import os
print(os.listdir(), os.environ["MLP_COURSE_PLAYER"])
```

```{code-cell} ipython3
1 + 1
```

```{code-cell} ipython3
1 + 1
```

+++ {"slideshow": {"slide_type": "notes"}}

Words for the speaker.

+++ {"slideshow": {"slide_type": "slide"}}

## Mistakes and widgets

$J = \frac{1}{m} \sum_{i=1}^m \mathcal{L}(\hat y^{(i)}, y^{(i)})$

```{code-cell} ipython3
:tags: [raises-exception]
half = "1"
half / 2
```

```{code-cell} ipython3
from IPython.display import HTML, display
model = {"model_id": "gone", "version_major": 2, "version_minor": 0}
view = {"application/vnd.jupyter.widget-view+json": model}
display(HTML("<p>the static face</p>"))
display(view, raw=True)
display({**view, "text/plain": "a slider"}, raw=True)
```

<input type="range" aria-label="slider" min="0" max="10" value="5">

+++ {"slideshow": {"slide_type": "slide"}}

## The end

```{code-cell} ipython3
:tags: [predict]
6 * 7
```

+++ {"tags": ["exercise"]}

Text of an exercise.

```{code-cell} ipython3
:tags: [check]
print("text of a check")
```

+++ {"tags": ["hint"]}

Text of a hint.

```{code-cell} ipython3
:tags: [solution]
print("text of a solution")
```

+++ {"slideshow": {"slide_type": "skip"}}

Text that is skipped.
"""

FITTING = """
# This one fits
"""

FAULTY = (
    """
# This one fits

+++ {"slideshow": {"slide_type": "slide"}}

## This one is too long

"""
    + "One more paragraph.\n\n" * 30
    + """
+++ {"slideshow": {"slide_type": "slide"}}

No title here.

+++ {"slideshow": {"slide_type": "slide"}}

## This one is too wide

"""
    + f"    {'wide ' * 60}\n"
)


def written(folder, name, text):
    """Write the lesson source ``text`` into ``folder`` and return its path."""
    path = folder / f"{name}.md"
    path.write_text(HEADER + text, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    """A source and, beside it, the notebook built of it."""
    folder = tmp_path_factory.mktemp("lessons")
    source = written(folder, "07_sample", SAMPLE)
    notebooks.build([source], folder)
    return source


@pytest.fixture(scope="module")
def nb(sample):
    return nbformat.read(sample.with_suffix(".ipynb"), as_version=4)


@pytest.fixture(scope="module")
def decks(tmp_path_factory):
    """The folder with the slides of the sample, of a deck that fits, and of one that does not."""
    folder = tmp_path_factory.mktemp("slides")
    texts = {"sample": SAMPLE, "fitting": FITTING, "faulty": FAULTY}
    slides.build([written(folder, name, text) for name, text in texts.items()], folder)
    return folder


def code_cells(nb):
    return [cell for cell in nb.cells if cell.cell_type == "code" and cell.source.strip()]


def cell_with(nb, text):
    return next(cell for cell in code_cells(nb) if text in cell.source)


def outputs(nb):
    return [output for cell in code_cells(nb) for output in cell.outputs]


# Notebooks: the sample


def test_ids_are_legal_and_depend_on_the_source_alone(tmp_path, nb):
    ids = [cell.id for cell in nb.cells]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"[a-zA-Z0-9_-]{1,64}", name) for name in ids)
    longer = notebooks.read(written(tmp_path, "longer", "\nA new beginning.\n" + SAMPLE))
    assert [cell.id for cell in longer.cells][1:] == ids


def test_the_same_source_twice_gets_a_numbered_id(nb):
    first, second = (cell.id for cell in code_cells(nb) if cell.source == "1 + 1")
    assert second == f"{first}-2"


def test_every_code_cell_is_executed_in_order(nb):
    assert [cell.execution_count for cell in code_cells(nb)] == list(range(1, len(code_cells(nb)) + 1))


def test_a_lesson_sees_an_empty_folder_and_live_players(nb):
    assert cell_with(nb, "listdir").outputs[0].text == "[] live\n"


def test_the_notebook_names_its_kernel_and_nothing_of_the_build(nb):
    assert nb.metadata.kernelspec == {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
    assert set(nb.metadata) == {"kernelspec", "language_info"}
    assert nb.metadata.language_info.name == "python" and "version" not in nb.metadata.language_info
    assert not any("execution" in cell.metadata for cell in nb.cells)


def test_widget_views_are_removed_and_what_stands_beside_them_stays(nb):
    face, text = cell_with(nb, "widget-view").outputs
    assert face.data["text/html"] == "<p>the static face</p>"
    assert text.data == {"text/plain": "a slider"}


def test_a_solution_is_folded_and_nothing_else_is(nb):
    folded = [cell.source for cell in nb.cells if cell.metadata.get("jupyter", {}).get("source_hidden")]
    assert folded == ['print("text of a solution")']


def test_the_answer_to_a_prediction_is_folded(nb):
    folded = [cell.source for cell in nb.cells if cell.metadata.get("jupyter", {}).get("outputs_hidden")]
    assert folded == ["6 * 7"]


def test_a_traceback_shows_the_line_and_the_error_without_paths(nb):
    [error] = cell_with(nb, "half / 2").outputs
    message = "unsupported operand type(s) for /: 'str' and 'int'"
    assert (error.ename, error.evalue) == ("TypeError", message)
    assert error.traceback == ["----> 2 half / 2", f"TypeError: {message}"]


def test_the_file_is_plain_text_that_version_control_likes(sample):
    data = sample.with_suffix(".ipynb").read_bytes()
    assert b"\r" not in data and data.endswith(b"}\n") and not data.endswith(b"\n\n")
    assert data.startswith(b'{\n "cells": [\n  {\n') and "naïve, ½".encode() in data
    assert json.loads(data)["nbformat_minor"] >= 5


def test_a_second_build_changes_no_byte_and_writes_nothing(sample):
    file = sample.with_suffix(".ipynb")
    before, time = file.read_bytes(), file.stat().st_mtime_ns
    notebooks.build([sample], sample.parent)
    assert file.read_bytes() == before and file.stat().st_mtime_ns == time


def test_stderr_is_refused(tmp_path):
    cell = "import warnings; warnings.warn('look out')"
    source = written(tmp_path, "07_loud", f"```{{code-cell}} ipython3\n{cell}\n```\n")
    with pytest.raises(notebooks.LessonError, match="07_loud") as caught:
        notebooks.build([source], tmp_path)
    assert cell in str(caught.value) and "look out" in str(caught.value)
    assert not source.with_suffix(".ipynb").exists()


def test_a_cell_that_raises_is_named(tmp_path):
    source = written(tmp_path, "07_broken", "```{code-cell} ipython3\nnothing = 1 / 0\n```\n")
    with pytest.raises(notebooks.LessonError, match="07_broken") as caught:
        notebooks.build([source], tmp_path)
    assert "nothing = 1 / 0" in str(caught.value) and "ZeroDivisionError: division by zero" in str(caught.value)
    assert "\x1b" not in str(caught.value)


def test_a_notebook_that_is_too_large_is_refused(tmp_path):
    large = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("x" * notebooks.LIMIT)])
    with pytest.raises(notebooks.LessonError, match="large: the notebook has 1500"):
        notebooks.write(large, tmp_path / "large.ipynb")
    assert not list(tmp_path.iterdir())


def test_lessons_are_chosen_by_name_or_number(tmp_path):
    first, second = (written(tmp_path, name, "") for name in ("01_neuron", "02_layer"))
    assert notebooks.select([], tmp_path) == [first, second]
    assert notebooks.select(["02", "02_layer"], tmp_path) == [second]
    with pytest.raises(notebooks.LessonError, match="no lesson '2'; the lessons are: 01_neuron, 02_layer$"):
        notebooks.select(["2"], tmp_path)


@pytest.mark.parametrize("face", build.FACES)
def test_an_unknown_lesson_ends_the_command_with_one_sentence(face, capsys):
    assert build.main([face, "99_nowhere"]) == 2
    assert capsys.readouterr().err == f"there is no lesson '99_nowhere'; the lessons are: {', '.join(NAMES)}\n"


# Notebooks: the lessons


def identity(cell):
    return cell.cell_type, cell.source, cell.id, cell.metadata


@pytest.mark.parametrize("source", SOURCES, ids=NAMES)
def test_a_lesson_is_what_its_source_says(source):
    path = notebooks.LESSONS / f"{source.stem}.ipynb"
    lesson = nbformat.read(path, as_version=4)
    assert list(map(identity, lesson.cells)) == list(map(identity, notebooks.read(source).cells))
    assert all(cell.execution_count for cell in code_cells(lesson))
    assert not any(output.get("name") == "stderr" for output in outputs(lesson))
    assert not any(notebooks.WIDGET_VIEW in output.get("data", {}) for output in outputs(lesson))
    assert path.stat().st_size <= notebooks.LIMIT


def test_no_notebook_lacks_a_source():
    assert [path.stem for path in sorted(notebooks.LESSONS.glob("*.ipynb"))] == NAMES


# Slides: the file


class Links(HTMLParser):
    """Collects every address that a browser would load or follow, and the style sheets' texts."""

    def __init__(self, text):
        super().__init__()
        self.addresses, self.styles, self._open = [], "", None
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self._open = tag
        self.addresses += [value for name, value in attrs if name in ("src", "href", "srcset", "data", "poster")]

    def handle_data(self, data):
        if self._open == "style":
            self.styles += data


def sample_deck(decks):
    return (decks / "sample.slides.html").read_text(encoding="utf-8")


def test_slides_are_one_file_without_external_addresses(decks):
    links = Links(sample_deck(decks))
    in_styles = re.findall(r"url\(['\"]?([^)]{5})", links.styles)
    assert links.addresses and links.styles
    assert {address[:5] for address in links.addresses + in_styles} == {"data:"}
    assert "@import" not in links.styles and 'type="module"' not in sample_deck(decks)
    assert sorted(path.suffix for path in decks.iterdir()) == [".html"] * 3 + [".md"] * 3


def test_slides_have_speaker_notes_and_leave_out_what_is_not_for_the_hall(decks):
    text = sample_deck(decks)
    assert re.search(r'<aside class="notes">.*?Words for the speaker.*?</aside>', text, re.DOTALL)
    for absent in ("an exercise", "a check", "a hint", "a solution"):
        assert f"ext of {absent}" not in text
    assert "Text that is skipped" not in text


def test_slides_show_code_without_prompts_and_html_players(decks):
    text = sample_deck(decks)
    assert "[] html" in text and "listdir" in text and "the static face" in text
    assert not re.search(r"(In|Out)(&nbsp;| )\[", text)


def test_slides_are_named_after_the_first_heading(decks):
    assert "<title>A sample: naïve, ½</title>" in sample_deck(decks)


# Slides: in Chromium


@pytest.fixture
def page(decks):
    """A page of Chromium; ``page.requests`` and ``page.complaints`` tell what happened in it."""
    with sync_playwright() as playwright, launch(playwright) as browser:
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.requests, page.complaints = [], []
        page.on("request", lambda request: page.requests.append(request.url))
        page.on("console", lambda message: page.complaints.append(message.text))
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        yield page


def open_deck(page, file):
    page.goto(file.as_uri())
    page.wait_for_function("window.Reveal && Reveal.isReady()")


def slide_number(page):
    return page.evaluate("Reveal.getSlidePastCount() + 1")


@needs_chromium
def test_a_deck_needs_nothing_but_its_file(decks, page):
    file = decks / "sample.slides.html"
    open_deck(page, file)
    page.evaluate("Reveal.slide(1)")
    assert {url for url in page.requests if not url.startswith("data:")} == {file.as_uri()}
    assert page.complaints == []


@needs_chromium
def test_mathematics_is_drawn(decks, page):
    open_deck(page, decks / "sample.slides.html")
    page.evaluate("Reveal.slide(1)")
    formula = page.locator("section.present mjx-container svg")
    assert formula.count() == 1 and formula.bounding_box()["height"] > 40
    assert page.locator("mjx-merror, [data-mjx-error]").count() == 0


@needs_chromium
def test_a_title_stands_at_the_top_left_and_text_is_large(decks, page):
    open_deck(page, decks / "sample.slides.html")
    page.evaluate("Reveal.slide(1)")
    box = page.locator("section.present h2").bounding_box()
    assert box["x"] < 100 and box["y"] < 100
    size = "selector => parseFloat(getComputedStyle(document.querySelector(selector)).fontSize)"
    assert page.evaluate(size, ".jp-RenderedMarkdown") >= 24
    assert page.evaluate(size, ".highlight pre") >= 18 and page.evaluate(size, ".jp-RenderedText pre") >= 18


@needs_chromium
def test_keys_on_a_control_do_not_turn_the_slide(decks, page):
    open_deck(page, decks / "sample.slides.html")
    page.keyboard.press("ArrowRight")
    assert slide_number(page) == 2
    slider = page.locator("section.present input[type=range]")
    slider.focus()
    page.keyboard.press("ArrowRight")
    assert slide_number(page) == 2 and slider.input_value() == "6"
    page.keyboard.press("Escape")
    page.keyboard.press("ArrowRight")
    assert slide_number(page) == 3


@needs_chromium
def test_the_overflow_tool_names_what_is_wrong(decks, page):
    page.goto((decks / "faulty.slides.html").as_uri())
    long, untitled, wide = overflow.overflowing(page)
    assert long[:2] == (2, "This one is too long")
    assert int(re.fullmatch(r"leaves the slide at the bottom by (\d+) px", long.problem)[1]) > 500
    assert str(untitled) == "slide 3 (no title) has no title"
    assert wide.number == 4 and re.match(r"is cut off by \d{3,} px: wide wide", wide.problem)


@needs_chromium
def test_the_overflow_command_fails_for_faulty_decks_only(decks, capsys):
    assert overflow.main([str(decks / "fitting.slides.html"), str(decks / "sample.slides.html")]) == 0
    assert capsys.readouterr().out == ""
    assert overflow.main([str(decks / "faulty.slides.html")]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 6 and {line.split(":")[0] for line in lines} == {
        "faulty.slides.html at 1280x800", "faulty.slides.html at 1920x1080"
    }


# Slides from stored notebooks

PLAYED = """
```{code-cell} ipython3
print(40 + 2)
```

```{code-cell} ipython3
from mlp_course import film, plots
from mlp_course.explorers import neuron_explorer

neuron_explorer("Moons")
```
"""


def test_slides_take_what_is_stored_and_run_the_players_alone(tmp_path):
    path = written(tmp_path, "played", PLAYED)
    notebooks.build([path], tmp_path)
    stored = nbformat.read(tmp_path / "played.ipynb", as_version=4)
    stored.cells[0].outputs[0].text = "as stored\n"
    assert "mlp-film" not in str(stored.cells[1].outputs)
    notebooks.write(stored, tmp_path / "played.ipynb")
    first, second = notebooks.with_players(path, tmp_path).cells
    assert first.outputs[0].text == "as stored\n" and "mlp-film" in str(second.outputs)
    path = written(tmp_path, "played", PLAYED.replace("40", "50"))  # out of step with what is stored
    first, second = notebooks.with_players(path, tmp_path).cells
    assert first.outputs[0].text == "52\n" and "mlp-film" in str(second.outputs)
