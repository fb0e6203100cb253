"""``mlp-course``: bring your own copy of the lessons up to date, then open it in JupyterLab."""

import argparse
import hashlib
import importlib.util
import json
import os
import runpy
import sys
from pathlib import Path

from mlp_course.folders import course_folder

RECORD = ".mlp_course.json"  # in the student's folder: file -> SHA-256 of the version that we put there
ALIASES = {"--ip": "--ServerApp.ip", "--notebook-dir": "--ServerApp.root_dir", "--ServerApp.allow_root": "--allow-root"}
ABOUT = """Open your own copy of the lessons in JupyterLab; the first start makes the copy.
A later start brings new versions of the lessons and never overwrites a file that you changed:
it then puts the new version beside yours (01_neuron.new.ipynb).
To reset a lesson, delete its file in DIR and start again. To stop, press Ctrl-C here.
What follows -- goes to JupyterLab, for example: mlp-course -- --no-browser --port=8899"""


def main(argv=None):
    """Run the command ``mlp-course [DIR] [-- JUPYTER OPTIONS]``; return its exit code."""
    argv = list(sys.argv[1:] if argv is None else argv)
    end = argv.index("--") if "--" in argv else len(argv)
    folder = student_folder(argv[:end])
    try:
        if importlib.util.find_spec("jupyterlab") is None:
            raise FileNotFoundError(f"JupyterLab is missing; install it with: {install_command()}")
        for line in copy_lessons(course_folder("lessons"), folder):
            print(line, flush=True)
    except OSError as error:
        system = f"cannot keep your lessons in {folder}: {error.strerror} ({error.filename})"
        print(f"mlp-course: {system if error.strerror else error}", file=sys.stderr)
        return 1
    return run(jupyter_options(folder, argv[end + 1 :]))


def student_folder(arguments):
    """Return the folder that our own arguments, those before ``--``, name."""
    usage, layout = "mlp-course [DIR] [-- JUPYTER OPTIONS]", argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser("mlp-course", usage, ABOUT, formatter_class=layout)
    parser.add_argument("DIR", nargs="?", default="mlp-course-lessons", help="the folder of your copy (%(default)s)")
    return Path(parser.parse_args(arguments).DIR)


def install_command():
    """Return the command that installs JupyterLab for the course, which is a checkout or an installed package."""
    project = Path(__file__).resolve().parent.parent / "pyproject.toml"
    return "python -m pip install " + ('-e ".[lab]"' if project.is_file() else '"mlp_course[lab]"')


def copy_lessons(lessons, folder):
    """Bring ``folder`` up to date with ``lessons`` but for what the student changed; return the lines to say."""
    if folder.exists() and not folder.is_dir():
        raise NotADirectoryError(f"{folder} is a file; name a folder for your copy of the lessons")
    if any(place.exists() and place.samefile(lessons) for place in (folder.resolve(), *folder.resolve().parents)):
        raise PermissionError(f"{folder} is in the course's own lessons; name another folder for your copy")
    folder.mkdir(parents=True, exist_ok=True)
    record, lines = read_record(folder / RECORD)
    for source in sorted(lessons.rglob("*")):
        name = source.relative_to(lessons).as_posix()
        if source.is_file() and not any(part.startswith(".") for part in name.split("/")):  # .ipynb_checkpoints
            lines += copy_lesson(source, folder, name, record)
    write(folder / RECORD, json.dumps(record, indent=1).encode())
    return [f"your lessons are in {folder.resolve()}", *lines]


def copy_lesson(source, folder, name, record):
    """Copy one lesson unless the student changed it; record its version and return the lines to say."""
    what = decide(mine=checksum(folder / name), recorded=record.get(name), course=checksum(source))
    record[name] = checksum(source)
    if what == "kept":
        new = write_beside(source, folder, name, record)
        return [f"kept your {name}, which you changed; the course's new version is beside it: {new}"]
    if what != "same":
        write(folder / name, source.read_bytes())
    return [] if what == "same" else [f"{what} {name}"]


def decide(mine, recorded, course):
    """Return what happens to a lesson, from the checksums of the student's file, our last copy and the course's."""
    if mine is None:
        return "copied"
    if course in (mine, recorded):
        return "same"
    return "updated" if mine == recorded else "kept"


def write_beside(source, folder, name, record):
    """Write the course's version beside the student's, under a name that holds no work of theirs; return the name."""
    new = Path(name).with_stem(f"{Path(name).stem}.new").as_posix()
    if checksum(folder / new) not in (None, record.get(new), checksum(source)):
        return write_beside(source, folder, new, record)
    write(folder / new, source.read_bytes())
    record[new] = checksum(source)
    return new


def read_record(path):
    """Return the record, and a line when it is damaged: then every file that differs counts as the student's."""
    try:
        return dict(json.loads(path.read_bytes()).items()) if path.exists() else {}, []
    except (ValueError, AttributeError):
        return {}, [f"{path.name} is damaged: each lesson that differs from the course's counts as changed by you"]


def checksum(path):
    """Return the SHA-256 of a file, or ``None`` when it is not there."""
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.exists() else None


def write(path, data):
    """Write a file whole or not at all, so that a copy cut short is never taken for the student's change."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.name + ".part")
    part.write_bytes(data)
    part.replace(path)


def jupyter_options(folder, options=()):
    """Return JupyterLab's options to open ``folder``; an option of the user replaces ours: Jupyter refuses it twice."""
    ours = ["--ServerApp.ip=127.0.0.1", f"--ServerApp.root_dir={folder.resolve()}"]
    ours.append("--LabApp.default_url=/lab/tree/00_start_here.ipynb")
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        ours.append("--allow-root")
    given = {ALIASES.get(name, name) for name in (option.partition("=")[0] for option in options)}
    return [option for option in ours if option.partition("=")[0] not in given] + list(options)


def run(options):
    """Do what ``python -m jupyterlab`` does, in this process, so that every signal reaches the server as usual."""
    own = str(Path(__file__).resolve().parent / "jupyter")  # turns off JupyterLab's question about news, for this run
    others = os.environ.get("JUPYTER_CONFIG_PATH")
    os.environ["JUPYTER_CONFIG_PATH"] = own + os.pathsep + others if others else own
    sys.argv = ["jupyterlab", *options]
    try:
        runpy.run_module("jupyterlab", run_name="__main__")
    except SystemExit as end:
        if end.code:
            raise
    except KeyboardInterrupt:
        pass
    os._exit(0)  # a worker thread of the stopped server can be left over, and Python would wait for it for ever


if __name__ == "__main__":
    sys.exit(main())
