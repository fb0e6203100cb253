"""Frames of a figure as pixels, and the faces that need no widget: picture, filmstrip, HTML player.

A scene gives a figure and ``draw(k)``; a ``Camera`` takes its frames. Images are PNG with a palette of
at most 128 colors, which makes them four times smaller than full color.
"""

import base64
import html
import io
import json
import os
import threading
from string import Template

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from PIL import Image

from .checks import instance, whole_number

STRIP = 4


_drawing = threading.Lock()  # Matplotlib's font cache is shared; explorers draw in threads of their own


def frame(fig, scale=1):
    """Return ``fig`` as the bytes of a PNG, drawn ``scale`` times larger than its size on the page."""
    canvas, dpi = FigureCanvasAgg(fig), fig.dpi
    with _drawing:
        fig.set_dpi(dpi * scale)
        canvas.draw()
        fig.set_dpi(dpi)
        return _png(canvas)


class Camera:
    """Takes the frames of a ``Scene``: what stands still is drawn once, what moves is drawn over it each time."""

    def __init__(self, scene):
        self._scene = scene
        self._canvas = FigureCanvasAgg(scene.figure)
        for artist in scene.moving:
            artist.set_animated(True)
        with _drawing:
            self._canvas.draw()
            self._still = self._canvas.copy_from_bbox(scene.figure.bbox)

    def shoot(self, k):
        """Return state ``k`` as the bytes of a PNG."""
        self._scene.draw(k)
        with _drawing:
            if self._scene.moving:
                self._canvas.restore_region(self._still)
                for artist in self._scene.moving:
                    self._scene.figure.draw_artist(artist)
            else:
                self._canvas.draw()
            return _png(self._canvas)


def _png(canvas):
    pixels = np.ascontiguousarray(np.asarray(canvas.buffer_rgba())[..., :3])
    image = Image.fromarray(pixels).quantize(128, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    colors = np.reshape(image.getpalette(), (-1, 3))
    colors[colors.min(axis=1) > 244] = 255  # the palette grays white a little; the page around it is white
    image.putpalette(colors.astype(np.uint8).ravel().tolist())
    buffer = io.BytesIO()
    image.save(buffer, "png", compress_level=6)
    return buffer.getvalue()


def image_size(png):
    """Return (width, height) of a PNG in pixels."""
    return Image.open(io.BytesIO(png)).size


def img(png, alt, style=""):
    """Return an ``<img>`` element that carries its own pixels. ``decoding=sync`` keeps a player from flickering."""
    data = base64.b64encode(png).decode()
    return f'<img decoding="sync" alt="{html.escape(alt, quote=True)}" style="{style}" src="data:image/png;base64,{data}">'


class Picture:
    """A figure as a cell's output, with the words a screen reader says. Drawn at twice its size, to be sharp."""

    def __init__(self, fig, alt):
        instance("fig", fig, Figure)
        if not isinstance(alt, str) or not alt.strip():
            raise ValueError(f"alt must say in words what the picture shows, got {alt!r}")
        self.alt = alt
        self._html = img(frame(fig, scale=2), alt, f"width:{fig.get_figwidth() * fig.dpi:.0f}px;max-width:100%")

    def _repr_html_(self):
        return self._html

    def __repr__(self):
        return f"Picture: {self.alt}"


def live_player_wanted():
    """Return whether a live widget should be shown: not while slides and pages are built (MLP_COURSE_PLAYER=html)."""
    return os.environ.get("MLP_COURSE_PLAYER") != "html"


def face(pictures, alts, interval=100, name="film"):
    """Return the HTML shown where no kernel is: a filmstrip in notebooks, the HTML player in slides and pages."""
    if live_player_wanted():
        return filmstrip(pictures, alts)
    return html_player(pictures, alts, interval, name)


def frames_in_words(pictures, alts):
    """Return both lists when there is a frame at least, and a text for each."""
    if not pictures:
        raise ValueError("pictures must hold one frame at least, got none")
    if len(pictures) != len(alts):
        raise ValueError(f"alts must hold one text for each frame, got {len(alts)} for {len(pictures)} frames")
    return pictures, alts


def filmstrip(pictures, alts):
    """Return up to four frames from first to last, two in a row; ``alts[k]`` says frame k in words."""
    pictures, alts = frames_in_words(pictures, alts)
    chosen = sorted({round(k) for k in np.linspace(0, len(pictures) - 1, STRIP)})
    share = "49%" if len(chosen) > 1 else "100%"
    width = image_size(pictures[0])[0]
    images = [
        img(pictures[k], alts[k], f"width:{share};max-width:{width}px;display:inline-block")
        for k in chosen
    ]
    return f'<div class="mlp-face">{" ".join(images)}</div>'


_PLAYER = Template(
    """<div class="mlp-face mlp-film" id="$name" role="group" aria-label="film: $alt" style="max-width:${width}px">
<img class="mlp-film-picture" decoding="sync" alt="$alt" style="width:100%;margin:0;display:block" src="$first">
<div style="display:flex;gap:12px;align-items:center;padding:6px 0;font:16px system-ui,sans-serif">
<button type="button" aria-label="play" style="min-width:88px;font-size:16px;padding:4px 12px">play</button>
<input type="range" min="0" max="$last" value="0" aria-label="frame" aria-valuetext="$alt" style="flex:1"><output aria-live="off">1 / $count</output></div>
<script>(() => {
  const film = document.getElementById("$name"), frames = $frames, alts = $alts;
  const picture = film.querySelector("img"), bar = film.querySelector("input");
  const button = film.querySelector("button"), count = film.querySelector("output");
  let timer = null;
  const show = k => { bar.value = k; picture.alt = alts[k]; bar.setAttribute("aria-valuetext", alts[k]); picture.src = "data:image/png;base64," + frames[k]; count.value = (k + 1) + " / " + frames.length; };
  const stop = () => { clearInterval(timer); timer = null; button.textContent = "play"; button.setAttribute("aria-label", "play"); };
  const step = () => { const k = Number(bar.value) + 1; if (k < frames.length) show(k); else stop(); };
  const play = () => { if (Number(bar.value) === frames.length - 1) show(0);
    timer = setInterval(step, $interval); button.textContent = "pause"; button.setAttribute("aria-label", "pause"); };
  button.addEventListener("click", () => timer ? stop() : play());
  bar.addEventListener("input", () => { if (timer) stop(); show(Number(bar.value)); });
})();</script></div>"""
)


def html_player(pictures, alts, interval=100, name="film"):
    """Return a player as one piece of HTML: it needs no kernel, no library and no network. ``name`` is its id."""
    pictures, alts = frames_in_words(pictures, alts)
    encoded = [base64.b64encode(picture).decode() for picture in pictures]
    return _PLAYER.substitute(
        frames="[" + ",".join(f'"{data}"' for data in encoded) + "]",
        first="data:image/png;base64," + encoded[0],
        interval=whole_number("interval", interval),
        width=image_size(pictures[0])[0],
        last=len(pictures) - 1,
        count=len(pictures),
        name=html.escape(name, quote=True),
        alt=html.escape(alts[0], quote=True),
        alts=json.dumps(list(alts)).replace("</", "<\\/"),
    )
