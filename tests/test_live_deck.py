"""A lesson presented live: JupyterLab turns the notebook into slides, its kernel and its explorers stay alive."""

import jupytext
import notebooks
import pytest
from browser import chromium_path
from lab import CHANGED, FRAME, IDLE, READY, command, new_page, open_notebook

pytestmark = [
    pytest.mark.walk,
    pytest.mark.skipif(chromium_path() is None, reason="no Chromium here: set MLP_COURSE_CHROMIUM or install one"),
]

LESSON = "03_activations"
ACTIVE = "() => window.jupyterapp.shell.currentWidget.content.activeCellIndex"
# The title that stands on the screen, and how far the slide's first cell is from the top.
TITLE = """() => {
    const shown = [...document.querySelectorAll('.jp-Deck .jp-deck-mod-visible :is(h1, h2)')].find(each => each.offsetParent);
    return shown && shown.textContent.replace('¶', '').trim(); }"""
SIZE = "selector => parseFloat(getComputedStyle(document.querySelector(`.jp-Deck .jp-deck-mod-visible ${selector}`)).fontSize)"


def steps():
    """Return the indices of the cells that a deck goes through, and the title that stands over each."""
    found, title = [], ""
    for index, cell in enumerate(jupytext.read(notebooks.LESSONS / f"{LESSON}.ipynb").cells):
        kind = cell.metadata.get("slideshow", {}).get("slide_type")
        if kind == "slide":
            title = next(line.lstrip("# ") for line in cell.source.splitlines() if line.startswith("#"))
        if kind not in ("skip", "notes"):
            found.append((index, title))
    return found


def plain(title):
    return "".join(filter(str.isalnum, title))


@pytest.fixture(scope="module")
def deck(chromium, lab):
    page = new_page(chromium)
    open_notebook(page, lab, LESSON)
    command(page, "notebook:run-all-cells")
    page.wait_for_function(IDLE)
    page.evaluate("() => { window.jupyterapp.shell.currentWidget.content.activeCellIndex = 0; }")
    command(page, "deck:start")
    page.wait_for_function(f"() => ({TITLE})() === '3. Activations'")
    yield page
    page.context.close()


def test_the_space_bar_walks_through_every_slide_with_its_title(deck):
    first, *rest = steps()
    assert deck.evaluate(ACTIVE) == first[0]
    deck.locator(".jp-Deck .jp-deck-mod-visible h1").first.click()  # the keys go where the last click was
    for index, title in rest:
        deck.keyboard.press("Space")
        deck.wait_for_function(f"index => ({ACTIVE})() === index", arg=index)
        assert plain(deck.evaluate(TITLE)) == plain(title)
    assert len(rest) > 25 and deck.complaints == []


def test_text_is_large_and_pictures_stand_without_their_code(deck):
    index = next(index for index, title in steps() if title.startswith("ReLU"))
    deck.evaluate("index => { window.jupyterapp.shell.currentWidget.content.activeCellIndex = index; }", index)
    deck.wait_for_function(f"() => ({TITLE})()?.startsWith('ReLU')")
    assert deck.evaluate(SIZE, ".jp-RenderedMarkdown") >= 24
    assert deck.evaluate(SIZE, ".cm-content") >= 18
    box = deck.locator(".jp-Deck .jp-deck-mod-visible h2").first.bounding_box()
    assert box["y"] < 80
    assert deck.locator(".jp-Deck [data-jpf-cell-tags*=',figure,'] .jp-Cell-inputWrapper").first.is_hidden()


def test_an_explorer_lives_on_its_slide(deck):
    index = next(index for index, title in steps() if title.startswith("Explorer")) + 1
    deck.evaluate("index => { window.jupyterapp.shell.currentWidget.content.activeCellIndex = index; }", index)
    deck.wait_for_function(f"() => ({FRAME})() !== null")
    deck.wait_for_function(READY)
    before = deck.evaluate(FRAME)
    deck.locator(".jp-deck-mod-visible button", has_text="tanh").first.click()
    deck.wait_for_function(CHANGED, arg=before)
    assert "tanh" in deck.evaluate(FRAME)[0]


def test_escape_gives_the_notebook_back(deck):
    deck.locator(".jp-Deck .jp-deck-mod-visible :is(h1, h2)").first.click()
    deck.keyboard.press("Escape")
    deck.locator(".jp-Deck").wait_for(state="detached")
    assert deck.complaints == []
