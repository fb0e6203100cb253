"""The course as a site of static files: a landing page, lessons to read, slides, handouts, search, and JupyterLite.

Every link is relative: the site works under any path.
"""

import base64
import copy
import hashlib
import html
import re
import shutil
import subprocess
import sys
import time
from urllib.parse import unquote

import jinja2

import handouts
import lite
from exporters import MATHJAX, REVEAL, TEMPLATES, folder_of, licenses, title
from notebooks import ROOT, SOURCES, LessonError, with_players, with_stored_outputs
from pages import drawn, page
from slides import deck

SITE = ROOT / "_build" / "site"
FRAMES = re.compile(r'frames = (\["[^\]]*"\])')
PICTURE = re.compile(r'<img[^>]*? alt="([^"]*)"[^>]*? src="data:image/png;base64,([^"]*)"')
ROW = re.compile(r"^\| \[([^\]]*)\]\(lessons/(\w+)\.ipynb\)(.*?) \| (.*?) \| (.*?) \| (.*?) \|$", re.MULTILINE)


def build(paths, site=SITE, self_host=None):
    """Write the site of all lessons into the folder ``site``; ``self_host`` is a folder with a Pyodide distribution."""
    start = time.perf_counter()
    shutil.rmtree(site, ignore_errors=True)
    for folder in ("assets/mathjax", "assets/reveal", "films", "read", "slides", "handouts", "pictures"):
        (site / folder).mkdir(parents=True)
    lite.build(site / "lite", self_host)  # first: it may refuse what it is given
    shared_files(site / "assets")
    lesson_files(paths, site)
    handouts.build(paths, site / "handouts", apart=False)
    write(site / "index.html", landing(paths, site))
    search_index(site)
    if broken := broken_links(site):
        raise LessonError("broken links: " + "; ".join(broken))
    size = sum(file.stat().st_size for file in site.rglob("*") if file.is_file())
    print(f"site: {time.perf_counter() - start:.0f} s, {size / 1e6:.1f} MB")


def search_index(site):
    """Write the index of all pages into ``site/pagefind``, without pagefind's other forms of a search field."""
    command = [sys.executable, "-m", "pagefind", "--site", str(site), "--quiet"]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", errors="replace")
    if done.returncode:
        raise LessonError(f"pagefind could not write the index of the search:\n{(done.stdout + done.stderr).strip()}")
    for name in ("component-ui", "modular-ui", "highlight"):
        for path in (site / "pagefind").glob(f"pagefind-{name}.*"):
            path.unlink()


def write(path, text):
    path.write_text(text, encoding="utf-8", newline="\n")


def shared_files(assets):
    """Copy what all pages load into ``assets``, with the licences of what is not ours."""
    shutil.copy(folder_of(*MATHJAX) / "es5" / "tex-svg-full.js", assets / "mathjax")
    shutil.copy(folder_of(*REVEAL) / "dist" / "reveal.js", assets / "reveal")
    shutil.copy(folder_of(*REVEAL) / "plugin" / "notes" / "notes.js", assets / "reveal")
    for name in ("page.css", "page.js"):
        shutil.copy(TEMPLATES / "mlp-page" / name, assets)
    shutil.copy(TEMPLATES / "mlp-site" / "site.css", assets)
    write(assets / "licenses.txt", licenses((MATHJAX, REVEAL), ("marked", "pagefind")))


def lesson_files(paths, site):
    """Write the page and the deck of each lesson, and the films they share; the notebooks are those of JupyterLite."""
    lessons = {path: with_players(path) for path in paths}
    texts = (page(for_readers(copy.deepcopy(lessons[path])), "../assets", links(path, lessons)) for path in paths)
    for path, text in zip(paths, drawn(texts)):
        write(site / "read" / f"{path.stem}.html", with_films_apart(text, site / "films"))
        slides = deck(lessons[path], "../assets")
        write(site / "slides" / f"{path.stem}.slides.html", with_films_apart(slides, site / "films"))


def for_readers(nb):
    """Return ``nb``, changed in place, with links to pages where a notebook links to notebooks, without the instructor's notes."""
    nb = handouts.without_checks(nb)
    nb.cells = [cell for cell in nb.cells if "For the instructor" not in cell.source]
    for cell in nb.cells:
        cell.source = re.sub(r"\]\((\w+)\.ipynb", r"](\1.html", cell.source)
    return nb


def links(path, lessons):
    """Return the links that stand above the page of ``path``, one of the ``lessons`` {path: notebook}: [(words, address)]."""
    paths = list(lessons)
    k = paths.index(path)
    around = [(f"← {title(lessons[each])}", f"{each.stem}.html") for each in paths[max(k - 1, 0) : k]]
    around += [(f"{title(lessons[each])} →", f"{each.stem}.html") for each in paths[k + 1 : k + 2]]
    here = [("Run it in the browser", run_address(path.stem, "..")), ("Slides", f"../slides/{path.stem}.slides.html")]
    return [("All lessons", "../index.html"), *here, *around]


def run_address(name, to_top="."):
    """Return where the lesson opens as a notebook alone."""
    return f"{to_top}/lite/notebooks/index.html?path={name}.ipynb"


def with_films_apart(text, films):
    """Return the page ``text`` with the frames of each film in a file of their own, that is loaded when it is near."""

    def moved(found):
        name = hashlib.sha256(found[1].encode()).hexdigest()[:12]
        write(films / f"{name}.js", f'window.mlpFilms["{name}"] = {found[1]};\n')
        return f'frames = window.mlpFrames("{name}", {found[1].count(",") + 1}, "../films")'

    return FRAMES.sub(moved, text)


def broken_links(site):
    """Return "page -> address" for each link of our own pages to a file or an anchor that is not there."""
    pages = [site / "index.html", *sorted((site / "read").glob("*.html")), *sorted((site / "slides").glob("*.html"))]
    texts = {path: path.read_text(encoding="utf-8") for path in pages}
    found = []
    for path, text in texts.items():
        for address in re.findall(r'(?:href|src)="(?!data:|https?:)([^"]+)"', text):
            file, _, anchor = address.partition("#")
            target = (path.parent / file.partition("?")[0]).resolve() if file else path
            there = target.is_file() and (not anchor or f'id="{html.unescape(unquote(anchor))}"' in texts.get(target, ""))
            found += [] if there else [f"{path.name} -> {address}"]
    return found


# The landing page

# What stands for each lesson: words of the alt text of one of its pictures.
COVERS = {
    "00_start_here": "a table with one tumor", "01_neuron": "arrows of benign tumors", "02_vectorization": "W (2, 3) times X",
    "03_activations": "four units, flat up to", "04_gradient_descent": "three parabolas", "05a_graph": "the graph of one neuron",
    "05b_backpropagation": "three units on the left", "05c_jacobians": "three rows and twelve columns",
    "06_initialization": "a hundred equal arrows", "07_multiclass": "probabilities of the ten classes",
    "08_why_deep": "four pairs", "corrections": "a grid, four tests",
}  # fmt: skip


def landing(paths, site):
    """Return the first page; the README's table says what each lesson is."""
    cards = [card(row, site) for row in ROW.findall((ROOT / "README.md").read_text(encoding="utf-8"))]
    missing = {path.stem for path in paths} - {each["name"] for each in cards}
    if missing:
        raise LessonError(f"the README's table lacks {', '.join(sorted(missing))}")
    environment = jinja2.Environment(loader=jinja2.FileSystemLoader(TEMPLATES / "mlp-site"), autoescape=True)
    return environment.get_template("index.html.j2").render(cards=cards)


def card(row, site):
    """Return what the landing page says of a lesson, and write its picture."""
    title, name, optional, learn, fails, minutes = row
    alt, data = cover(name)
    (site / "pictures" / f"{name}.png").write_bytes(base64.b64decode(data))
    return {
        "name": name, "title": title + optional, "learn": plain(learn), "fails": plain(fails), "minutes": minutes,
        "alt": alt, "picture": f"pictures/{name}.png", "run": run_address(name),
    }  # fmt: skip


def cover(name):
    """Return (alt text, base64 PNG) of the picture that stands for the lesson ``name``."""
    nb = with_stored_outputs(SOURCES / f"{name}.md")
    for cell in nb.cells:
        for output in cell.get("outputs", ()):
            for alt, data in PICTURE.findall(output.get("data", {}).get("text/html", "")):
                if name in COVERS and COVERS[name] in alt:
                    return alt, data
    raise LessonError(f"COVERS in authoring/website.py must name words of the alt text of a picture in {name}")


def plain(text):
    return text.replace("`", "").replace("*", "")
