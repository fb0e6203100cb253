"""``mlp-course``: open your own copy of the lessons in JupyterLab.

``copy_lessons`` brings the copy up to date; ``jupyter_command`` and ``run`` open it. They know nothing of each other.
"""

import argparse
import hashlib
import importlib.util
import itertools
import json
import os
import signal
import subprocess
import sys
from pathlib import Path, PurePosixPath

from mlp_course.folders import course_folder

FIRST = "00_start_here.ipynb"
RECORD = ".mlp_course.json"  # in the student's folder: file -> SHA-256 of the version that we put there
SAME_OPTION = {"--ip": "--ServerApp.ip", "--notebook-dir": "--ServerApp.root_dir", "--ServerApp.allow_root": "--allow-root"}
ABOUT = """Open your own copy of the lessons in JupyterLab; the first start makes the copy.
A later start brings new versions of the lessons and never overwrites a file that you changed:
it then puts the new version beside yours (01_neuron.new.ipynb).
To reset a lesson, delete its file in DIR and start again. To stop, press Ctrl-C here."""


def main(argv=None):
    """Run the command ``mlp-course [DIR] [-- JUPYTER OPTIONS]``; return its exit code."""
    argv = list(sys.argv[1:] if argv is None else argv)
    end = argv.index("--") if "--" in argv else len(argv)
    folder = parser().parse_args(argv[:end]).DIR
    try:
        if importlib.util.find_spec("jupyterlab") is None:
            raise ModuleNotFoundError(f"JupyterLab is missing; install it with: {install_command()}")
        for line in copy_lessons(course_folder("lessons"), folder):
            print(line, flush=True)
    except (OSError, ModuleNotFoundError) as error:
        print(f"mlp-course: {sentence(error, folder)}", file=sys.stderr)
        return 1
    return run(jupyter_command(folder, argv[end + 1 :]))


def parser():
    """Return the parser of our own arguments, those before ``--``."""
    formatter = argparse.RawDescriptionHelpFormatter
    usage = "mlp-course [DIR] [-- JUPYTER OPTIONS]"
    epilog = "What follows -- goes to JupyterLab: mlp-course -- --no-browser --port=8899"
    result = argparse.ArgumentParser("mlp-course", usage, ABOUT, epilog, formatter_class=formatter)
    result.add_argument("DIR", nargs="?", type=Path, default=Path("mlp-course-lessons"), help="your copy (default: %(default)s)")
    return result


def install_command():
    """Return the command that installs JupyterLab for this course, for a checkout or for an installed package."""
    checkout = Path(__file__).resolve().parent.parent
    if (checkout / "pyproject.toml").is_file():
        return f'python -m pip install -e ".[lab]" (in {checkout})'
    return 'python -m pip install "mlp_course[lab]"'


def sentence(error, folder):
    """Return what went wrong as one sentence; the operating system's own words do not name ``folder``."""
    if getattr(error, "strerror", None):
        return f"cannot keep the lessons in {folder}: {error.strerror} ({error.filename})"
    return str(error)


def copy_lessons(lessons, folder):
    """Bring ``folder`` up to date with ``lessons``, and no file that the student changed; return the lines to say.

    Raises ``OSError`` when ``folder`` is a file, is inside ``lessons``, or cannot be written.
    """
    refuse(lessons, folder)
    folder.mkdir(parents=True, exist_ok=True)
    record, lines = read_record(folder)
    copied = 0
    for source in lesson_files(lessons):
        name, data = source.relative_to(lessons).as_posix(), source.read_bytes()
        action = decide(checksum(folder / name), record.get(name), digest(data))
        if action in ("copy", "update"):
            write(folder / name, data)
        if action == "update":
            lines.append(f"updated {name}")
        if action == "keep":
            new = write_beside(folder, name, data, record)
            lines.append(f"kept your {name}, which you changed; the course's new version is beside it: {new}")
        record[name] = digest(data)
        copied += action == "copy"
    write(folder / RECORD, json.dumps(record, indent=1).encode())
    return [f"your lessons are in {folder.resolve()} ({copied} copied)", *lines]


def refuse(lessons, folder):
    """Raise unless ``folder`` can be a student's own: a folder, or nothing yet, outside ``lessons``."""
    if folder.exists() and not folder.is_dir():
        raise NotADirectoryError(f"{folder} is a file; name a folder for your copy of the lessons")
    if any(place.exists() and place.samefile(lessons) for place in (folder.resolve(), *folder.resolve().parents)):
        raise PermissionError(f"{folder} is in the course's own lessons; name another folder for your copy")


def decide(mine, recorded, course):
    """Return what to do with a lesson, by the checksums of the student's file, of our last copy, of the course's file."""
    if mine is None:
        return "copy"
    if mine == course or (mine != recorded and recorded == course):
        return "leave"
    return "update" if mine == recorded else "keep"


def write_beside(folder, name, data, record):
    """Write the course's version beside the student's; return its name, one that holds no work of the student."""
    for n in itertools.count(1):
        path = PurePosixPath(name)
        new = path.with_name(f"{path.stem}.new{n if n > 1 else ''}{path.suffix}").as_posix()
        action = decide(checksum(folder / new), record.get(new), digest(data))
        if action in ("copy", "update"):
            write(folder / new, data)
            record[new] = digest(data)
        if checksum(folder / new) == digest(data):
            return new


def lesson_files(lessons):
    """Return the files under ``lessons``, sorted; hidden ones (``.ipynb_checkpoints``) are nobody's lesson."""
    found = (path for path in lessons.rglob("*") if path.is_file())
    return sorted(path for path in found if not any(part.startswith(".") for part in path.relative_to(lessons).parts))


def read_record(folder):
    """Return the record, and a line to say when it is damaged: then every file that differs is the student's."""
    try:
        record = json.loads((folder / RECORD).read_bytes())
        return dict(record.items()), []
    except FileNotFoundError:
        return {}, []
    except (ValueError, AttributeError, RecursionError):
        return {}, [f"{RECORD} is damaged: every lesson that differs from the course's counts as changed by you"]


def digest(data):
    """Return the SHA-256 of bytes."""
    return hashlib.sha256(data).hexdigest()


def checksum(path):
    """Return the SHA-256 of a file, or ``None`` when it is not there."""
    return digest(path.read_bytes()) if path.exists() else None


def write(path, data):
    """Write a file whole or not at all, so that an interrupted copy is not taken for a student's change."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.name + ".part")
    part.write_bytes(data)
    part.replace(path)


def jupyter_command(folder, options=()):
    """Return the command that opens ``folder``; an option that the user gives replaces ours, as Jupyter refuses both."""
    ours = [
        "--ServerApp.ip=127.0.0.1",
        f"--ServerApp.root_dir={folder.resolve()}",
        f"--LabApp.default_url=/lab/tree/{FIRST}",
        "--LabApp.news_url=None",  # without it JupyterLab asks each student about news
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    ]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        ours.append("--allow-root")
    given = {SAME_OPTION.get(key, key) for key in (option.partition("=")[0] for option in options)}
    kept = [option for option in ours if option.partition("=")[0] not in given]
    return [sys.executable, "-m", "jupyterlab", *kept, *options]


def run(command):
    """Run ``command`` until it ends; Ctrl-C reaches it too, and how to end is its affair. Return its exit code."""
    with subprocess.Popen(command) as server:
        signal.signal(signal.SIGTERM, lambda *_: server.terminate())
        while True:
            try:
                return server.wait()
            except KeyboardInterrupt:
                pass


if __name__ == "__main__":
    sys.exit(main())
