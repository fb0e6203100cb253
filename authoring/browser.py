"""The browser that tests drive, and builds that draw or print pages: a Chromium that is already installed."""

import os
import shutil

from notebooks import LessonError

NAMES = ("chromium", "chromium-browser", "google-chrome")


def chromium_path():
    """Return the path of Chromium, or None; the environment variable MLP_COURSE_CHROMIUM comes first."""
    candidates = (shutil.which(name) for name in (os.environ.get("MLP_COURSE_CHROMIUM", ""), *NAMES) if name)
    return next(filter(None, candidates), None)


def launch(playwright):
    """Return a headless Chromium of ``playwright`` (its synchronous interface)."""
    path = chromium_path()
    if path is None:
        raise LessonError(f"no browser found: install one of {', '.join(NAMES)}, or set MLP_COURSE_CHROMIUM")
    return playwright.chromium.launch(executable_path=path, args=["--disable-gpu", "--disable-quic"])
