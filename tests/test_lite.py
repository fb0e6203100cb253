"""The browser edition: its site is whole and small; with a Pyodide distribution, every lesson runs in it and asks nobody.

MLP_COURSE_PYODIDE names the folder of the distribution, with the files that authoring/lite/runtime.json lists.
"""

import contextlib
import hashlib
import json
import os
import re
import socketserver
import time
import zipfile
from pathlib import Path

import nbformat
import pytest
from browser import chromium_path
from lab import CHANGED, FRAME, IDLE, READY, command, run_cell, show_cell
from notebooks import LESSONS, ROOT, LessonError
from web import listening, served

pytest.importorskip("jupyterlite_core", reason="JupyterLite is not installed")
pytest.importorskip("jupyterlite_pyodide_kernel", reason="JupyterLite's Python kernel is not installed")
import lite

NAMES = sorted(path.stem for path in LESSONS.glob("*.ipynb"))
PYODIDE = os.environ.get("MLP_COURSE_PYODIDE")
VERSION = re.escape(lite.RUNTIME["version"])
MEGABYTE = 1_000_000
AUTOFILL = "content-autofill.googleapis.com"  # Chromium itself asks it about forms, whatever the page
LEFT_OUT = "scikit-learn is not installed"
SLOW = 900_000  # milliseconds: WebAssembly, on a machine that does other things too

in_the_browser = pytest.mark.skipif(
    PYODIDE is None or chromium_path() is None,
    reason=f"needs Chromium, and in MLP_COURSE_PYODIDE the folder of a distribution of Pyodide {lite.RUNTIME['version']}",
)


# The site as files


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """The public edition, and the seconds that it took to build."""
    folder, start = tmp_path_factory.mktemp("public") / "lite", time.monotonic()
    lite.build(folder)
    return folder, time.monotonic() - start


@pytest.fixture(scope="module")
def site(built):
    return built[0]


def lock_of(site):
    return json.loads((site / lite.PYTHON / "pyodide-lock.json").read_text(encoding="utf-8"))["packages"]


def test_the_site_is_small_and_soon_built(built):
    site, seconds = built
    files = [path for path in site.rglob("*") if path.is_file()]
    assert seconds < 300
    assert 15 * MEGABYTE < sum(path.stat().st_size for path in files) < 60 * MEGABYTE
    assert [path.name for path in files if path.suffix == ".map"] == []
    assert not (site / "repl").exists() and not (site / "consoles").exists()


def test_the_lock_names_every_file_by_its_hash(site):
    packages = lock_of(site)
    for name, entry in packages.items():
        assert re.fullmatch("[0-9a-f]{64}", entry["sha256"]) and set(entry["depends"]) <= set(packages), name
        if name in lite.RUNTIME["packages"]:
            assert entry["file_name"] == lite.CDN + lite.RUNTIME["packages"][name]["file_name"]
        else:
            wheel = (site / lite.PYTHON / entry["file_name"]).read_bytes()
            assert hashlib.sha256(wheel).hexdigest() == entry["sha256"], name
    assert set(lite.READY) | set(lite.WHEN_IMPORTED) <= set(packages)
    brought = {path.name for path in (site / lite.PYTHON).glob("*.whl")}
    assert brought == {entry["file_name"] for entry in packages.values()} & brought, "no wheel that the lock does not name"


def test_our_wheel_holds_this_course(site):
    wheel = zipfile.ZipFile(site / lite.PYTHON / lock_of(site)["mlp-course"]["file_name"])
    for folder, pattern in (("mlp_course", "**/*.py"), ("data", "*"), ("lessons", "*.ipynb")):
        paths = list((ROOT / folder).glob(pattern))
        assert paths
        for path in paths:
            inside = path.relative_to(ROOT) if folder == "mlp_course" else Path("mlp_course") / path.relative_to(ROOT)
            assert wheel.read(inside.as_posix()) == path.read_bytes()


def test_every_lesson_and_the_data_are_in_the_contents(site):
    listed = {entry["name"] for entry in json.loads((site / "api/contents/all.json").read_text(encoding="utf-8"))["content"]}
    assert listed == {"data", *(f"{name}.ipynb" for name in NAMES)}
    for path in [*LESSONS.glob("*.ipynb"), *(ROOT / "data").iterdir()]:
        there = path.name if path.parent == LESSONS else f"data/{path.name}"
        assert (site / "files" / there).read_bytes() == path.read_bytes()


def test_no_address_but_the_pinned_cdn(site):
    """In what decides where the browser goes: settings, lock, and what the pages load. Scripts also hold links to read."""
    settings = [site / lite.PYTHON / "pyodide-lock.json", *site.rglob("jupyter-lite.json")]
    addresses = [each for path in settings for each in re.findall(r"https?://[^\s\"'<>]+", path.read_text(encoding="utf-8"))]
    loaded = r"<(?:script|link|img|iframe)\b[^>]*?(?:src|href)=[\"']?((?:https?:)?//[^\s\"'>]+)"
    addresses += [each for path in site.rglob("*.html") for each in re.findall(loaded, path.read_text(encoding="utf-8"))]
    assert lite.CDN + "pyodide.mjs" in addresses
    assert {each for each in addresses if not each.startswith(lite.CDN)} == set()


def test_a_folder_that_is_not_the_distribution_is_refused(tmp_path):
    with pytest.raises(LessonError, match=rf"is not Pyodide {VERSION}: the file pyodide.mjs is missing"):
        lite.build(tmp_path / "site", tmp_path)
    (tmp_path / "pyodide.mjs").write_text("another version")
    with pytest.raises(LessonError, match=rf"pyodide.mjs is not the file of Pyodide {VERSION}: its SHA-256 differs"):
        lite.build(tmp_path / "site", tmp_path)


def test_a_version_that_a_wheel_does_not_take_is_refused():
    packages = {"ours": {"version": "1", "depends": ["numpy>=2.0"]}, "numpy": {"version": "1.26", "depends": []}}
    with pytest.raises(LessonError, match="ours needs numpy>=2.0 in the browser, and the lock has 1.26"):
        lite._check(packages)


def test_a_new_pyodide_is_pinned_from_its_npm_package(tmp_path):
    packages = {name: {"depends": []} for name in ("micropip", "scikit-learn", "numpy", "of no use")}
    packages["matplotlib"] = {"depends": ["numpy"]}
    (tmp_path / "pyodide-lock.json").write_text(json.dumps({"info": {"python": "3.15.0"}, "packages": packages}))
    (tmp_path / "package.json").write_text('{"version": "315.0.0"}')
    for name in lite.CORE:
        (tmp_path / name).write_text(name)
    pinned = lite.pin(tmp_path)
    assert pinned["version"] == "315.0.0" and pinned["info"] == {"python": "3.15.0"}
    assert pinned["core"] == {name: hashlib.sha256(name.encode()).hexdigest() for name in lite.CORE}
    assert set(pinned["packages"]) == set(packages) - {"of no use"}


def test_another_jupyterlite_is_noticed(tmp_path):
    (tmp_path / "main.js").write_text("nothing that answers")
    with pytest.raises(LessonError, match="answers a cell in 0 places, not in 1"):
        lite._let_cells_fail_on_purpose(tmp_path)


# The site in a browser


@contextlib.contextmanager
def open_to_tests(site):
    """Serve ``site``, and let the tests reach JupyterLab's own objects; give its address."""
    settings = site / "jupyter-lite.json"
    config = json.loads(settings.read_text(encoding="utf-8"))
    config["jupyter-config-data"]["exposeAppInBrowser"] = True  # for the tests alone
    settings.write_text(json.dumps(config), encoding="utf-8")
    with served(site) as address:
        yield address


@pytest.fixture(scope="module")
def school(tmp_path_factory):
    """The address of an edition that holds Python itself."""
    folder = tmp_path_factory.mktemp("school") / "course"
    lite.build(folder, PYODIDE)
    with open_to_tests(folder) as address:
        yield address


@pytest.fixture(scope="module")
def gate():
    """A proxy that lets nothing through: its address, and the first line of all that came to it."""
    seen = []

    class Gate(socketserver.StreamRequestHandler):
        def handle(self):
            wanted = self.rfile.readline().decode("latin-1").strip()
            if AUTOFILL not in wanted:
                seen.append(wanted)

    with listening(Gate) as port:
        yield f"http://127.0.0.1:{port}", seen


@pytest.fixture
def page(chromium, gate):
    """A page of a new student; everything that is not on this machine would go through the gate."""
    page = chromium.new_page(viewport={"width": 1280, "height": 800}, proxy={"server": gate[0], "bypass": "127.0.0.1"})
    page.set_default_timeout(180_000)
    page.requests, page.complaints = [], []
    page.context.on("request", lambda request: page.requests.append(request.url))
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    yield page
    page.context.close()


def open_lesson(page, site, name, app="lab"):
    page.goto(f"{site}/{app}/index.html?path={name}.ipynb", wait_until="domcontentloaded")
    page.wait_for_function(f"() => window.jupyterapp?.shell.currentWidget?.context?.path === '{name}.ipynb'")
    page.wait_for_function(IDLE)


def run_all(page):
    """Run all cells, and return (count, tags, outputs, source) of each cell of code."""
    command(page, "notebook:run-all-cells")
    page.wait_for_function(IDLE, timeout=SLOW)
    return page.evaluate(
        """() => [...window.jupyterapp.shell.currentWidget.content.widgets].filter(cell => cell.model.type === 'code')
            .map(({model}) => [model.executionCount, model.getMetadata('tags') ?? [],
                               model.outputs.toJSON(), model.sharedModel.source])"""
    )


def outside(page, site):
    """Return what the page asked other hosts for."""
    host = site.rsplit("/", 1)[0]
    return [url for url in page.requests if not url.startswith((host, "data:", "blob:"))]


@in_the_browser
@pytest.mark.parametrize("name", NAMES)
def test_a_lesson_runs_top_to_bottom(page, school, gate, name, capsys):
    start = time.monotonic()
    open_lesson(page, school, name, "notebooks" if name.startswith("05") else "lab")
    ready = time.monotonic()
    cells = run_all(page)
    with capsys.disabled():
        print(f"\n{name}: Python is there after {ready - start:.0f} s, {len(cells)} cells took {time.monotonic() - ready:.0f} s")

    stored = [cell for cell in nbformat.read(LESSONS / f"{name}.ipynb", as_version=4).cells if cell.cell_type == "code"]
    assert [count for count, *_ in cells] == list(range(1, len(stored) + 1)), "Run All reaches the end"
    nothing_failed(cells)
    assert LEFT_OUT not in printed(cells)

    calls = [source.splitlines()[-1] for *_, source in cells if re.search(r"_explorer\(.*\)$", source)]
    for call in calls[:1]:
        explorer_answers(page, call)
    assert (page.complaints, outside(page, school), gate[1]) == ([], [], [])


def nothing_failed(cells):
    for _, tags, outputs, source in cells:
        kinds = {output["output_type"] for output in outputs} | {output.get("name") for output in outputs}
        assert ("error" in kinds) == ("raises-exception" in tags) and "stderr" not in kinds, source


def printed(cells):
    return "".join(output.get("text", "") for *_, outputs, _ in cells for output in outputs)


@in_the_browser
def test_python_brings_its_licenses_along(page, school):
    page.goto(f"{school}/{lite.PYTHON}/licenses.txt")
    words = page.locator("body").text_content()
    assert "Mozilla Public License" in words and "PYTHON SOFTWARE FOUNDATION LICENSE VERSION 2" in words


@in_the_browser
def test_without_scikit_learn_a_comparison_is_left_out_in_a_sentence(page, tmp_path):
    school = tmp_path / "pyodide"
    school.mkdir()
    dear = {entry["file_name"] for name, entry in lite.RUNTIME["packages"].items() if name in ("scikit-learn", "scipy")}
    for path in Path(PYODIDE).iterdir():
        if path.name not in dear:
            (school / path.name).symlink_to(path)
    lite.build(tmp_path / "course", school)
    with open_to_tests(tmp_path / "course") as address:
        open_lesson(page, address, "05c_jacobians")
        cells = run_all(page)
    nothing_failed(cells)
    assert printed(cells).count(LEFT_OUT) == 2


def explorer_answers(page, call):
    cell = show_cell(page, call)
    cell.locator(".mlp-live").wait_for()
    page.wait_for_function(FRAME)
    before = page.evaluate(FRAME)
    cell.get_by_text("Presets").locator("xpath=ancestor::*[contains(@class, 'widget-hbox')][1]").locator("button").last.click()
    page.wait_for_function(CHANGED, arg=before, timeout=SLOW)
    page.wait_for_function(READY, timeout=SLOW)


@in_the_browser
def test_exercises_are_checked_and_the_work_is_kept(page, school):
    open_lesson(page, school, "01_neuron", "notebooks")
    run_cell(page, "import numpy as np")
    run_cell(page, "import lesson_01 as check")
    stub = "mean over examples of -[y log a"
    no_brackets = "-np.mean(y * np.log(a)) + np.mean((1 - y) * np.log(1 - a))"
    run_cell(page, stub, f"def log_loss(a, y):\n    # {stub}\n    return {no_brackets}")
    assert "bracket" in run_cell(page, "check.log_loss(log_loss)").locator(".jp-OutputArea").text_content()
    right, mine = "-np.mean(y * np.log(a) + (1 - y) * np.log(1 - a))", "# found by myself"
    run_cell(page, stub, f"def log_loss(a, y):\n    # {stub}\n    return {right}  {mine}")
    assert "log_loss: right" in run_cell(page, "check.log_loss(log_loss)").locator(".jp-OutputArea").text_content()

    command(page, "docmanager:save")
    page.wait_for_function("() => !window.jupyterapp.shell.currentWidget.context.model.dirty")
    with page.expect_download() as download:
        command(page, "docmanager:download")
    assert mine in Path(download.value.path()).read_text(encoding="utf-8")
    open_lesson(page, school, "01_neuron", "lab")
    assert mine in sources(page), "another visit, in the other view"

    page.evaluate("() => window.jupyterapp.serviceManager.contents.delete('01_neuron.ipynb')")
    open_lesson(page, school, "01_neuron", "lab")
    assert mine not in sources(page) and stub in sources(page), "a deleted lesson is a new one"


def sources(page):
    cells = "window.jupyterapp.shell.currentWidget.content.widgets"
    return page.evaluate(f"() => [...{cells}].map(cell => cell.model.sharedModel.source).join('\\n')")


@in_the_browser
@pytest.mark.parametrize("spoiled", [None, "numpy-"])
def test_the_public_edition_asks_its_cdn_alone_and_checks_what_comes(page, site, spoiled):
    def answer(route):
        path = Path(PYODIDE) / route.request.url.removeprefix(lite.CDN)
        body = path.read_bytes() + (b" " if spoiled and path.name.startswith(spoiled) else b"")
        kinds = {".mjs": "text/javascript", ".wasm": "application/wasm"}
        headers = {"Access-Control-Allow-Origin": "*", "Content-Type": kinds.get(path.suffix, "application/octet-stream")}
        route.fulfill(body=body, headers=headers)

    page.context.route(lite.CDN + "**", answer)
    with open_to_tests(site) as address:
        open_lesson(page, address, "00_start_here")
        run_cell(page, "find_spec")
        output = run_cell(page, "find_spec").locator(".jp-OutputArea").text_content()
        assert bool(re.search("numpy +is here", output)) == (spoiled is None)
        asked = outside(page, address)
    assert asked and {url for url in asked if not url.startswith(lite.CDN)} == set()
