"""The command ``mlp-course``: a copy that never costs a student their work, the server it starts, and the wheel it comes in."""

import contextlib
import importlib.util
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
import zipfile
from pathlib import Path

import pytest
from lab import free_port

from mlp_course import __main__ as command

ROOT = Path(__file__).resolve().parent.parent
BOUND = 60  # seconds that a server may take from start to end
NOTEBOOK = {
    "cells": [
        {"cell_type": "markdown", "id": "title", "metadata": {}, "source": "# Start here"},
        {"cell_type": "code", "id": "sum", "metadata": {}, "source": "1 + 1", "execution_count": 1, "outputs": [
            {"output_type": "execute_result", "execution_count": 1, "metadata": {}, "data": {"text/plain": "2"}},
        ]},
    ],
    "metadata": {"kernelspec": {"name": "python3", "display_name": "Python 3"}}, "nbformat": 4, "nbformat_minor": 5,
}  # fmt: skip


@pytest.fixture
def lessons(tmp_path, monkeypatch):
    """A small course: two lessons and a figure, and what a visit with JupyterLab leaves behind."""
    folder = tmp_path / "course" / "lessons"
    seen = (".ipynb_checkpoints/00-checkpoint.ipynb", "figures/.ipynb_checkpoints/line-checkpoint.png")
    for name in ("00_start_here.ipynb", "01_neuron.ipynb", "figures/line.png", *seen):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(f"{name}, version 1\n", encoding="utf-8")
    monkeypatch.setattr(command, "course_folder", {"lessons": folder}.__getitem__)
    monkeypatch.chdir(tmp_path)
    return folder


@pytest.fixture
def opened(monkeypatch):
    """Start no server; the options of each start that there would have been."""
    starts = []
    monkeypatch.setattr(command, "run", lambda options: starts.append(options) or 0)
    return starts


def files(folder):
    """Return {name: text} of the student's files, without the record."""
    found = {file.relative_to(folder).as_posix(): file for file in folder.rglob("*") if file.is_file()}
    return {name: file.read_text(encoding="utf-8") for name, file in found.items() if name != command.RECORD}


def said(lines):
    """Return what was said after the line that names the folder."""
    assert lines[0].startswith("your lessons are in ")
    return lines[1:]


def new_version(lessons, n=2, name="01_neuron.ipynb"):
    (lessons / name).write_text(f"{name}, version {n}\n", encoding="utf-8")


# Copying


def test_the_first_start_copies_every_lesson_and_figure_and_no_checkpoint(lessons, tmp_path):
    names = ["00_start_here.ipynb", "01_neuron.ipynb", "figures/line.png"]
    lines = command.copy_lessons(lessons, tmp_path / "a" / "b")
    assert said(lines) == [f"copied {name}" for name in names]
    assert files(tmp_path / "a" / "b") == {name: f"{name}, version 1\n" for name in names}


def test_a_second_start_changes_nothing_and_says_nothing(lessons, tmp_path):
    command.copy_lessons(lessons, tmp_path / "mine")
    before = {file: file.stat().st_mtime_ns for file in (tmp_path / "mine").rglob("*.ipynb")}
    assert said(command.copy_lessons(lessons, tmp_path / "mine")) == []
    assert before == {file: file.stat().st_mtime_ns for file in (tmp_path / "mine").rglob("*.ipynb")}


def test_a_lesson_that_the_student_left_alone_is_updated_in_place(lessons, tmp_path):
    command.copy_lessons(lessons, tmp_path / "mine")
    new_version(lessons)
    assert said(command.copy_lessons(lessons, tmp_path / "mine")) == ["updated 01_neuron.ipynb"]
    assert files(tmp_path / "mine")["01_neuron.ipynb"] == "01_neuron.ipynb, version 2\n"
    assert "01_neuron.new.ipynb" not in files(tmp_path / "mine")


def test_a_changed_lesson_stays_as_it_is_while_the_course_has_nothing_new(lessons, tmp_path):
    command.copy_lessons(lessons, tmp_path / "mine")
    (tmp_path / "mine" / "01_neuron.ipynb").write_text("my work", encoding="utf-8")
    before = {**files(tmp_path / "mine")}
    assert said(command.copy_lessons(lessons, tmp_path / "mine")) == []
    assert files(tmp_path / "mine") == before


def test_a_changed_lesson_is_kept_and_the_new_version_put_beside_it_once(lessons, tmp_path):
    mine = tmp_path / "mine"
    command.copy_lessons(lessons, mine)
    (mine / "01_neuron.ipynb").write_text("my work", encoding="utf-8")
    new_version(lessons)
    (line,) = said(command.copy_lessons(lessons, mine))
    assert line.startswith("kept your 01_neuron.ipynb") and line.endswith("01_neuron.new.ipynb")
    assert files(mine)["01_neuron.ipynb"] == "my work"
    assert files(mine)["01_neuron.new.ipynb"] == "01_neuron.ipynb, version 2\n"

    assert said(command.copy_lessons(lessons, mine)) == []
    (mine / "01_neuron.new.ipynb").unlink()  # looked at and thrown away
    assert said(command.copy_lessons(lessons, mine)) == []
    assert "01_neuron.new.ipynb" not in files(mine)


def test_the_next_new_version_replaces_one_that_nobody_touched(lessons, tmp_path):
    mine = tmp_path / "mine"
    command.copy_lessons(lessons, mine)
    (mine / "01_neuron.ipynb").write_text("my work", encoding="utf-8")
    for n in (2, 3):
        new_version(lessons, n)
        assert len(said(command.copy_lessons(lessons, mine))) == 1
    assert files(mine)["01_neuron.ipynb"] == "my work"
    assert files(mine)["01_neuron.new.ipynb"] == "01_neuron.ipynb, version 3\n"
    assert len(files(mine)) == 4


def test_work_in_a_new_version_is_not_overwritten_either(lessons, tmp_path):
    mine = tmp_path / "mine"
    command.copy_lessons(lessons, mine)
    (mine / "01_neuron.ipynb").write_text("my work", encoding="utf-8")
    new_version(lessons, 2)
    command.copy_lessons(lessons, mine)
    (mine / "01_neuron.new.ipynb").write_text("more work", encoding="utf-8")
    new_version(lessons, 3)
    (line,) = said(command.copy_lessons(lessons, mine))
    assert line.endswith("01_neuron.new.new.ipynb")
    assert files(mine)["01_neuron.ipynb"] == "my work"
    assert files(mine)["01_neuron.new.ipynb"] == "more work"
    assert files(mine)["01_neuron.new.new.ipynb"] == "01_neuron.ipynb, version 3\n"


def test_a_deleted_lesson_is_copied_again(lessons, tmp_path):
    command.copy_lessons(lessons, tmp_path / "mine")
    (tmp_path / "mine" / "01_neuron.ipynb").unlink()
    assert said(command.copy_lessons(lessons, tmp_path / "mine")) == ["copied 01_neuron.ipynb"]


def test_a_lesson_that_came_later_is_copied_and_the_students_own_notebooks_stay(lessons, tmp_path):
    command.copy_lessons(lessons, tmp_path / "mine")
    (tmp_path / "mine" / "notes.ipynb").write_text("my notes", encoding="utf-8")
    new_version(lessons, 1, "02_vectorization.ipynb")
    assert said(command.copy_lessons(lessons, tmp_path / "mine")) == ["copied 02_vectorization.ipynb"]
    assert files(tmp_path / "mine")["notes.ipynb"] == "my notes"


def test_a_lesson_that_left_the_course_stays_with_the_student(lessons, tmp_path):
    command.copy_lessons(lessons, tmp_path / "mine")
    (lessons / "01_neuron.ipynb").unlink()
    assert said(command.copy_lessons(lessons, tmp_path / "mine")) == []
    assert "01_neuron.ipynb" in files(tmp_path / "mine")


@pytest.mark.parametrize("damage", [b"{", b"[]", b"null", b"\xff\xfe\x00", b"", b'{"01_neuron.ipynb": 3}'])
def test_a_damaged_record_costs_nobody_their_work(lessons, tmp_path, damage):
    mine = tmp_path / "mine"
    command.copy_lessons(lessons, mine)
    (mine / "01_neuron.ipynb").write_text("my work", encoding="utf-8")
    (mine / command.RECORD).write_bytes(damage)
    new_version(lessons)
    lines = said(command.copy_lessons(lessons, mine))
    assert files(mine)["01_neuron.ipynb"] == "my work"
    assert files(mine)["01_neuron.new.ipynb"] == "01_neuron.ipynb, version 2\n"
    assert [line for line in lines if "damaged" in line] == ([] if damage.startswith(b'{"') else lines[:1])
    assert said(command.copy_lessons(lessons, mine)) == []  # the record is whole again


def test_a_lost_record_with_the_new_version_already_beside_makes_no_second_copy(lessons, tmp_path):
    mine = tmp_path / "mine"
    command.copy_lessons(lessons, mine)
    (mine / "01_neuron.ipynb").write_text("my work", encoding="utf-8")
    new_version(lessons)
    command.copy_lessons(lessons, mine)
    before = files(mine)
    (mine / command.RECORD).unlink()
    command.copy_lessons(lessons, mine)
    assert files(mine) == before


@pytest.mark.parametrize(("mine", "recorded", "course", "what"), [
    (None, None, "a", "copied"), (None, "a", "a", "copied"), (None, "a", "b", "copied"),
    ("a", "a", "a", "same"), ("b", "a", "b", "same"), ("a", None, "a", "same"), ("x", "a", "a", "same"),
    ("a", "a", "b", "updated"),
    ("x", "a", "b", "kept"), ("x", None, "a", "kept"),
])  # fmt: skip
def test_what_happens_to_a_lesson(mine, recorded, course, what):
    assert command.decide(mine, recorded, course) == what


def test_a_write_that_fails_leaves_the_old_file_whole(tmp_path, monkeypatch):
    def full(self, data):
        raise OSError(28, "No space left on device", str(self))

    (tmp_path / "lesson").write_bytes(b"old")
    with monkeypatch.context() as patch, pytest.raises(OSError, match="No space"):
        patch.setattr(Path, "write_bytes", full)
        command.write(tmp_path / "lesson", b"new")
    assert (tmp_path / "lesson").read_bytes() == b"old"


# The command


def test_it_copies_to_the_default_folder_and_opens_it(lessons, opened, tmp_path, capsys):
    assert command.main([]) == 0
    assert len(files(tmp_path / "mlp-course-lessons")) == 3
    assert opened == [command.jupyter_options(Path("mlp-course-lessons"))]
    assert capsys.readouterr().out.startswith(f"your lessons are in {tmp_path / 'mlp-course-lessons'}")


def test_it_takes_another_folder_and_hands_on_what_follows_the_dashes(lessons, opened, tmp_path):
    assert command.main(["my lessons", "--", "--no-browser", "--port=8899", "--", "x"]) == 0
    assert len(files(tmp_path / "my lessons")) == 3
    assert opened[0][-4:] == ["--no-browser", "--port=8899", "--", "x"]


@pytest.mark.parametrize(("uid", "root"), [(0, ["--allow-root"]), (1000, [])])
def test_the_options_are_exactly_these(tmp_path, monkeypatch, uid, root):
    monkeypatch.setattr(command.os, "geteuid", lambda: uid, raising=False)
    assert command.jupyter_options(tmp_path, ["--no-browser"]) == [
        "--ServerApp.ip=127.0.0.1",
        f"--ServerApp.root_dir={tmp_path.resolve()}",
        "--LabApp.default_url=/lab/tree/00_start_here.ipynb",
        *root,
        "--no-browser",
    ]


def test_a_system_without_user_numbers_never_allows_root(tmp_path, monkeypatch):
    monkeypatch.delattr(command.os, "geteuid", raising=False)
    assert "--allow-root" not in command.jupyter_options(tmp_path)


def test_nothing_touches_the_token_or_trust(tmp_path):
    options = " ".join(command.jupyter_options(tmp_path)[:1] + command.jupyter_options(tmp_path)[2:]).lower()
    assert not re.search("token|password|trust|identityprovider|disable_check", options)


@pytest.mark.parametrize(("option", "ours"), [
    ("--ip=127.0.0.2", "--ServerApp.ip"), ("--ServerApp.ip=127.0.0.2", "--ServerApp.ip"), ("--ip", "--ServerApp.ip"),
    ("--notebook-dir=/", "--ServerApp.root_dir"), ("--LabApp.default_url=/lab", "--LabApp.default_url"),
])  # fmt: skip
def test_an_option_of_the_user_replaces_ours(tmp_path, option, ours):
    """Jupyter refuses an option that is given twice."""
    options = command.jupyter_options(tmp_path, [option])
    assert [each for each in options[:-1] if each.startswith(ours)] == []
    assert options[-1] == option


def test_help_says_how_to_reset_a_lesson(capsys):
    with pytest.raises(SystemExit) as end:
        command.main(["--help"])
    text = capsys.readouterr().out
    assert end.value.code == 0
    assert "mlp-course [DIR] [-- JUPYTER OPTIONS]" in text
    assert "To reset a lesson, delete its file" in text and "--no-browser" in text


# What can go wrong is said in one sentence, and nothing is started


def refusal(arguments, opened, capsys):
    """Return the one sentence that the command ends with."""
    assert command.main(arguments) == 1
    assert opened == []
    printed = capsys.readouterr()
    assert printed.out == "" and printed.err.count("\n") == 1
    return printed.err


@pytest.mark.parametrize(("in_a_checkout", "expected"), [(True, '-e ".[lab]"'), (False, '"mlp_course[lab]"')])
def test_without_jupyterlab_it_says_what_to_install_and_copies_nothing(
    lessons, opened, capsys, tmp_path, monkeypatch, in_a_checkout, expected
):
    real = importlib.util.find_spec
    absent = lambda name, *rest: None if name == "jupyterlab" else real(name, *rest)  # noqa: E731
    monkeypatch.setattr(importlib.util, "find_spec", absent)
    monkeypatch.setattr(command, "__file__", str(tmp_path / "site" / "mlp_course" / "__main__.py"))
    if in_a_checkout:
        (tmp_path / "site").mkdir()
        (tmp_path / "site" / "pyproject.toml").touch()
    assert refusal([], opened, capsys).endswith(f"install it with: python -m pip install {expected}\n")
    assert not (tmp_path / "mlp-course-lessons").exists()


def test_a_file_is_refused(lessons, opened, capsys, tmp_path):
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    assert "notes.txt is a file" in refusal(["notes.txt"], opened, capsys)
    assert (tmp_path / "notes.txt").read_text(encoding="utf-8") == "mine"


def test_a_folder_inside_a_file_is_refused(lessons, opened, capsys, tmp_path):
    (tmp_path / "notes.txt").touch()
    assert "cannot keep your lessons in" in refusal([str(Path("notes.txt", "mine"))], opened, capsys)


@pytest.mark.parametrize("inside", ["", "figures", "new/folder"])
def test_the_courses_own_lessons_are_refused(lessons, opened, capsys, inside):
    before = files(lessons)
    assert "course's own lessons" in refusal([str(lessons / inside)], opened, capsys)
    assert files(lessons) == before and not (lessons / command.RECORD).exists()


def test_a_link_to_the_courses_own_lessons_is_refused(lessons, opened, capsys, tmp_path):
    try:
        (tmp_path / "link").symlink_to(lessons, target_is_directory=True)
    except OSError as error:
        pytest.skip(f"this system lets us make no link: {error}")
    assert "course's own lessons" in refusal(["link"], opened, capsys)


def test_a_folder_that_cannot_be_written_is_refused(lessons, opened, capsys, monkeypatch):
    def denied(self, data):
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(Path, "write_bytes", denied)
    assert "Permission denied" in refusal(["mine"], opened, capsys)


def test_a_folder_where_a_lesson_should_be_is_refused(lessons, opened, capsys, tmp_path):
    (tmp_path / "mine" / "01_neuron.ipynb").mkdir(parents=True)
    assert "01_neuron.ipynb" in refusal(["mine"], opened, capsys)


def test_a_course_without_lessons_says_so(opened, capsys, tmp_path, monkeypatch):
    def missing(name):
        raise FileNotFoundError(f"the folder {name!r} of the course is missing")

    monkeypatch.setattr(command, "course_folder", missing)
    assert "'lessons' of the course is missing" in refusal([str(tmp_path / "mine")], opened, capsys)


# The real server


@contextlib.contextmanager
def server(folder):
    """Start the command as installed from a wheel, with lessons of ours; yield the process, its address and its token."""
    site = folder / "site"
    shutil.copytree(Path(command.__file__).parent, site / "mlp_course", ignore=shutil.ignore_patterns("__pycache__", "lessons"))
    (site / "mlp_course" / "lessons").mkdir()
    (site / "mlp_course" / "lessons" / "00_start_here.ipynb").write_text(json.dumps(NOTEBOOK), encoding="utf-8")
    apart = {f"JUPYTER_{kind}_DIR": str(folder / kind) for kind in ("CONFIG", "DATA", "RUNTIME")}
    environment = {**os.environ, **apart, "IPYTHONDIR": str(folder / "ipython"), "PYTHONPATH": str(site)}
    for name in ("JUPYTER_TOKEN", "JUPYTER_CONFIG_PATH", "JUPYTER_PREFER_ENV_PATH", "PYTHONWARNINGS"):
        environment.pop(name, None)
    arguments = [sys.executable, "-m", "mlp_course", "my lessons", "--", "--no-browser", f"--port={free_port()}"]
    pipes = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE}
    with subprocess.Popen(arguments, cwd=folder, env=environment, text=True, **pipes) as process:
        alarm = threading.Timer(BOUND, process.kill)
        alarm.start()
        try:
            yield process, *address_and_token(process)
        finally:
            process.kill()
            process.communicate()
            alarm.cancel()
            alarm.join()


def address_and_token(process):
    """Return the address and token that the server prints, once it answers there; it prints them just before it listens."""
    lines = []
    for line in process.stderr:
        lines.append(line)
        if match := re.search(r"(http://127\.0\.0\.1:\d+/)lab/tree/00_start_here\.ipynb\?token=(\w+)", line):
            break
    else:
        raise AssertionError("the server ended before it printed its address:\n" + "".join(lines))
    while process.poll() is None:
        try:
            fetch(match[1] + "api", None)
            return match[1], match[2]
        except urllib.error.URLError:
            time.sleep(0.05)
    raise AssertionError("the server ended before it answered")


def fetch(address, token):
    """Return the status and the body of an answer; no proxy stands between us and this machine."""
    headers = {"Authorization": f"token {token}"} if token else {}
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(urllib.request.Request(address, headers=headers), timeout=BOUND) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code, refused.read().decode()


def test_the_real_server_serves_the_copy_to_the_holder_of_the_token_alone(tmp_path):
    pytest.importorskip("jupyterlab", reason="JupyterLab is not installed")
    with server(tmp_path) as (process, address, token):
        lesson = address + "api/contents/00_start_here.ipynb"
        assert fetch(lesson, None)[0] == 403
        assert fetch(lesson, "0" * len(token))[0] == 403
        status, body = fetch(lesson, token)
        cells = json.loads(body)["content"]["cells"]
        assert (status, [cell["source"] for cell in cells]) == (200, ["# Start here", "1 + 1"])
        assert cells[1]["metadata"]["trusted"] is False  # a person decides what to trust, not this command

        page = fetch(address + "lab", token)[1]
        config = json.loads(re.search(r'id="jupyter-config-data"[^>]*>(.*?)</script>', page, re.DOTALL)[1])
        assert "@jupyterlab/apputils-extension:announcements" in config["disabledExtensions"]  # asks nobody about news
        assert Path(config["serverRoot"]).name == "my lessons"

        process.terminate()  # on Windows this ends a process without asking it
        assert process.wait(timeout=BOUND) == (1 if os.name == "nt" else 0)
    assert list((tmp_path / "CONFIG").rglob("*page_config*")) == []  # the student's own settings stay as they were


@pytest.mark.skipif(os.name == "nt", reason="Windows has no way to send Ctrl-C to one process")
def test_ctrl_c_ends_the_real_server(tmp_path):
    """It once did not: a worker thread of the stopped server kept Python alive."""
    pytest.importorskip("jupyterlab", reason="JupyterLab is not installed")
    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # a child of a background job would ignore it
    try:
        with server(tmp_path) as (process, address, token):
            assert fetch(address + "api/contents", token)[0] == 200  # starts a worker thread
            process.send_signal(signal.SIGINT)
            assert process.wait(timeout=BOUND) == 0
            assert "Traceback" not in process.stderr.read()
    finally:
        signal.signal(signal.SIGINT, before)


# The wheel


def visible(names, suffix):
    """Return the names that end in ``suffix`` and have no hidden folder in them, sorted."""
    return sorted(name for name in names if name.endswith(suffix) and "/." not in "/" + name)


def test_the_wheel_carries_the_whole_course(tmp_path):
    pytest.importorskip("hatchling", reason="hatchling is not installed")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path / "dist")]
    built = subprocess.run(build, cwd=ROOT, capture_output=True, text=True, timeout=300)
    assert built.returncode == 0, built.stdout + built.stderr
    (wheel,) = (tmp_path / "dist").glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        archive.extractall(tmp_path / "site")
    for folder, suffix in (("lessons", ".ipynb"), ("data", ".csv")):
        ours = (file.relative_to(ROOT).as_posix() for file in (ROOT / folder).rglob("*"))
        packed = [name.removeprefix("mlp_course/") for name in names if name.startswith(f"mlp_course/{folder}/")]
        assert visible(packed, suffix) == visible(ours, suffix)
    assert "mlp_course/data/README.md" in names
    assert "mlp_course/jupyter/labconfig/page_config.json" in names
    assert any(name.endswith("licenses/LICENSE") for name in names)
    (entry_points,) = (tmp_path / "site").glob("*.dist-info/entry_points.txt")
    assert "mlp-course = mlp_course.__main__:main" in entry_points.read_text(encoding="utf-8")

    (tmp_path / "elsewhere").mkdir()
    program = "from mlp_course.folders import course_folder as f; print(f('data')); print(f('lessons'))"
    environment = {**os.environ, "PYTHONPATH": str(tmp_path / "site")}
    run = [sys.executable, "-c", program]
    result = subprocess.run(run, cwd=tmp_path / "elsewhere", env=environment, capture_output=True, text=True, check=True)
    package = (tmp_path / "site" / "mlp_course").resolve()
    assert result.stdout.splitlines() == [str(package / "data"), str(package / "lessons")]
