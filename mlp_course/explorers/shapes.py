"""Lesson 2: type the sizes of a network and choose m; see every shape to scale, and count the parameters."""

import re

import ipywidgets as widgets

from ..checks import option, shown
from ..scenes.shapes import LAYERS, shapes_scene
from .explorer import Explorer, Preset

LARGEST = 1000  # neurons in a layer

PRESETS = (
    Preset(
        "4-2-5-3-1",
        {"sizes": "4-2-5-3-1", "m": 7},
        "How many parameters has this network? Write your number down, then play: each frame is one layer.",
        "10 + 15 + 18 + 4 = 47. Layer 1 has 2 × 4 weights and 2 biases, and so on. The 7 examples do not count.",
    ),
    Preset(
        "4-2-10-3-1",
        {"sizes": "4-2-10-3-1", "m": 7},
        "Layer 2 has 10 neurons now, not 5. Which two W change their shape, and how?",
        "W[2] has twice as many rows, 10: a row for each neuron. W[3] has twice as many columns, 10: a column for each "
        "number it reads. b[2] is longer too. 77 parameters instead of 47.",
    ),
    Preset(
        "One digit",
        {"sizes": "64-32-10", "m": 1},
        "One image of 64 pixels, ten outputs. The next preset takes 1,797 images: which blocks will grow?",
        "This is the picture to compare with: X, Z and A have a single column. The network has 2,410 parameters.",
    ),
    Preset(
        "1,797 digits",
        {"sizes": "64-32-10", "m": 1797},
        "Above: which blocks have grown? Below: what has happened to the parameters?",
        "X, Z and A have grown: a column for each example. W and b look tiny beside them now, but their shapes are the "
        "same, and the network still has 2,410 parameters.",
    ),
)


def sizes_of(text):
    """Return the sizes (n0, n1, ..., nL) written as "4-2-5-3-1", with 1 to 4 layers."""
    parts = re.split(r"[-–,\s]+", text.strip(" -()[]"))
    if not all(re.fullmatch(r"0*[1-9][0-9]{0,3}", part) and int(part) <= LARGEST for part in parts):
        raise ValueError(f"sizes must be whole numbers from 1 to {LARGEST:,} joined by -, such as 4-2-5-3-1, got {shown(text)}")
    if not 2 <= len(parts) <= LAYERS + 1:
        raise ValueError(f"sizes must have 2 to {LAYERS + 1} numbers, inputs first, such as 4-2-5-3-1, got {shown(text)}")
    return tuple(map(int, parts))


def scene_of(settings):
    """Return the scene of the network and the number of examples in ``settings``."""
    return shapes_scene(sizes_of(settings["sizes"]), settings["m"])


def shapes_explorer(preset="4-2-5-3-1"):
    """Return the explorer of lesson 2: the sizes of a network and its number of examples, opened on ``preset``."""
    option("preset", preset, [each.name for each in PRESETS])
    style = {"style": {"description_width": "auto"}, "continuous_update": False}
    controls = {
        "sizes": widgets.Text(description="sizes", layout=widgets.Layout(width="220px"), **style),
        "m": widgets.SelectionSlider(options=[1, 2, 7, 50, 1797], description="m", layout=widgets.Layout(width="260px"), **style),
    }
    return Explorer("shapes", controls, PRESETS, scene_of, start=preset, interval=1500)
