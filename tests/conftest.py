"""Settings that all tests share."""

import os

if "PYTEST_XDIST_WORKER" in os.environ:  # before NumPy is loaded: workers side by side take one thread each
    os.environ.setdefault("OMP_NUM_THREADS", "1")

import sys
from importlib.metadata import version

import pytest
from browser import launch
from explorer_walk import FewPictures
from lab import new_page, started
from packaging.version import Version
from playwright.sync_api import sync_playwright

from mlp_course.explorers import explorer

# The outputs stored in the lessons were made on Linux with these. Elsewhere, and with older ones,
# the lessons are run all the same, but a difference in the last digit or in a picture's words is no failure.
STORED_WITH = {"numpy": (2, 4), "matplotlib": (3, 11), "scikit-learn": (1, 9)}

# The files that take longest. They start first, so that at the end no processor waits for another.
LONGEST = ("test_explorers_browser.py", "test_vanishing_explorer.py", "test_decks.py", "test_website.py", "test_browser.py", "test_handouts.py")


def pytest_addoption(parser):
    parser.addoption("--all", action="store_true", help="run the walks through every explorer, deck and page in a browser, too")


def pytest_collection_modifyitems(config, items):
    if not config.getoption("--all"):
        walks = [item for item in items if item.get_closest_marker("walk")]
        items[:] = [item for item in items if item not in walks]
        config.hook.pytest_deselected(items=walks)
    items.sort(key=lambda item: LONGEST.index(item.path.name) if item.path.name in LONGEST else len(LONGEST))


def pytest_configure(config):
    if sys.platform != "linux" or any(installed(name) < stored for name, stored in STORED_WITH.items()):
        config.option.nbval_lax = True


def installed(name):
    return Version(version(name)).release[:2]


@pytest.fixture(scope="session")
def home(tmp_path_factory):
    """The folder of a student, in which ``mlp-course`` keeps the folder ``copy``."""
    return tmp_path_factory.mktemp("student")


@pytest.fixture(scope="session")
def lab(home):
    """Start ``mlp-course`` in an empty folder and return the address of its JupyterLab."""
    with started(home) as address:
        yield address


@pytest.fixture(scope="module")
def chromium():
    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()


@pytest.fixture
def page(chromium):
    page = new_page(chromium)
    yield page
    page.context.close()


@pytest.fixture(scope="module")
def few_pictures():
    """Let explorers draw few of their frames as pixels, where it does not matter what the frames look like."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(explorer, "Camera", FewPictures)
        yield
