"""Lesson 1 as a student uses it: JupyterLab in a real browser, opened by the course's own command."""

import pytest
from browser import chromium_path
from lab import CHANGED, FRAME, IDLE, READY, command, drag, open_notebook, run_cell, show_cell

from mlp_course import film, plots
from mlp_course.scenes import Scene

pytestmark = pytest.mark.skipif(chromium_path() is None, reason="no Chromium here: set MLP_COURSE_CHROMIUM or install one")


def open_lesson(page, lab):
    open_notebook(page, lab, "01_neuron")


def test_lesson_1_lives(page, lab):
    open_lesson(page, lab)
    command(page, "notebook:run-all-cells")
    page.wait_for_function(IDLE)
    counts = page.evaluate(
        """() => [...window.jupyterapp.shell.currentWidget.content.widgets].filter(cell => cell.model.type === 'code')
            .map(cell => [cell.model.executionCount, cell.model.outputs.toJSON().map(each => each.output_type)])"""
    )
    assert [count for count, _ in counts] == list(range(1, len(counts) + 1)), "Run All reaches the end"
    assert "error" not in {kind for _, kinds in counts for kind in kinds}

    cell = show_cell(page, "neuron_explorer()")
    cell.locator(".mlp-live").wait_for()
    page.wait_for_function(FRAME)
    assert cell.locator(".mlp-face").is_hidden(), "the live player hides the static face"
    start = page.evaluate(FRAME)
    assert "w = (0.00, 0.00)" in start[0]

    handle = cell.locator(".noUi-handle").first  # the slider of w1, by keyboard alone
    handle.focus()
    page.keyboard.press("End")
    page.wait_for_function(CHANGED, arg=start)
    page.wait_for_function(READY)
    dragged = page.evaluate(FRAME)
    assert "step 0" in dragged[0] and "w = (8.00, 0.00)" in dragged[0]

    drag(page, cell.locator(".noUi-handle").nth(1), -40)  # the slider of w2, by mouse
    page.wait_for_function(CHANGED, arg=dragged)
    page.wait_for_function(READY)
    page.wait_for_function(f"() => /w = .8.00, -/.test(({FRAME})()[0])")
    dragged = page.evaluate(FRAME)

    cell.locator(".widget-play button").first.click()
    page.wait_for_function(f"() => ({FRAME})()?.[0].includes('step 200')")
    played = page.evaluate(FRAME)
    assert played[1] != dragged[1]

    assert page.complaints == []
    assert [url for url in page.requests if not url.startswith((lab, lab.replace("http", "ws"), "data:", "blob:"))] == []

    command(page, "docmanager:save")
    page.wait_for_function("() => !window.jupyterapp.shell.currentWidget.context.model.dirty")
    page.evaluate("() => window.jupyterapp.shell.currentWidget.sessionContext.shutdown()")


def test_a_wrong_answer_is_named_and_a_right_one_counts(page, lab):
    open_lesson(page, lab)
    assert "not attempted yet" in show_cell(page, "check.log_loss(log_loss)").locator(".jp-OutputArea").text_content()
    run_cell(page, "import numpy as np")
    run_cell(page, "import lesson_01 as check")
    stub = "mean over examples of -[y log a"
    no_brackets = "-np.mean(y * np.log(a)) + np.mean((1 - y) * np.log(1 - a))"
    run_cell(page, stub, f"def log_loss(a, y):\n    # {stub}\n    return {no_brackets}")
    output = run_cell(page, "check.log_loss(log_loss)").locator(".jp-OutputArea")
    output.get_by_text("✗ log_loss: not yet").wait_for()
    assert "the minus stands before the whole bracket" in output.text_content() and "should be" in output.text_content()
    right = "-np.mean(y * np.log(a) + (1 - y) * np.log(1 - a))"
    run_cell(page, stub, f"def log_loss(a, y):\n    # {stub}\n    return {right}")
    output = run_cell(page, "check.log_loss(log_loss)").locator(".jp-OutputArea")
    output.get_by_text("✓ log_loss: right").wait_for()
    run_cell(page, "check.progress()").locator(".jp-OutputArea").get_by_text("1 of 14 exercises solved").wait_for()
    assert page.complaints == []


def test_the_html_player_plays_pauses_and_is_scrubbed_by_keys(page, lab, tmp_path):
    fig, ax = plots.figure(2.0, 1.0, layout=None)
    (dot,) = ax.plot([0], [0], "o")
    scene = Scene(fig, 40, lambda k: dot.set_data([k / 400], [0]), lambda k: f"state {k}", (dot,))
    camera = film.Camera(scene)
    pictures, alts = [camera.shoot(k) for k in range(40)], [scene.describe(k) for k in range(40)]
    (tmp_path / "page.html").write_text(f"<!DOCTYPE html><html lang='en'>{film.html_player(pictures, alts, interval=20)}</html>")
    page.goto((tmp_path / "page.html").as_uri())
    picture, bar, button = page.locator("img"), page.get_by_role("slider"), page.get_by_role("button")
    alt = "document.querySelector('img').alt"

    bar.focus()
    page.keyboard.press("ArrowRight")
    assert picture.get_attribute("alt") == bar.get_attribute("aria-valuetext") == "state 1"
    page.keyboard.press("End")
    assert picture.get_attribute("alt") == "state 39" and page.locator("output").inner_text() == "40 / 40"

    button.click()  # at the end, play starts from the beginning
    page.wait_for_function(f"{alt} !== 'state 39' && {alt} !== 'state 0'")
    assert button.inner_text() == "pause"
    button.click()
    paused = picture.get_attribute("alt")
    assert button.inner_text() == "play" and paused != "state 39"
    button.click()
    page.wait_for_function(f"{alt} === 'state 39'")
    page.wait_for_function("document.querySelector('button').textContent === 'play'")
    assert page.complaints == [] and len(page.requests) == 1


def test_a_saved_lesson_shows_the_static_face_without_running(page, lab):
    open_lesson(page, lab)
    cell = show_cell(page, "neuron_explorer()")
    face = cell.locator(".mlp-face")
    face.wait_for()
    images = face.locator("img")
    assert images.count() == 4 and cell.locator(".mlp-live").count() == 0
    assert all(images.nth(k).evaluate("each => each.complete && each.naturalWidth > 0") for k in range(4))
    assert "step 200" in images.nth(3).get_attribute("alt")
    assert page.evaluate("() => document.querySelectorAll('[data-mime-type=\"application/vnd.jupyter.error\"]').length") == 0
