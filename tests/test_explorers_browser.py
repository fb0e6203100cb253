"""Every explorer in JupyterLab, in a real browser: moved by keyboard alone, played, without a kernel, saved, exported.

Nothing here waits for time: every wait names the condition that ends it.
"""

import subprocess
import sys

import jupytext
import nbconvert
import notebooks
import pytest
from browser import chromium_path
from lab import CHANGED, FRAME, IDLE, READY, command, drag, new_page, open_notebook, places, show_cell

from mlp_course import explorers

pytestmark = [
    pytest.mark.walk,
    pytest.mark.skipif(chromium_path() is None, reason="no Chromium here: set MLP_COURSE_CHROMIUM or install one"),
]

# Each call that opens an explorer: every one of the package, and every stage of the one that has three.
NAMES = sorted(name for name in explorers.__all__ if name.endswith("_explorer"))
STAGES = {"vanishing_explorer": ['"start"', '"training"', '"initialization"']}
CALLS = [f"{name}({argument})" for name in NAMES for argument in STAGES.get(name, [""])]
each_call = pytest.mark.parametrize("call", CALLS)

# What a frame shows at an instant: a picture that is there, whole and of its size.
WATCH = """() => {
    const blank = () => {
        const image = [...document.querySelectorAll('.mlp-live img')].find(each => each.offsetParent !== null);
        return !image || !image.complete || image.naturalWidth < 100 || image.getBoundingClientRect().height < 100; };
    window.blanks = 0; window.seen = new Set(); window.watching = true;
    const look = () => { if (!window.watching) return;
        if (blank()) window.blanks += 1; else window.seen.add((%s)()[0]);
        requestAnimationFrame(look); };
    requestAnimationFrame(look); }""" % FRAME


def source_of(call):
    return f"from mlp_course.explorers import {call.split('(')[0]}\n\n{call}"


def executed(calls, player="live"):
    """Return a notebook with one cell for each call, executed as the lessons are."""
    text = "".join(f"```{{code-cell}} ipython3\n{source_of(call)}\n```\n\n" for call in calls)
    notebook = jupytext.reads(text, fmt="md:myst")
    return notebooks.execute(notebook, "explorers", player)


@pytest.fixture(scope="module")
def saved():
    return executed(CALLS)


@pytest.fixture(scope="module")
def notebook(chromium, lab, home, saved):
    """Open the notebook of all explorers in JupyterLab, as it was saved, and return the page."""
    notebooks.write(saved, home / "copy" / "explorers.ipynb")
    page = new_page(chromium)
    page.on("console", lambda message: page.complaints.append(message.text) if message.type == "error" else None)
    open_notebook(page, lab, "explorers")
    yield page
    page.evaluate("() => window.jupyterapp.shell.currentWidget.context.revert()")
    page.evaluate("() => window.jupyterapp.shell.currentWidget.sessionContext.shutdown()")
    page.context.close()


@pytest.fixture
def opened(notebook):
    """Return the page, without any live player."""
    yield notebook
    command(notebook, "notebook:clear-cell-output")
    notebook.wait_for_function("() => !document.querySelector('.mlp-live')")
    assert notebook.complaints == []


def run(page, call):
    """Run the cell of ``call`` and return it, with a live player whose frames are all there."""
    cell = show_cell(page, f"\n{call}")
    command(page, "notebook:run-cell")
    page.wait_for_function(IDLE)
    cell.locator(".mlp-live").wait_for()
    page.wait_for_function(FRAME)
    page.wait_for_function(READY)
    return cell


EXECUTED = """code => window.jupyterapp.shell.currentWidget.sessionContext.session.kernel
    .requestExecute({code, silent: true}).done.then(reply => reply.content.status)"""
SAID_NOTHING = "() => [...document.querySelectorAll('[role=status]')].every(each => !each.textContent)"
AT_END = "handle => handle.getAttribute('aria-valuenow') === handle.getAttribute('aria-valuemax')"
AT_START = "handle => handle.getAttribute('aria-valuenow') === handle.getAttribute('aria-valuemin')"


def answered(page):
    """Wait until the explorer that ran last has answered all that was asked of it: a later film would rewind the player."""
    for _ in range(2):  # the page holds back a change of a control until the kernel has answered the one before
        assert page.evaluate(EXECUTED, "_.wait()") == "ok"
    page.wait_for_function(SAID_NOTHING)
    page.wait_for_function(READY)


def to_the_end(page, cell):
    """Move the player to its last frame by keys, and return what it shows."""
    answered(page)
    handle = cell.locator(".noUi-handle").last
    handle.focus()
    page.keyboard.press("End")
    page.wait_for_function(AT_END, arg=handle.element_handle())
    return page.evaluate(FRAME)


def settled(page, last):
    """Wait until another film begins: its first frame is not ``last``, the last frame of the one before."""
    page.wait_for_function(CHANGED, arg=last)


def told(cell):
    """Return what the message line and the slider's readout say."""
    return cell.locator("[role=status]").text_content()


VALUES = """() => JSON.stringify([...document.querySelectorAll('.widget-readout, .widget-dropdown select')]
    .map(each => each.value ?? each.textContent))"""


def move(page, cell, control):
    """Move ``control`` by keys, and wait for its film."""
    last, values = to_the_end(page, cell), page.evaluate(VALUES)
    control.focus()
    for key in ("End", "Home"):  # the arrows of a list belong to JupyterLab, which goes to the next cell
        page.keyboard.press(key)
        if page.evaluate(VALUES) != values:
            break
    assert page.evaluate(VALUES) != values
    settled(page, last)


@each_call
def test_every_control_and_button_and_the_player_work_by_keyboard_alone(opened, call):
    cell = run(opened, call)
    assert cell.locator(".mlp-face").is_hidden(), "the live player hides the static face"
    controls = cell.locator(".noUi-handle, .widget-dropdown select")
    assert controls.count() >= 2
    for number in range(controls.count() - 1):  # the last one is the player's own
        control = controls.nth(number)
        for choice in controls.first.locator("option").all_text_contents():
            if control.evaluate("each => each.closest('[disabled]') === null"):
                break
            if choice == controls.first.locator("option:checked").text_content():
                continue
            last = to_the_end(opened, cell)  # it waits for another choice in the first list
            controls.first.select_option(choice)
            settled(opened, last)
        move(opened, cell, control)
        assert "Error" not in told(cell)
    buttons = cell.locator(".jupyter-button:not(.widget-play *)")
    for number in range(buttons.count()):
        buttons.nth(number).focus()
        opened.keyboard.press("Enter")
    answered(opened)

    play, rewind = (cell.locator(".widget-play button").nth(number) for number in (0, 1))
    frame = cell.locator(".noUi-handle").last.element_handle()
    rewind.focus()
    opened.keyboard.press("Enter")  # "same start again" plays by itself
    opened.wait_for_function(AT_START, arg=frame)
    start = opened.evaluate(FRAME)
    play.focus()
    opened.keyboard.press("Enter")
    opened.wait_for_function(CHANGED, arg=start)
    opened.keyboard.press("Enter")  # pauses: from here only the slider moves the picture
    assert to_the_end(opened, cell)[0] != start[0]
    rewind.focus()
    opened.keyboard.press("Enter")
    opened.wait_for_function(f"start => ({FRAME})()[0] === start[0]", arg=start)


def test_a_dragged_slider_asks_once(opened):
    cell = run(opened, "boundary_explorer()")
    opened.evaluate(
        """() => { window.sent = []; const kernel = window.jupyterapp.shell.currentWidget.sessionContext.session.kernel;
            kernel.anyMessage.connect((_, each) => {
                const state = each.direction === 'send' && each.msg.content?.data?.state;
                if (state && 'index' in state) window.sent.push(state.index); }); }"""
    )
    last = to_the_end(opened, cell)
    drag(opened, cell.get_by_text("rate η").locator("..").locator(".noUi-handle"), 60)
    settled(opened, last)
    answered(opened)
    assert len(opened.evaluate("() => window.sent")) == 1


def test_scrubbing_shows_no_blank_frame_and_needs_no_kernel(page, lab, notebook):
    opened = page
    open_notebook(page, lab, "explorers")
    cell = run(opened, CALLS[0])
    play = cell.locator(".widget-play button").first
    play.click()
    opened.wait_for_function(f"before => ({FRAME})()[0] !== before[0]", arg=opened.evaluate(FRAME))
    opened.evaluate("() => window.jupyterapp.shell.currentWidget.sessionContext.shutdown()")
    opened.wait_for_function("() => !window.jupyterapp.shell.currentWidget.sessionContext.session?.kernel")
    opened.wait_for_function(f"before => ({FRAME})()[0] !== before[0]", arg=opened.evaluate(FRAME))  # it plays on
    handle = cell.locator(".noUi-handle").last
    opened.wait_for_function(AT_END, arg=handle.element_handle())
    opened.evaluate(WATCH)
    drag(opened, handle, -200)
    drag(opened, handle, 120)
    opened.evaluate("() => { window.watching = false }")
    assert opened.evaluate("() => window.blanks") == 0 and opened.evaluate("() => window.seen.size") >= 3
    assert handle.get_attribute("aria-valuenow") != handle.get_attribute("aria-valuemax")


@pytest.mark.parametrize("trusted", [False, True], ids=["not trusted", "trusted"])
def test_a_saved_notebook_shows_the_faces_without_running(page, lab, home, saved, trusted):
    name = f"saved_{trusted}"
    notebooks.write(saved, home / "copy" / f"{name}.ipynb")
    if trusted:
        subprocess.run([sys.executable, "-m", "jupyter", "trust", f"copy/{name}.ipynb"], cwd=home, env=places(home), check=True)
    open_notebook(page, lab, name)
    for call in CALLS:
        cell = show_cell(page, f"\n{call}")
        assert cell.evaluate("() => window.jupyterapp.shell.currentWidget.content.activeCell.model.trusted") is trusted
        images = cell.locator(".mlp-face img")
        images.first.wait_for()
        assert images.count() == 4 and cell.locator(".mlp-live").count() == 0
        assert all(images.nth(k).evaluate("each => each.complete && each.naturalWidth > 0 && each.alt.length > 20") for k in range(4))
        assert "rror" not in cell.locator(".jp-OutputArea").text_content()


def test_in_exported_html_the_players_play_with_no_network(page, lab, tmp_path):
    body, _ = nbconvert.HTMLExporter().from_notebook_node(executed(CALLS, player="html"))
    (tmp_path / "page.html").write_text(body, encoding="utf-8")
    page.context.set_offline(True)
    page.goto((tmp_path / "page.html").as_uri(), wait_until="domcontentloaded")
    films = page.locator(".mlp-film")
    assert films.count() == len(CALLS)
    for number, call in enumerate(CALLS):
        film = films.nth(number)
        start = film.locator("img").get_attribute("alt")
        film.get_by_role("slider").focus()
        page.keyboard.press("End")
        end = film.locator("img").get_attribute("alt")
        page.keyboard.press("Home")
        assert film.locator("img").get_attribute("alt") == start != end
        film.get_by_role("button").click()
        page.wait_for_function("([img, start]) => img.alt !== start", arg=[film.locator("img").element_handle(), start])
        film.get_by_role("button").click()
    page.context.set_offline(False)
