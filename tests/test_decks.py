"""The slides of every lesson, in Chromium without a network: they fit, play, can be read, and need their file alone."""

import exporters
import notebooks
import overflow
import pytest
import slides
from browser import chromium_path
from web import serious

pytestmark = [
    pytest.mark.walk,
    pytest.mark.skipif(chromium_path() is None, reason="no Chromium here: set MLP_COURSE_CHROMIUM or install one"),
]


@pytest.fixture(scope="module", params=notebooks.select([]), ids=lambda path: path.stem)
def deck(request, tmp_path_factory):
    """The file of a deck; tests of one deck run one after the other, so each is built once."""
    folder = tmp_path_factory.mktemp("decks")
    slides.build([request.param], folder)
    return folder / f"{request.param.stem}.slides.html"


@pytest.fixture(scope="module")
def shown(deck, chromium):
    """The deck in a page without network that keeps what it asked for and what it complained of."""
    page = chromium.new_page(viewport={"width": 1280, "height": 800})
    page.context.set_offline(True)
    page.requests, page.complaints = [], []
    page.on("request", lambda request: page.requests.append(request.url))
    page.on("console", lambda message: page.complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.goto(deck.as_uri())
    page.wait_for_function("window.Reveal && Reveal.isReady()")
    yield page
    page.context.close()


def test_no_slide_overflows(deck, chromium):
    assert list(overflow.faults_by_screen(chromium, deck)) == []


def test_formulas_are_drawn_and_nothing_is_asked_of_a_network(deck, shown):
    assert shown.locator("mjx-container svg").count() > 5 or "start_here" in deck.name
    assert shown.locator("mjx-merror, [data-mjx-error]").count() == 0
    for k in range(shown.evaluate("Reveal.getTotalSlides()")):
        shown.evaluate("k => Reveal.slide(k)", k)
    assert {url for url in shown.requests if not url.startswith("data:")} == {deck.as_uri()}
    assert shown.complaints == []


def test_the_first_player_plays(shown):
    index = shown.evaluate("Reveal.getSlides().findIndex(slide => slide.querySelector('.mlp-film'))")
    if index < 0:
        pytest.skip("this lesson has no player")
    shown.evaluate("k => Reveal.slide(k)", index)
    film = shown.locator("section.present .mlp-film").first
    before = film.locator("img").get_attribute("src")
    film.locator("button").first.click()
    shown.wait_for_function("before => document.querySelector('section.present .mlp-film img').src !== before", arg=before)
    assert shown.evaluate("Reveal.getIndices().h") == index


def test_axe_finds_nothing_serious_on_the_pages_for_print(deck, shown):
    shown.goto(f"{deck.as_uri()}?print-pdf")  # all slides at once, fragments shown
    shown.wait_for_function("document.querySelectorAll('.pdf-page').length === Reveal.getTotalSlides()")
    shown.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
    assert serious(shown) == []


def test_a_deck_is_one_file_of_modest_size_that_carries_its_licenses(deck):
    text = deck.read_text(encoding="utf-8")
    assert deck.stat().st_size <= 12e6
    for files, others in (([exporters.REVEAL], ()), ([exporters.MATHJAX], ()), ((), ["marked"])):
        assert exporters.licenses(files, others) in text
