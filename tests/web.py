"""What tests of pages share: a quiet server of files, and what axe-core finds."""

import contextlib
import http.server
import importlib.resources
import socketserver
import threading
from functools import partial

# What is worse than "moderate". Drawn formulas carry their own words and are left out: they are large trees.
_SERIOUS = """async () => {
  const {violations} = await axe.run({exclude: [["mjx-container"]]}, {resultTypes: ["violations"]});
  return violations.filter(({impact}) => ["serious", "critical"].includes(impact))
    .map(({id, nodes}) => [id, nodes.length, nodes[0].html.slice(0, 120)]);
}"""


def serious(page):
    """Return what axe-core finds on ``page`` that is serious or critical: [[rule, places, first place]]."""
    page.evaluate((importlib.resources.files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8"))
    return page.evaluate(_SERIOUS)


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


@contextlib.contextmanager
def listening(handler):
    """Let ``handler`` answer on a free port of this machine; give the port."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_address[1]
        server.shutdown()


@contextlib.contextmanager
def served(site):
    """Serve the folder ``site`` under a longer path, as a code host serves the pages of a project; give its address."""
    with listening(partial(_Quiet, directory=site.parent)) as port:
        yield f"http://127.0.0.1:{port}/{site.name}"
