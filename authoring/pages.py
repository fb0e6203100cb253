"""Lessons as pages: HTML that needs no network, and PDF, which Chromium prints from it."""

from nbconvert.exporters import HTMLExporter
from playwright.sync_api import sync_playwright

from browser import launch
from exporters import MATHJAX, exporter, licenses, title

FOOTER = """<div style="width:100%;font:8px sans-serif;color:#444;padding:0 14mm;display:flex;justify-content:space-between">
<span class="title"></span><span><span class="pageNumber"></span> / <span class="totalPages"></span></span></div>"""
MARGIN = {"top": "15mm", "bottom": "17mm", "left": "15mm", "right": "15mm"}


def page(nb, assets="", links=()):
    """Return the notebook ``nb``, with the outputs it holds, as the text of one HTML file.

    On the site, ``assets`` is where the files are that all pages share, and ``links`` are pairs (name, address).
    """
    nb.metadata.title = title(nb)
    resources = {"licenses": licenses([MATHJAX]), "assets": assets, "links": links}
    text, _ = exporter(HTMLExporter, "mlp-page", (), anchors=True).from_notebook_node(nb, resources)
    return text


def drawn(pages):
    """Yield each page of ``pages`` (HTML texts) with its formulas drawn, so that it needs no MathJax: fewer bytes, no wait."""
    with sync_playwright() as playwright, launch(playwright) as browser:
        for text in pages:
            sheet = browser.new_page()
            _show(sheet, text)
            sheet.evaluate("document.querySelectorAll('#mathjax, .anchor-link').forEach(each => each.remove())")
            yield sheet.content()
            sheet.close()


def _show(sheet, text):
    sheet.set_content(text)
    sheet.evaluate("MathJax.startup.promise.then(() => true)")


def print_pages(pages):
    """Write each page of ``pages``, pairs (HTML text, path of the PDF), on A4: folded texts open, page numbers below."""
    with sync_playwright() as playwright, launch(playwright) as browser:
        for text, path in pages:
            sheet = browser.new_page()
            _show(sheet, text)
            sheet.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
            sheet.evaluate("Promise.all([...document.images].map(image => image.decode())).then(() => true)")
            options = {"format": "A4", "margin": MARGIN, "tagged": True, "outline": True, "print_background": True}
            sheet.pdf(path=path, display_header_footer=True, header_template="<span></span>", footer_template=FOOTER, **options)
            sheet.close()
