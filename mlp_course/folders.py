"""Where the course's files are: inside the installed package, or one level up in a checkout."""

from pathlib import Path


def course_folder(name):
    """Return the folder ``name`` ("data" or "lessons") of the course, as a ``Path``.

    A wheel carries the folders inside the package; a checkout has them beside it.
    Raises ``FileNotFoundError`` when neither is there.
    """
    package = Path(__file__).resolve().parent
    for folder in (package / name, package.parent / name):
        if folder.is_dir():
            return folder
    raise FileNotFoundError(
        f"the folder {name!r} of the course is missing: looked in {package} and {package.parent}; "
        "install mlp_course again"
    )
