"""JupyterLab in a real browser, for the tests and benchmarks that use the course as a student does.

Nothing here waits for time: every wait names the condition that ends it.
"""

import contextlib
import http.client
import os
import signal
import socket
import subprocess
import sys
import time

TOKEN = "for-the-test-only"
# The sign in the toolbar says "idle" a little before a kernel is there; Run All would then ask for one.
IDLE = "() => window.jupyterapp?.shell.currentWidget?.sessionContext?.session?.kernel?.status === 'idle'"
# The frame of the first player that is visible, as (words, number of characters of its pixels).
FRAME = """() => {
    const image = [...document.querySelectorAll('.mlp-live img')].find(each => each.offsetParent !== null);
    return image ? [image.alt, image.src] : null; }"""
CHANGED = f"before => {{ const now = ({FRAME})(); return now && now[0] !== before[0] && now[1] !== before[1]; }}"
READY = "() => [...document.querySelectorAll('.mlp-live .widget-play button')].every(button => !button.disabled)"


def free_port():
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return sock.getsockname()[1]


def answers(port):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    with contextlib.closing(connection), contextlib.suppress(OSError, http.client.HTTPException):
        connection.request("GET", f"/api/status?token={TOKEN}")
        return connection.getresponse().status == 200
    return False


def places(home):
    """Return the environment in which all of Jupyter's own files are in ``home``."""
    return {**os.environ, **{name: str(home / name) for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTERLAB_WORKSPACES_DIR")}}


@contextlib.contextmanager
def started(home):
    """Start ``mlp-course`` with the copy ``home/copy``, give the address of its JupyterLab, and stop it."""
    port = free_port()
    options = ["--no-browser", f"--port={port}", f"--IdentityProvider.token={TOKEN}", "--LabApp.expose_app_in_browser=True"]
    with open(home / "log.txt", "w") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "mlp_course", "copy", "--", *options], cwd=home, stdout=log, stderr=log, env=places(home)
        )
        deadline = time.monotonic() + 90
        while not answers(port):
            assert process.poll() is None and time.monotonic() < deadline, (home / "log.txt").read_text()
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}"
        process.send_signal(signal.SIGINT if os.name != "nt" else signal.SIGTERM)
        process.wait(60)


def new_page(browser):
    """Return a page, in a profile of its own, that keeps the addresses it asked for, and what it complained of."""
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.set_default_timeout(60_000)
    page.requests, page.complaints = [], []
    page.on("request", lambda request: page.requests.append(request.url))
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    return page


def open_notebook(page, lab, name):
    page.goto(f"{lab}/lab/tree/{name}.ipynb?token={TOKEN}&reset", wait_until="domcontentloaded")
    page.locator(".jp-NotebookPanel .jp-Notebook .jp-Cell").first.wait_for()
    page.wait_for_function(IDLE)


def command(page, name):
    page.evaluate("name => window.jupyterapp.commands.execute(name).then(() => true)", name)


def show_cell(page, words):
    """Scroll the notebook until the code cell that contains ``words`` is on screen, and return it."""
    page.evaluate(
        """async words => {
            const notebook = window.jupyterapp.shell.currentWidget.content;
            const index = notebook.widgets.findIndex(cell => cell.model.type === 'code' && cell.model.sharedModel.source.includes(words));
            notebook.activeCellIndex = index;
            await notebook.scrollToItem(index, 'start'); }""",
        words,
    )
    return page.locator(".jp-CodeCell.jp-mod-active")


def drag(page, handle, pixels):
    box = handle.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + pixels, y, steps=8)
    page.mouse.up()


def run_cell(page, words, code=None):
    """Run the code cell that contains ``words``, typed anew as ``code`` when there is one, and return it once it has run."""
    cell = show_cell(page, words)
    if code is not None:
        cell.locator(".cm-content").click()
        page.keyboard.press("Control+A")
        page.keyboard.insert_text(code)
    command(page, "notebook:run-cell")
    page.wait_for_function(IDLE)
    return cell
