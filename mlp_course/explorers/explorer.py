"""What every explorer shares: controls, presets, a player, a cache, one worker, and a message line."""

import html
import threading
from collections import OrderedDict
from itertools import count
from typing import NamedTuple

import ipywidgets as widgets
from IPython.display import HTML, display

from ..film import Camera, face, live_player_wanted
from .player import Player

_numbers = count(1)


class Preset(NamedTuple):
    """Known settings with the question to ask first, and what should have been seen."""

    name: str
    settings: dict
    question: str
    answer: str


class Explorer:
    """Controls above a player. ``scene_of(settings)`` records, and returns a ``Scene``; it knows no widget.

    A change of a control asks for a new film, and the newest request wins: a dragged slider is computed
    for its last value. The first frame is shown before the others are drawn; films are kept by their
    settings; an error is said in the message line. Drawing runs in a thread where threads exist.
    """

    KEPT_FILMS = 12

    def __init__(self, name, controls, presets, scene_of, start, interval=100):
        self.name, self.controls, self.presets = name, controls, presets
        self._scene_of, self._interval = scene_of, interval
        self._lock, self._idle, self._wanted = threading.Lock(), threading.Event(), None
        self._idle.set()
        self._films = OrderedDict()
        self.note, self.message = widgets.HTML(), widgets.HTML()
        self.player = None
        self._put(next(preset for preset in presets if preset.name == start))
        self._film = self._draw(self.settings())  # the last whole film: the static face, and what an error goes back to
        self.player = Player(*self._film, interval)
        for control in controls.values():
            control.observe(self._control_changed, names="value")
        self.widget = self._arrange()

    def settings(self):
        """Return the values of all controls, by name."""
        return {name: control.value for name, control in self.controls.items()}

    def choose(self, preset):
        """Put the controls on the settings of ``preset``, show its question, and ask for its film."""
        self._put(preset)
        self.request()

    def request(self):
        """Ask for the film of the present settings; a request that is not finished yet is dropped."""
        with self._lock:
            self._wanted = self.settings()
            if not self._idle.is_set():
                return
            self._idle.clear()
        try:
            threading.Thread(target=self._work, daemon=True).start()
        except RuntimeError:  # no thread to be had: Python in a browser, or a machine at its limit
            self._work()

    def wait(self, seconds=60):
        """Wait until nothing is left to draw; return whether that came in time."""
        return self._idle.wait(seconds)

    def _control_changed(self, change):
        if not self._putting:
            self.request()

    def _put(self, preset):
        self._putting = True
        try:
            for name, value in preset.settings.items():
                self.controls[name].value = value
        finally:
            self._putting = False
        self.note.value = (
            f'<div style="line-height:1.4;font-size:15px">{html.escape(preset.question)}'
            f"<details><summary>What you should have seen</summary>{html.escape(preset.answer)}</details></div>"
        )

    def _work(self):
        while True:
            with self._lock:
                settings, self._wanted = self._wanted, None
                if settings is None:
                    self._idle.set()
                    return
            try:
                film = self._draw(settings)
                if film is not None:
                    self._film = film
                    self.player.preview(film[0][0], film[1][0])  # a film kept from before starts at its first frame too
                    self.player.show(*film)
                    self._say("")
            except Exception as error:  # a worker has no cell to raise in: the message line is its voice
                self.player.show(*self._film)  # unlocks the player, which may show half of a film
                self._say(f"{type(error).__name__}: {error}")

    def _draw(self, settings):
        """Return (pictures, alts) for ``settings``, or ``None`` when a newer request came meanwhile."""
        key = tuple(settings.values())
        if key not in self._films:
            scene = self._scene_of(settings)
            camera, pictures, alts = Camera(scene), [], []
            for k in range(scene.count):
                if self._wanted is not None:
                    return None
                pictures.append(camera.shoot(k))
                alts.append(scene.describe(k))
                self._show_progress(k, scene.count, pictures[0], alts[0])
            self._films[key] = pictures, alts
            if len(self._films) > self.KEPT_FILMS:
                self._films.popitem(last=False)
        self._films.move_to_end(key)  # the film that was not asked for longest goes first
        return self._films[key]

    def _show_progress(self, k, count, first, alt):
        if self.player is None:
            return
        if k == 0:
            self.player.preview(first, alt)
        if k % 5 == 0:
            self._say(f"drawing frame {k + 1} of {count}")

    def _say(self, text):
        self.message.value = f'<span role="status" style="font-size:14px">{html.escape(text)}</span>'

    def _arrange(self):
        wrap = widgets.Layout(flex_flow="row wrap")
        buttons = [self._button(preset) for preset in self.presets]
        return widgets.VBox(
            [
                widgets.HBox([widgets.HTML('<b style="font-size:15px">Presets</b>'), *buttons], layout=wrap),
                self.note,
                widgets.HBox(list(self.controls.values()), layout=wrap),
                self.player,
                self.message,
            ]
        )

    def _button(self, preset):
        button = widgets.Button(description=preset.name, layout=widgets.Layout(width="auto"))
        button.on_click(lambda _: self.choose(preset))
        return button

    def _ipython_display_(self):
        self.wait()  # a cell that moves a control and then shows the explorer shows what it moved
        display(HTML(face(*self._film, self._interval, f"{self.name}-{next(_numbers)}")))
        if live_player_wanted():
            view = {"version_major": 2, "version_minor": 0, "model_id": self.widget.model_id}
            display({"application/vnd.jupyter.widget-view+json": view}, raw=True)
