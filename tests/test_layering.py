"""The house of design.md, held by reading the sources: who imports what, how long it is, and what importing it loads."""

import ast
import os
import statistics
import subprocess
import sys
from pathlib import Path

import mlp_course

PACKAGE = Path(mlp_course.__file__).parent
MODULES = sorted(PACKAGE.rglob("*.py"))

# The floor of a module, or of a subpackage by its folder: it may import only from floors below, and from its own subpackage.
FLOORS = {
    "checks": -1, "folders": -1,
    "activations": 0, "graph": 0, "datasets": 0,
    "losses": 1, "parameters": 1,
    "initializers": 2, "network": 2,
    "gradient_check": 3, "optimizers": 3,
    "training": 4,
    "__init__": 5, "estimators": 5, "plots": 5,
    "scenes": 6, "film": 6, "exercises": 6,
    "explorers": 7,
    "__main__": 8,
}  # fmt: skip

# What else each may import, besides the standard library. Nobody else may.
THIRD_PARTY = {
    **dict.fromkeys(["folders", "graph", "__init__", "__main__"], set()),
    **dict.fromkeys(["checks", "activations", "datasets", "losses", "parameters", "initializers"], {"numpy"}),
    **dict.fromkeys(["network", "gradient_check", "optimizers", "training"], {"numpy"}),
    "estimators": {"numpy", "sklearn"},
    "plots": {"numpy", "matplotlib"},
    "scenes": {"numpy", "matplotlib", "contourpy"},
    "film": {"numpy", "matplotlib", "PIL"},
    "exercises": {"numpy", "IPython"},
    "explorers": {"numpy", "matplotlib", "ipywidgets", "IPython"},
}


def imports(parts, source):
    """Yield (inside, name) of every import in ``source``, the module ``parts`` of mlp_course; inside: it is of mlp_course."""
    folder = ["mlp_course", *parts[:-1]]
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            targets = [alias.name.split(".") for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            start = folder[: len(folder) - node.level + 1] if node.level else []
            start = start + (node.module.split(".") if node.module else [])
            targets = [start + [alias.name] for alias in node.names]
        else:
            continue
        for target in targets:
            inside = target[0] == "mlp_course"
            yield inside, target[1] if inside and len(target) > 1 else target[0]


def faults(parts, source):
    """Return what is wrong with the imports of ``source``, the module ``parts`` of mlp_course."""
    unit, found = parts[0], []
    if unit not in FLOORS:
        return [f"{unit} is on no floor"]
    for inside, name in imports(parts, source):
        if inside and name != unit and FLOORS.get(name, 99) >= FLOORS[unit]:
            found.append(f"{unit} imports {name}, which is not below it")
        if not inside and name not in THIRD_PARTY[unit] | sys.stdlib_module_names:
            found.append(f"{unit} imports {name}")
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Try) and any(isinstance(part, (ast.Import, ast.ImportFrom)) for part in ast.walk(node)):
            found.append(f"{unit} imports inside try")
    return found


def parts_of(file):
    return file.relative_to(PACKAGE).with_suffix("").parts


def code_lines(function, lines):
    """Return how many lines of code the body has: no docstring, no blank lines, no comments."""
    first = function.body[1:] if ast.get_docstring(function) is not None else function.body
    body = lines[first[0].lineno - 1 : function.end_lineno] if first else []
    return sum(bool(line.strip()) and not line.strip().startswith("#") for line in body)


def function_lengths():
    """Return {file:name: lines of code} of every function of the package."""
    lengths = {}
    for file in MODULES:
        source = file.read_text(encoding="utf-8")
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                name = f"{'/'.join(parts_of(file))}:{node.lineno} {node.name}"
                lengths[name] = code_lines(node, source.splitlines())
    return lengths


# Floors


def test_every_module_imports_only_from_floors_below_it():
    found = [fault for file in MODULES for fault in faults(parts_of(file), file.read_text(encoding="utf-8"))]
    assert found == []


def test_both_tables_speak_of_the_same_modules_and_of_those_that_exist():
    units = {parts_of(file)[0] for file in MODULES}
    assert {"checks", "activations", "losses", "parameters", "network", "optimizers", "training"} <= units
    assert set(FLOORS) == set(THIRD_PARTY)


def test_the_rules_find_what_they_forbid():
    forbidden = {
        ("losses", "from .network import MLP"): "losses imports network, which is not below it",
        ("losses", "from .parameters import Parameters"): "losses imports parameters, which is not below it",
        ("network", "from . import training"): "network imports training, which is not below it",
        ("network", "import mlp_course.plots"): "network imports plots, which is not below it",
        ("network", "from mlp_course.estimators import x"): "network imports estimators, which is not below it",
        ("network", "import mlp_course"): "network imports mlp_course, which is not below it",
        ("training", "def f():\n    import scipy.special"): "training imports scipy",
        ("plots", "from ipywidgets import HTML"): "plots imports ipywidgets",
        ("scenes/neuron", "from ..explorers.player import Player"): "scenes imports explorers, which is not below it",
        ("scenes/neuron", "from ..film import Camera"): "scenes imports film, which is not below it",
        ("network", "try:\n    import numpy\nexcept ImportError:\n    numpy = None"): "network imports inside try",
        ("widgets", "import numpy"): "widgets is on no floor",
        ("network", "from .unknown import x"): "network imports unknown, which is not below it",
    }
    for (module, source), fault in forbidden.items():
        assert faults(tuple(module.split("/")), source) == [fault]


def test_the_rules_let_pass_what_is_allowed():
    allowed = {
        "network": "import numpy as np\nfrom . import activations\nfrom .losses import Loss\nimport dataclasses",
        "scenes/neuron": "from . import Scene\nfrom .. import plots\nfrom ..checks import option\nimport matplotlib.pyplot",
        "explorers/__init__": "from .neuron import neuron_explorer\nfrom ..film import Camera\nimport ipywidgets",
        "__init__": "from . import datasets\nfrom .training import train",
    }
    for module, source in allowed.items():
        assert faults(tuple(module.split("/")), source) == []


# Sizes


def test_floors_0_to_4_can_be_read_in_an_evening():
    """At most 1,000 lines with something on them, docstrings and comments included."""
    files = [file for file in MODULES if 0 <= FLOORS.get(parts_of(file)[0], -1) <= 4]
    lines = [line for file in files for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
    assert 300 < len(lines) <= 1000


def test_the_network_fits_on_a_few_screens():
    assert len((PACKAGE / "network.py").read_text(encoding="utf-8").splitlines()) <= 150


def test_functions_are_short():
    lengths = function_lengths()
    assert statistics.median(lengths.values()) <= 6
    assert sum(length <= 20 for length in lengths.values()) >= 0.9 * len(lengths)
    assert {name: length for name, length in lengths.items() if length > 35} == {}


def test_lengths_leave_out_docstrings_blank_lines_and_comments():
    source = 'def f(x):\n    """Doc.\n\n    More.\n    """\n    # comment\n    y = x\n\n    return y\n'
    assert code_lines(ast.parse(source).body[0], source.splitlines()) == 2


# Loading


def test_importing_the_package_loads_numpy_and_nothing_heavier():
    program = (
        "import sys, numpy; before = set(sys.modules); import mlp_course;"
        "print(*{name.split('.')[0] for name in set(sys.modules) - before} - set(sys.stdlib_module_names))"
    )
    environment = {**os.environ, "PYTHONPATH": str(PACKAGE.parent)}
    run = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True)
    assert run.stdout.split() == ["mlp_course"]
