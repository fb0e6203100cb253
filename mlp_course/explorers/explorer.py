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


def wide(pixels):
    """Return the layout of a control that is ``pixels`` wide."""
    return widgets.Layout(width=f"{pixels}px")


class Explorer:
    """Controls above a player. ``scene_of(settings)`` records, and returns a ``Scene``; it knows no widget.

    A change of a control asks for a new film, and the newest request wins: a dragged slider is computed
    for its last value. The first frame is shown before the others are drawn; films are kept by their
    settings; an error is said in the message line. Drawing runs in a thread where threads exist.

    Where one of ``controls`` is called "seed" there are buttons for a new start and for the same start again. With
    ``beside`` the settings of a moment can be kept beside later ones: ``scene_of(settings, kept)`` draws both.
    """

    KEPT_FILMS = 12

    def __init__(self, name, controls, presets, scene_of, start, interval=100, beside=False):
        self.name, self.controls, self.presets = name, controls, presets
        self._scene_of, self._interval = scene_of, interval
        self._lock, self._idle, self._wanted = threading.Lock(), threading.Event(), None
        self._idle.set()
        self._films = OrderedDict()
        self.note, self.message = widgets.HTML(), widgets.HTML()
        self.player, self._kept, self._play_next = None, None, False
        self._start = next(preset for preset in presets if preset.name == start)
        self.buttons = self._make_buttons(beside)
        self._put(self._start)
        self._film = self._draw([self.settings()])  # the last whole film: the static face, and what an error goes back to
        self._say("")
        self.player = Player(*self._film, interval)
        for control in controls.values():
            control.layout.margin = "2px 10px 2px 0"
            control.observe(self._control_changed, names="value")
        self.widget = self._arrange()

    def settings(self):
        """Return the values of all controls, by name."""
        return {name: control.value for name, control in self.controls.items()}

    def choose(self, preset):
        """Put the controls on the settings of ``preset``, show its question, and ask for its film."""
        self._put(preset)
        self.request()

    def reset(self):
        """Go back to the settings that the explorer opened with."""
        if self._kept is not None:
            self.buttons["beside"].value = False
        self.choose(self._start)

    def new_start(self):
        """Take the next seed; after the last one comes the first."""
        seed = self.controls["seed"]
        seed.value = seed.value + 1 if seed.value < seed.max else seed.min

    def same_start(self):
        """Rewind, and play again from the same start."""
        self.request(play=True)

    def request(self, play=False):
        """Ask for the film of the present settings, and to ``play`` it; a request that is not finished yet is dropped."""
        with self._lock:
            self._play_next = play
            self._wanted = [self.settings()] if self._kept is None else [self.settings(), self._kept]
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

    def _beside_changed(self, change):
        self._kept = self.settings() if change["new"] else None
        self.request()

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
                wanted, self._wanted = self._wanted, None
                if wanted is None:
                    self._idle.set()
                    return
            try:
                film = self._draw(wanted)
                if film is not None:
                    self._film = film
                    self.player.preview(film[0][0], film[1][0])  # a film kept from before starts at its first frame too
                    self.player.show(*film)
                    self._say("")
                    self.player.play.playing = self._play_next
            except Exception as error:  # a worker has no cell to raise in: the message line is its voice
                self.player.show(*self._film)  # unlocks the player, which may show half of a film
                self._say(f"{type(error).__name__}: {error}")

    def _draw(self, wanted):
        """Return (pictures, alts) for the settings in ``wanted``, or ``None`` when a newer request came meanwhile."""
        key = tuple(value for settings in wanted for value in settings.values())
        if key not in self._films:
            self._say("computing")
            scene = self._scene_of(*wanted)
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

    def _make_buttons(self, beside):
        buttons = {preset.name: _button(preset.name, lambda preset=preset: self.choose(preset)) for preset in self.presets}
        buttons["reset"] = _button("reset", self.reset, "back to the settings at the opening")
        if "seed" in self.controls:
            buttons["new start"] = _button("new start", self.new_start, "the next seed: other weights at the start")
            buttons["same start"] = _button("same start again", self.same_start, "rewind, and play again from the same weights")
        if beside:
            buttons["beside"] = widgets.ToggleButton(
                description="keep this one beside", tooltip="play these settings next to the ones you choose now",
                layout=widgets.Layout(width="auto"),
            )  # fmt: skip
            buttons["beside"].observe(self._beside_changed, names="value")
        return buttons

    def _arrange(self):
        wrap = widgets.Layout(flex_flow="row wrap")
        names = [preset.name for preset in self.presets]
        others = [button for name, button in self.buttons.items() if name not in names]
        label = widgets.HTML('<b style="font-size:15px">Presets</b>')
        return widgets.VBox(
            [
                widgets.HBox([label, *(self.buttons[name] for name in names)], layout=wrap),
                self.note,
                widgets.HBox(list(self.controls.values()), layout=wrap),
                widgets.HBox([*others, self.message], layout=wrap),
                self.player,
            ]
        )

    def _ipython_display_(self):
        self.wait()  # a cell that moves a control and then shows the explorer shows what it moved
        display(HTML(face(*self._film, self._interval, f"{self.name}-{next(_numbers)}")))
        if live_player_wanted():
            view = {"version_major": 2, "version_minor": 0, "model_id": self.widget.model_id}
            display({"application/vnd.jupyter.widget-view+json": view}, raw=True)


def _button(text, action, tooltip=""):
    button = widgets.Button(description=text, tooltip=tooltip, layout=widgets.Layout(width="auto"))
    button.on_click(lambda _: action())
    return button
