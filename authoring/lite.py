"""The course in a browser: JupyterLite with the lessons, our wheel, and a lock that names every file of Python by its hash.

Python for the browser is Pyodide. Three kinds of files make up its packages, and ``static/python/pyodide-lock.json`` of
the site lists them all, so that ``import mlp_course`` needs no install cell: the compiled ones come from Pyodide's public
CDN, or from a folder that is copied into the site; the pure wheels of ``lite/wheels.txt`` and our own come from the site.

To move to another Pyodide, unpack its npm package ``pyodide`` and run ``python authoring/lite.py FOLDER``.
"""

import email
import hashlib
import json
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from jupyter_core.paths import jupyter_path
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from exporters import licenses
from notebooks import LESSONS, ROOT, LessonError

SETTINGS = Path(__file__).resolve().parent / "lite"
RUNTIME = json.loads((SETTINGS / "runtime.json").read_text(encoding="utf-8"))  # Pyodide: its version, its files and their hashes
CDN = f"https://cdn.jsdelivr.net/pyodide/v{RUNTIME['version']}/full/"
KERNEL_PLUGIN = "@jupyterlite/pyodide-kernel-extension:kernel"
CORE = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip")
EXTENSIONS = ("@jupyterlite/pyodide-kernel-extension", "@jupyter-widgets/jupyterlab-manager")
PYTHON = "static/python"  # where the site keeps the lock and the wheels that it brings itself
APPS = ("lab", "notebooks", "tree")  # tree is where the logo of notebooks leads

KERNEL = ("micropip", "piplite", "ipykernel", "comm", "pyodide-kernel", "jedi", "ipython")
READY = (*KERNEL, "ipywidgets", "matplotlib", "mlp-course")  # loaded before the first cell runs
OF_PYODIDE = ("micropip", "matplotlib")  # those of them that Pyodide brings; with matplotlib comes NumPy
WHEN_IMPORTED = ("scikit-learn",)  # 18 MB, which only the comparisons need
IN_THE_PAGE = {"jupyterlab-widgets", "widgetsnbextension"}  # what ipywidgets asks for and the site has as JavaScript

_minor = ".".join(RUNTIME["info"]["python"].split(".")[:2])
BROWSER = {
    "sys_platform": "emscripten", "platform_system": "Emscripten", "platform_machine": "wasm32", "os_name": "posix",
    "implementation_name": "cpython", "platform_python_implementation": "CPython",
    "python_version": _minor, "python_full_version": RUNTIME["info"]["python"], "extra": "",
}  # fmt: skip


def build(folder, self_host=None):
    """Write the browser edition into ``folder``, anew. With ``self_host``, the folder of a Pyodide distribution, the
    site holds Python too and asks nobody else for anything.

    Raises ``LessonError`` when a file is missing or is not the one that the lock names.
    """
    folder = Path(folder).resolve()
    shutil.rmtree(folder, ignore_errors=True)
    with tempfile.TemporaryDirectory() as scratch:
        work = Path(scratch)
        python = work / "python"
        python.mkdir()
        packages = _runtime(python, self_host)
        for wheel in _wheels(work):
            shutil.copy(wheel, python)
            packages.update([_entry(wheel)])
        _check(packages)
        _write(python / "pyodide-lock.json", {"info": RUNTIME["info"], "packages": packages})
        _jupyterlite(work, "./" + PYTHON if self_host else CDN.rstrip("/"))
        shutil.move(work / "made", folder)
        shutil.move(python, folder / PYTHON)


# Python


def _runtime(python, self_host):
    """Return the lock's entries of Pyodide's own packages, after their files were copied from ``self_host`` if there is one."""
    if self_host is None:
        return {name: {**entry, "file_name": CDN + entry["file_name"]} for name, entry in RUNTIME["packages"].items()}
    source, known = Path(self_host), RUNTIME["packages"]
    for name in CORE:
        _take(source / name, RUNTIME["core"][name], python)
    (python / "licenses.txt").write_text(licenses((), ("pyodide", "python")), encoding="utf-8", newline="\n")
    wanted = _closure(known, OF_PYODIDE)
    extra = _closure(known, WHEN_IMPORTED)
    if all((source / known[name]["file_name"]).is_file() for name in extra):  # a school may leave them out
        wanted |= extra
    for name in wanted:
        _take(source / known[name]["file_name"], known[name]["sha256"], python)
    return {name: known[name] for name in wanted}


def _closure(packages, names):
    """Return ``names`` and all that they depend on, among the ``packages`` of a lock."""
    found, left = set(), list(names)
    while left:
        name = left.pop()
        if name not in found:
            found.add(name)
            left += packages[name]["depends"]
    return found


def _take(path, sha256, python):
    if not path.is_file():
        raise LessonError(f"{path.parent} is not Pyodide {RUNTIME['version']}: the file {path.name} is missing")
    if _sha256(path) != sha256:
        raise LessonError(f"{path} is not the file of Pyodide {RUNTIME['version']}: its SHA-256 differs")
    shutil.copy(path, python)


def _sha256(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _wheels(work):
    """Return the pure wheels: ours, built now; those of ``wheels.txt``, checked by pip; and those that the kernel brings."""
    made = work / "wheels"
    options = ["--no-deps", "--require-hashes", "--only-binary=:all:", "--platform=any", f"--python-version={_minor}"]
    options += ["--implementation=py", "--abi=none", "--disable-pip-version-check", "--quiet"]
    _run("pip", "download", *options, "--dest", made, "--requirement", SETTINGS / "wheels.txt")
    _run("hatchling", "build", "--target", "wheel", "--directory", made)
    brought = extension(EXTENSIONS[0]) / "static" / "pypi"
    return sorted(made.glob("*.whl")) + [path for path in sorted(brought.glob("*.whl")) if _name(path) in KERNEL]


def _name(wheel):
    return canonicalize_name(wheel.name.split("-")[0])


def _entry(wheel):
    """Return the name of a pure ``wheel`` and its entry in the lock, in Pyodide's form."""
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        metadata = next(name for name in names if re.fullmatch(r"[^/]+\.dist-info/METADATA", name))
        about = email.message_from_bytes(archive.read(metadata))
    imports = {name.split("/")[0].removesuffix(".py") for name in names if name.endswith(".py") and ".data/" not in name}
    requirements = [Requirement(line) for line in about.get_all("Requires-Dist", [])]
    name = canonicalize_name(about["Name"])
    return name, {
        "name": name, "version": about["Version"], "file_name": wheel.name, "sha256": _sha256(wheel), "install_dir": "site",
        "package_type": "package", "imports": sorted(imports), "unvendored_tests": False,
        "depends": [str(each) for each in requirements if each.marker is None or each.marker.evaluate(BROWSER)],
    }  # fmt: skip


def _check(packages):
    """Hold the versions in ``packages`` to what the wheels ask for; leave the bare names of what they depend on."""
    for name, entry in packages.items():
        asked = [each for each in map(Requirement, entry["depends"]) if canonicalize_name(each.name) not in IN_THE_PAGE]
        entry["depends"] = [canonicalize_name(each.name) for each in asked]
        for each in asked:
            found = packages.get(canonicalize_name(each.name), {"version": "none"})["version"]
            if found == "none" or not each.specifier.contains(found, prereleases=True):
                raise LessonError(f"{name} needs {each} in the browser, and the lock has {found}: mend authoring/lite/wheels.txt")


# The site


def _jupyterlite(work, python):
    """Let JupyterLite write its pages to ``work/made``; ``python`` is the address of Pyodide's folder."""
    contents = work / "contents"
    shutil.copytree(ROOT / "data", contents / "data")
    for lesson in LESSONS.glob("*.ipynb"):
        shutil.copy(lesson, contents)
    lite = work / "lite"
    lite.mkdir()
    settings = json.loads((SETTINGS / "jupyter-lite.json").read_text(encoding="utf-8"))
    kernel = settings["jupyter-config-data"]["litePluginSettings"][KERNEL_PLUGIN]
    kernel["pyodideUrl"] = f"{python}/pyodide.mjs"
    kernel["loadPyodideOptions"] = {"lockFileURL": f"./{PYTHON}/pyodide-lock.json", "packages": list(READY)}
    _write(lite / "jupyter-lite.json", settings)
    shutil.copy(SETTINGS / "overrides.json", lite)
    _write(lite / "jupyter_lite_config.json", {"LiteBuildConfig": _options(contents, work / "made")})
    _run("jupyterlite_core", "build", "--lite-dir", lite, cwd=lite)
    _let_cells_fail_on_purpose(work / "made" / "build")
    for font in (work / "made" / "build").glob("fa-*"):
        if font.suffix != ".woff2":  # forms for browsers too old to run Python
            font.unlink()


# Where JupyterLite replies to a request (group 2) with what became of its cell; each version has other short names.
REPLY = re.compile(
    r'(msgType:"execute_reply",channel:"shell",parentHeader:(\w+)\.header,session:\2\.header\.session,content:\w+)}'
)


def _let_cells_fail_on_purpose(scripts):
    """Let Run All go on after a cell tagged ``raises-exception``, as in JupyterLab.

    JupyterLite drops the cells that wait after any error, unless the reply says that its cause was an interruption.
    """
    found = 0
    for path in scripts.glob("*.js"):
        text = path.read_text(encoding="utf-8")
        mended, count = REPLY.subn(r'\1,metadata:\2.content.stop_on_error?{}:{cause:"interrupt"}}', text)
        if count:
            path.write_text(mended, encoding="utf-8", newline="\n")
        found += count
    if found != 1:
        raise LessonError(f"this JupyterLite answers a cell in {found} places, not in 1: look at REPLY in authoring/lite.py")


def _options(contents, made):
    return {
        "apps": list(APPS),
        "contents": [str(contents)],
        "output_dir": str(made),
        "federated_extensions": [str(extension(name)) for name in EXTENSIONS],
        "ignore_sys_prefix": ["federated_extensions"],
        "no_sourcemaps": True,
        "no_unused_shared_packages": True,
    }


def extension(name):
    """Return the folder of the JupyterLab extension ``name``, which a Python package has installed."""
    folders = [Path(place) / name for place in jupyter_path("labextensions")]
    for folder in folders:
        if (folder / "package.json").is_file():
            return folder
    raise LessonError(f"the JupyterLab extension {name} is not installed: pip install 'mlp_course[site]'")


def _write(path, value):
    path.write_text(json.dumps(value, indent=1, sort_keys=True) + "\n", encoding="utf-8", newline="\n")


def _run(module, *arguments, cwd=ROOT):
    command = [sys.executable, "-m", module, *map(str, arguments)]
    done = subprocess.run(command, cwd=cwd, capture_output=True, encoding="utf-8", errors="replace")
    if done.returncode:
        raise LessonError(f"{module} {arguments[0]} failed:\n{(done.stdout + done.stderr).strip()[-2000:]}")


def pin(folder):
    """Return what ``lite/runtime.json`` has to say of the Pyodide whose npm package is unpacked in ``folder``."""
    folder = Path(folder)
    lock = json.loads((folder / "pyodide-lock.json").read_text(encoding="utf-8"))
    return {
        "version": json.loads((folder / "package.json").read_text(encoding="utf-8"))["version"],
        "info": lock["info"],
        "core": {name: _sha256(folder / name) for name in CORE},
        "packages": {name: lock["packages"][name] for name in _closure(lock["packages"], (*OF_PYODIDE, *WHEN_IMPORTED))},
    }


if __name__ == "__main__":
    _write(SETTINGS / "runtime.json", pin(sys.argv[1]))
