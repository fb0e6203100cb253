"""Lesson 3: the activations of the course, their slopes, and where they are flat, with a point that moves along z."""

import ipywidgets as widgets
import numpy as np

from .. import activations
from ..checks import option
from ..scenes.activations import activation_scene
from .explorer import Explorer, Preset

WITHOUT_ALPHA = {
    "identity": activations.identity, "binary step": activations.binary_step, "sigmoid": activations.sigmoid,
    "tanh": activations.tanh, "arctan": activations.arctan, "ReLU": activations.relu, "softplus": activations.softplus,
    "Leaky ReLU": activations.leaky_relu(0.01),
}  # fmt: skip
WITH_ALPHA = {"PReLU": activations.prelu, "ELU": activations.elu}

PRESETS = (
    Preset(
        "Sigmoid",
        {"activation": "sigmoid", "alpha": 0.5},
        "The curve is steepest at z = 0. Where is it half as steep? And where does a change of z change almost nothing?",
        "Slope 0.25 at z = 0, half of it near z = 1.75. Beyond 3.6 it is under a tenth of 0.25: flat. The same on the left side.",
    ),
    Preset(
        "tanh",
        {"activation": "tanh", "alpha": 0.5},
        "It looks like a sigmoid. What is its largest slope? Does it become flat earlier or later?",
        "Its largest slope is 1, four times that of the sigmoid, and it is flat earlier, beyond z = 1.8. Its values go from -1 to 1.",
    ),
    Preset(
        "ReLU",
        {"activation": "ReLU", "alpha": 0.5},
        "Which slopes will you see? And at the corner?",
        "Only 0 and 1. At the corner there is no tangent, and the slope is a choice: this course takes 0.",
    ),
    Preset(
        "Leaky ReLU",
        {"activation": "Leaky ReLU", "alpha": 0.5},
        "A unit has a negative z on every example. Does anything still tell it which way to move?",
        "Yes, but little: the slope is 0.01 there, not 0. It can come back, slowly.",
    ),
    Preset(
        "ELU, α = 2",
        {"activation": "ELU", "alpha": 2.0},
        "Do the two sides join without a corner? For which α do they?",
        "Not here: the slope jumps from 2 to 1. With α = 1 both sides have slope 1 at 0, and there is no corner. Far left ELU is flat.",
    ),
    Preset(
        "Binary step",
        {"activation": "binary step", "alpha": 0.5},
        "It answers 0 or 1, like a nerve cell. What would gradient descent do with its slope?",
        "Nothing: the slope is 0 wherever there is one, so no weight would ever move. All of it is flat.",
    ),
    Preset(
        "RReLU",
        {"activation": "RReLU", "alpha": 0.5},
        "What will the left side look like, when every value draws its own slope?",
        "A cloud between two lines, with slopes from 1/8 to 1/3. After training the mean slope takes its place.",
    ),
)


def scene_of(settings):
    """Return the scene of the activation that ``settings`` name."""
    name, alpha = settings["activation"], settings["alpha"]
    if name == "RReLU":
        return activation_scene(activations.rrelu(np.random.default_rng(0)), name, scattered=True)
    if name in WITH_ALPHA:
        return activation_scene(WITH_ALPHA[name](alpha), f"{name} ({alpha:.1f})")
    return activation_scene(WITHOUT_ALPHA[name], name)


def activations_explorer(preset="Sigmoid"):
    """Return the explorer of activations and their slopes, opened on ``preset``."""
    option("preset", preset, [each.name for each in PRESETS])
    style = {"description_width": "auto"}
    which = widgets.Dropdown(
        options=[*WITHOUT_ALPHA, *WITH_ALPHA, "RReLU"], description="activation", layout=widgets.Layout(width="200px"), style=style
    )
    alpha = widgets.FloatSlider(
        min=0.1, max=2.0, value=0.5, step=0.1, readout_format=".1f", description="α", disabled=True, style=style, continuous_update=False
    )
    which.observe(lambda change: alpha.set_trait("disabled", change["new"] not in WITH_ALPHA), names="value")
    return Explorer("activations", {"activation": which, "alpha": alpha}, PRESETS, scene_of, start=preset)
