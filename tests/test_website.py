"""The site: every link resolves, pages are light, can be read by all, and the search finds what a lesson says."""

import re
import shutil

import lite
import notebooks
import pytest
import website
from browser import chromium_path
from web import serious, served

pytestmark = [
    pytest.mark.walk,
    pytest.mark.skipif(chromium_path() is None, reason="no Chromium here: set MLP_COURSE_CHROMIUM or install one"),
]


def without_python(folder, self_host):
    """Stand for JupyterLite, which has its own tests: only its two doors and its files are there."""
    for app in ("lab", "notebooks"):
        (folder / app).mkdir(parents=True)
        (folder / app / "index.html").write_text("<title>JupyterLite</title>")
    shutil.copytree(notebooks.LESSONS, folder / "files")


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The whole site, with the strips of pictures of the stored notebooks in place of players: those are executed below."""
    folder = tmp_path_factory.mktemp("site")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(website, "with_players", notebooks.with_stored_outputs)
        patch.setattr(lite, "build", without_python)
        website.build(notebooks.select([]), folder)
    (text,) = website.drawn([website.page(film(), "../assets")])
    apart = website.with_films_apart(text, folder / "films")
    assert len(apart) < len(text) / 2
    (folder / "read" / "film.html").write_text(apart, encoding="utf-8")
    return folder


def film():
    """Return a notebook with one player, executed as those of the site are."""
    source = "from mlp_course.explorers import shapes_explorer\n\nshapes_explorer()"
    cell = notebooks.nbformat.v4.new_code_cell(source, metadata={"tags": ["figure"]})
    return notebooks.execute(notebooks.nbformat.v4.new_notebook(cells=[cell]), "film", player="html")


@pytest.fixture(scope="module")
def address(site):
    with served(site) as address:
        yield address


@pytest.fixture
def visitor(chromium):
    page = chromium.new_page(viewport={"width": 1280, "height": 800})
    page.weights, page.asked, page.complaints = [], [], []
    page.on("request", lambda request: page.asked.append(request.url))
    page.on("requestfinished", lambda request: page.weights.append(request.sizes()["responseBodySize"]))
    page.on("console", lambda message: page.complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    yield page
    page.context.close()


def test_every_lesson_can_be_opened_read_shown_and_downloaded(site):
    text = (site / "index.html").read_text(encoding="utf-8")
    for path in notebooks.select([]):
        for link in (f"path={path.stem}.ipynb", f"read/{path.stem}.html", f"slides/{path.stem}.slides.html", f"lite/files/{path.stem}.ipynb"):
            assert link in text
    assert website.broken_links(site) == []


def test_a_broken_link_and_a_broken_anchor_are_found(site):
    page = site / "read" / "00_start_here.html"
    text = page.read_text(encoding="utf-8")
    page.write_text(text + '<a href="nowhere.html">a</a><a href="corrections.html#Nothing">b</a><a href="corrections.html#Sign">c</a>', encoding="utf-8")
    assert website.broken_links(site) == ["00_start_here.html -> nowhere.html", "00_start_here.html -> corrections.html#Nothing"]
    page.write_text(text, encoding="utf-8")
    script = site / "assets" / "reveal" / "reveal.js"
    script.rename(script.with_suffix(".gone"))
    assert len(website.broken_links(site)) == len(notebooks.select([])), "no deck without it"
    script.with_suffix(".gone").rename(script)


def test_no_page_names_an_address_that_it_would_load_from(site):
    for page in [site / "index.html", *(site / "read").glob("*.html"), *(site / "slides").glob("*.html")]:
        loaded = re.findall(r'<(?:script|img|link|iframe)[^>]*?(?:src|href)="(https?:[^"]*)"', page.read_text(encoding="utf-8"))
        assert loaded == [], page.name


SCREENS = [(1280, 800, "light"), (390, 844, "dark")]
SEEN = [("index", *screen) for screen in SCREENS] + [("index", 1280, 800, "dark"), ("index", 390, 844, "light")]
SEEN += [(f"read/{name}", *screen) for name in ("01_neuron", "03_activations", "08_why_deep") for screen in SCREENS]


@pytest.mark.parametrize("name, width, height, scheme", SEEN)
def test_a_page_is_light_fits_and_has_no_serious_fault(visitor, address, name, width, height, scheme):
    visitor.set_viewport_size({"width": width, "height": height})
    visitor.emulate_media(color_scheme=scheme)
    visitor.goto(f"{address}/{name}.html", wait_until="networkidle")
    assert visitor.complaints == [] and sum(visitor.weights) <= 1.5e6
    assert visitor.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert name == "index" or visitor.locator("mjx-container svg").count() > 5
    scrolls = visitor.locator("main :is(pre, table)").evaluate_all(
        "all => all.filter(each => each.scrollWidth > each.clientWidth).map(each => each.tabIndex)"
    )
    assert set(scrolls) <= {0} and (scrolls or name == "index" or width > 1000), "what scrolls can be reached by keys"
    assert serious(visitor) == []
    assert [url for url in visitor.asked if not url.startswith((address, "data:"))] == []


def test_a_deck_of_the_site_is_alive_and_asks_nobody_else(visitor, address):
    visitor.goto(f"{address}/slides/05a_graph.slides.html", wait_until="networkidle")
    visitor.wait_for_function("window.Reveal && Reveal.isReady()")
    visitor.locator("mjx-container svg").first.wait_for(state="attached")
    visitor.keyboard.press("Space")
    visitor.wait_for_function("Reveal.getIndices().h === 1")
    assert visitor.complaints == []
    assert [url for url in visitor.asked if not url.startswith((address, "data:"))] == []


def test_the_search_finds_a_word_and_leads_to_its_lesson(visitor, address):
    visitor.goto(f"{address}/index.html")
    visitor.locator("#search input").fill("softmax")
    visitor.locator(".pagefind-ui__result-link").first.wait_for()
    assert "07_multiclass" in " ".join(link.get_attribute("href") for link in visitor.locator(".pagefind-ui__result-link").all())


def test_a_film_plays_from_a_file_of_its_own(visitor, address, site):
    assert len(list((site / "films").glob("*.js"))) == 1
    visitor.goto(f"{address}/read/film.html")
    visitor.locator(".mlp-film[data-loaded]").wait_for()
    before = visitor.locator(".mlp-film img").get_attribute("src")
    visitor.locator(".mlp-film input").focus()
    visitor.keyboard.press("End")
    visitor.wait_for_function("before => document.querySelector('.mlp-film img').src !== before", arg=before)
    assert visitor.complaints == []
