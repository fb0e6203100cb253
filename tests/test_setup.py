"""What surrounds the code: both ways to install agree, no version is pinned, nothing large or private is in the checkout."""

import os
import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import lowest
import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
CONDA_NAMES = {"matplotlib": "matplotlib-base", "playwright": "playwright-python"}  # where conda-forge's name differs
NOT_ON_CONDA_FORGE = {"axe-playwright-python", "pagefind", "pagefind_bin", "sphinx-revealjs", "django-static-mathjax"}
MEGABYTE = 1_000_000
# These patterns do not match their own text.
PRIVATE = {
    "a path of somebody's machine": r"(?<![\w.:/])/(?:work|root|home/[\w.-]+|Users/[\w.-]+)/|[A-Z]:\\Users\\",
    "the host of a package registry": r"\b(?:pypi|pythonhosted|registry\.npmjs|deb\.debian|conda\.anaconda)\.org",
    "an index of packages": r"(?:index|trusted)-(?:url|host)\b|find-(?:links)\b",
}



class NoDuplicates(yaml.SafeLoader):
    """YAML as a code host reads it: the same key twice in one mapping is an error."""

    def construct_mapping(self, node, deep=False):
        keys = [key.value for key, _ in node.value]
        assert len(keys) == len(set(keys)), f"a key stands twice: {keys}"
        return super().construct_mapping(node, deep)


def read(name):
    return (ROOT / name).read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def tracked():
    """The files that git tracks and that are still here."""
    if shutil.which("git") is None or not (ROOT / ".git").exists():
        pytest.skip("not a git checkout, or no git")
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True)
    if listed.returncode:
        pytest.skip(f"git cannot read this checkout: {listed.stderr.strip()}")
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


# Dependencies


def all_requirements():
    groups = [PYPROJECT["project"]["dependencies"], PYPROJECT["build-system"]["requires"]]
    groups += PYPROJECT["project"]["optional-dependencies"].values()
    return [line for group in groups for line in group] + ["python" + PYPROJECT["project"]["requires-python"]]


def conda_environment():
    """Return {name: version specifier} of environment.yml, and what it leaves to pip."""
    entries = yaml.safe_load(read("environment.yml"))["dependencies"]
    names = [re.fullmatch(r"([\w.-]+?)\s*([<>=!~].*)?", entry).groups("") for entry in entries if isinstance(entry, str)]
    assert len(names) == len(dict(names)), "a name stands twice"
    return dict(names), [entry["pip"] for entry in entries if isinstance(entry, dict)]


def test_no_dependency_has_an_upper_bound():
    assert [line for line in all_requirements() if re.search("<|==|~=", line)] == []


def test_conda_installs_what_pip_installs():
    project = PYPROJECT["project"]
    extras = {name: lines for name, lines in project["optional-dependencies"].items() if name != "site"}  # apart: see pyproject.toml
    needed = lowest.requirements({**project, "optional-dependencies": extras})
    wanted = {CONDA_NAMES.get(name, name): specifier for name, specifier in needed.items()}
    by_pip = {f"{name}{wanted.pop(name)}" for name in NOT_ON_CONDA_FORGE & wanted.keys()}
    found, (left_to_pip,) = conda_environment()
    assert found == {**wanted, "python": project["requires-python"], "pip": ""}
    assert set(left_to_pip) == by_pip | {"-e ."}


def test_the_conda_environment_has_the_name_that_the_readme_activates():
    environment = yaml.safe_load(read("environment.yml"))
    assert environment["name"] == "mlp-course" and "conda activate mlp-course" in read("README.md")
    assert environment["channels"][0] == "conda-forge"


def test_the_extras_of_the_test_command_are_all_in_the_lowest_versions():
    pins = lowest.lowest(PYPROJECT["project"])
    assert all(re.fullmatch(r"[\w.-]+==\d[\w.]*", pin) for pin in pins)
    assert {"numpy", "jupyterlab", "pytest", "jupytext"} <= {pin.partition("==")[0] for pin in pins}


def test_lowest_reads_extras_and_markers_and_asks_for_a_bound():
    base = ["a[b,c] >= 1.0", 'd>=2 ; python_version < "4"']
    project = {"name": "x", "dependencies": base, "optional-dependencies": {"e": ["x[f]", "g>=3"]}}
    assert lowest.lowest(project) == ["a==1.0", "d==2", "g==3"]
    with pytest.raises(ValueError, match="a needs a lower bound"):
        lowest.lowest({"name": "x", "dependencies": ["a"]})


# What runs the tests


def test_ci_runs_the_readmes_command():
    install, tests = 'python -m pip install -e ".[test]"', "python -m pytest --all"
    assert f"    {install} && {tests}\n" in read("README.md")
    script = read(".ci/run")
    assert 0 < script.index(f"{install}\n") < script.index(f"{tests}\n") == len(script) - len(f"{tests}\n")
    assert os.name == "nt" or os.access(ROOT / ".ci" / "run", os.X_OK)


def test_the_workflow_tests_every_system_and_version_and_may_only_read():
    text = read(".github/workflows/test.yml")
    workflow = yaml.load(text, Loader=NoDuplicates)
    matrix = workflow["jobs"]["newest"]["strategy"]["matrix"]
    assert {name.partition("-")[0] for name in matrix["os"]} == {"ubuntu", "macos", "windows"}
    assert matrix["python"] == ["3.11", "3.12", "3.13", "3.14"]
    assert workflow["permissions"] == {"contents": "read"} and "secrets" not in text
    assert all("permissions" not in job for job in workflow["jobs"].values())
    assert any("authoring/lowest.py" in step.get("run", "") for step in workflow["jobs"]["lowest"]["steps"])


# What is in the checkout


def test_git_ignores_what_is_built_and_what_students_write():
    assert {"_build/", "mlp-course-lessons/"} <= set(read(".gitignore").split())


def test_the_license_covers_code_lessons_and_data():
    text = read("LICENSE")
    assert "Copyright (c) 2026, the mlp_course developers" in text and "BSD 3-Clause License" in text
    assert "https://creativecommons.org/licenses/by/4.0/" in text and "authoring/lessons/" in text
    assert "data/README.md" in text and (ROOT / "data" / "README.md").is_file()


def test_no_tracked_text_names_a_machine_or_a_registry(tracked):
    found = []
    for file in tracked:
        try:
            text = file.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        for what, pattern in PRIVATE.items():
            found += [f"{file.relative_to(ROOT)}: {what}: {match[0]}" for match in re.finditer(pattern, text)]
    assert found == []


@pytest.mark.parametrize("text", [
    'File "/' + "root/lesson.py", "cd /" + "work/main", "(/" + "home/ada/x)", "C:" + r"\Users\ada",
    "https://py" + "pi.org/simple/", "--extra-index" + "-url x", "--find" + "-links x",
])  # fmt: skip
def test_the_patterns_find_what_they_look_for(text):
    assert any(re.search(pattern, text) for pattern in PRIVATE.values())


@pytest.mark.parametrize("text", ["https://example.org/work/list", "iVBORw/root/AA", "network/root/", "lessons/work/"])
def test_the_patterns_let_pass_what_is_public(text):
    assert not any(re.search(pattern, text) for pattern in PRIVATE.values())


def test_the_checkout_is_small(tracked):
    sizes = {file.relative_to(ROOT).as_posix(): file.stat().st_size for file in tracked}
    assert sum(sizes.values()) < 30 * MEGABYTE
    assert {name: size for name, size in sizes.items() if name.endswith(".ipynb") and size >= 1.5 * MEGABYTE} == {}
