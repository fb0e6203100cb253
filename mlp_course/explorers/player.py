"""A player of frames made of standard widgets. It runs in the browser, and goes on when the kernel is gone."""

import ipywidgets as widgets

from ..film import frames_in_words, image_size, img

# The static face that stands above a live player is hidden for as long as the player lives.
# jupyterlab-slideshow lays a prompt overlay over outputs that would catch clicks on Play.
_STYLE = """<style>
.jp-OutputArea-child:has(.mlp-face):has(+ .jp-OutputArea-child .mlp-live) {display: none}
.jp-Deck .jp-OutputArea-promptOverlay {pointer-events: none}
.mlp-live img {max-width: none; margin: 0 !important; display: block}
</style>"""


class Player(widgets.VBox):
    """Plays ``pictures`` (PNG bytes), ``interval`` milliseconds each; ``alts[k]`` says frame k in words.

    A stack of HTML images is switched by links that live in the browser, so scrubbing needs no kernel (one
    that lives is told of the new value). ``show`` replaces all frames, ``preview`` the first one alone.
    """

    def __init__(self, pictures, alts, interval=100):
        pictures, alts = frames_in_words(pictures, alts)
        width, height = image_size(pictures[0])
        self._size = widgets.Layout(width=f"{width}px", height=f"{height}px", margin="0", overflow="hidden")
        self.stack = widgets.Stack([], layout=self._size)
        self.play = widgets.Play(min=0, max=1, interval=interval)
        self.slider, self._links, self._bar = None, [], widgets.HBox()
        self.show(pictures, alts)
        self.stack.selected_index = 0
        super().__init__([self._bar, self.stack])
        self.add_class("mlp-live")

    def show(self, pictures, alts):
        """Replace the frames by ``pictures``; views that exist are used again."""
        pictures, alts = frames_in_words(pictures, alts)
        if len(pictures) == 1:  # a slider needs two ends
            pictures, alts = [*pictures, *pictures], [*alts, *alts]
        views = list(self.stack.children[: len(pictures)])
        for view, picture, alt in zip(views, pictures, alts):
            view.value = img(picture, alt)
        for picture, alt in list(zip(pictures, alts))[len(views) :]:
            views.append(widgets.HTML(img(picture, alt), layout=self._size))
        self.stack.children = views
        if self.slider is None or self.slider.max != len(pictures) - 1:
            self._new_slider(len(pictures) - 1)
        self.play.disabled = self.slider.disabled = False

    def _new_slider(self, last):
        # A slider whose end has moved would still go to its old end by the key End.
        for old in (*self._links, self.slider):
            if old is not None:
                old.close()
        self.play.max = last
        self.slider = widgets.IntSlider(min=0, max=last, description="frame", layout=widgets.Layout(width="420px"))
        self._links = [
            widgets.jslink((self.play, "value"), (self.slider, "value")),
            widgets.jslink((self.slider, "value"), (self.stack, "selected_index")),
        ]
        self._bar.children = [self.play, self.slider, widgets.HTML(_STYLE)]

    def preview(self, picture, alt):
        """Show ``picture`` as frame 0 at once, and lock the controls until ``show`` brings the rest."""
        self.play.playing = False
        self.play.disabled = self.slider.disabled = True
        self.stack.children[0].value = img(picture, alt)
        self.play.value = self.slider.value = self.stack.selected_index = 0
        # Said again: the kernel's own idea of the value may lag behind the browser's.
        self.slider.send_state("value")
        self.stack.send_state("selected_index")
