"""Print the lowest versions that pyproject.toml allows, as constraints for pip: one ``name==version`` a line.

    python authoring/lowest.py > lowest.txt
    python -m pip install -c lowest.txt -e ".[test]"

Only the standard library: it runs before anything is installed.
"""

import re
import tomllib
from pathlib import Path

PYPROJECT = Path(__file__).resolve().parent.parent / "pyproject.toml"


def requirements(project):
    """Return {name: version specifier} of the base dependencies and all extras; the project's own name is left out."""
    extras = project.get("optional-dependencies", {})
    lines = [*project.get("dependencies", []), *(line for extra in extras.values() for line in extra)]
    parts = [re.fullmatch(r"([\w.-]+)(?:\[[^]]*\])?\s*([^;]*?)\s*(?:;.*)?", line).groups() for line in lines]
    return {name: specifier for name, specifier in parts if name != project["name"]}


def lowest(project):
    """Return the lines ``name==version``; raise ``ValueError`` when a dependency has no lower bound."""
    pins = []
    for name, specifier in sorted(requirements(project).items()):
        bound = re.search(r">=\s*([^\s,]+)", specifier)
        if bound is None:
            raise ValueError(f"{name} needs a lower bound in {PYPROJECT.name}, got {specifier!r}")
        pins.append(f"{name}=={bound[1]}")
    return pins


if __name__ == "__main__":
    print(*lowest(tomllib.loads(PYPROJECT.read_text(encoding="utf-8"))["project"]), sep="\n")
