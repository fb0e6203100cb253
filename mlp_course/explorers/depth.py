"""Lesson 8: what depth buys with one input: folds and their pieces, an affine target, and random networks."""

import ipywidgets as widgets

from ..checks import option
from ..scenes.depth import depth_scene, random_scene
from .explorer import Explorer, Preset, wide

RANDOM = "random networks"

PRESETS = (
    Preset(
        "Three folds",
        {"what": "tent map", "layers": 3, "units": 24},
        "Each layer turns the upper half of the paper down and stretches it. How many pieces after 1, 2, 3 folds? How many "
        "units would one hidden layer need for the last?",
        "2, 4, 8 pieces: each fold doubles them. A unit in one hidden layer has one corner, so 8 pieces need 7 units at least: "
        "22 parameters, and the deep network has 19. So few folds save next to nothing.",
    ),
    Preset(
        "Eight folds",
        {"what": "tent map", "layers": 8, "units": 24},
        "And after 8 folds? Guess the units, deep and flat, before you play.",
        "256 pieces. Deep: 16 units, 49 parameters. Flat: at least 255 units, 766 parameters. "
        "The layers add their units, and multiply their pieces.",
    ),
    Preset(
        "Affine target",
        {"what": "affine target", "layers": 8, "units": 24},
        "The target is a straight line. What do eight layers save?",
        "Nothing. One neuron draws the line with 2 parameters; each hidden layer that passes it on costs more, 49 in the end.",
    ),
    Preset(
        "Random, 3 × 8",
        {"what": RANDOM, "layers": 3, "units": 24},
        "24 units with random weights, in one hidden layer or in three. Which network has more pieces?",
        "About equal, and the flat ones a little more: median 21.5 of 50 starts, deep 19. With one hidden layer no more than 25 "
        "are possible. Deep networks can have more, and these scatter more, but they do not have more by themselves.",
    ),
    Preset(
        "Random, 8 × 3",
        {"what": RANDOM, "layers": 8, "units": 24},
        "The same 24 units in eight layers of three. More pieces, since it is deeper?",
        "Far fewer: median 3, flat 21.5. In a narrow layer all units may be off on most of the line: nothing comes through.",
    ),
)


def scene_of(settings):
    """Return the scene of ``settings``: a network built layer by layer, or random starts one after another."""
    if settings["what"] == RANDOM:
        return random_scene(settings["units"], settings["layers"])
    return depth_scene(settings["what"], settings["layers"])


def depth_explorer(preset="Eight folds"):
    """Return the explorer of folds, pieces and parameters, opened on ``preset``."""
    option("preset", preset, [each.name for each in PRESETS])
    style = {"style": {"description_width": "auto"}}
    what = widgets.Dropdown(options=["tent map", "affine target", RANDOM], description="what", layout=wide(210), **style)
    layers = widgets.IntSlider(min=1, max=8, description="hidden layers (folds)", layout=wide(330), **style)
    units = widgets.IntSlider(min=8, max=48, step=8, description="units in all", disabled=True, layout=wide(260), **style)
    layers.continuous_update = units.continuous_update = False
    what.observe(lambda change: units.set_trait("disabled", change["new"] != RANDOM), names="value")
    return Explorer("depth", {"what": what, "layers": layers, "units": units}, PRESETS, scene_of, start=preset, interval=300)
