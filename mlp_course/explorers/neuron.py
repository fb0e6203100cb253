"""Lesson 1: move the weights of one neuron, then let it train from there."""

from functools import cache

import ipywidgets as widgets
import numpy as np

from .. import datasets
from ..activations import identity
from ..checks import option
from ..losses import binary_cross_entropy
from ..network import MLP
from ..optimizers import GradientDescent
from ..parameters import Parameters
from ..scenes.neuron import neuron_scene
from ..training import Recording, train
from .explorer import Explorer, Preset

STEPS = np.array([0, 1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 18, 22, 26, 30, 35, 40, 50, 60, 75, 90, 110, 130, 150, 175, 200])

PRESETS = (
    Preset(
        "Tumors",
        {"data": "tumors", "w1": 0.0, "w2": 0.0, "b": 0.0, "rate": 0.5},
        "Press play. Which points pull the line most, and when does it stop turning?",
        "At first the far points pull most, later the wrong ones. The line turns fast, then ever more slowly, "
        "while the colors get steeper.",
    ),
    Preset(
        "Weights × 1",
        {"data": "tumors", "w1": 0.6, "w2": 0.3, "b": 0.1, "rate": 0.05},
        "Remember the line and the colors of frame 0. The next preset multiplies w and b by 10: what will move?",
        "This is the picture to compare with: J is 0.501.",
    ),
    Preset(
        "Weights × 10",
        {"data": "tumors", "w1": 6.0, "w2": 3.0, "b": 1.0, "rate": 0.05},
        "Look at frame 0: did the line move, or the steepness?",
        "The line is where it was: w x + b = 0 has the same solutions. Wrong answers are surer now, but right "
        "ones too. Here J even falls, from 0.501 to 0.457.",
    ),
    Preset(
        "XOR",
        {"data": "xor", "w1": 2.0, "w2": -1.0, "b": 0.5, "rate": 0.5},
        "Which J will the neuron reach in the end?",
        "J goes to about 0.69, near ln 2, the cost of answering 1/2 to everything. No line separates these four groups.",
    ),
    Preset(
        "Moons",
        {"data": "moons", "w1": 0.0, "w2": 0.0, "b": 0.0, "rate": 0.5},
        "How well can one straight line do here?",
        "About 0.89 of the points. The moons are bent and the neuron is not: lesson 3 bends it.",
    ),
)


@cache
def _data(name):
    """Return standardized X (2, m), y, class names and feature names of one of the data sets."""
    rng = np.random.default_rng(0)
    if name == "tumors":
        table = datasets.breast_cancer()
        X, y, classes, features = table.X[:2], table.y, table.class_names, ("mean radius", "mean texture")
    else:
        X, y = datasets.moons(200, 0.1, rng) if name == "moons" else datasets.xor(200, 0.15, rng)
        classes, features = ("class 0", "class 1"), ("$x_1$", "$x_2$")
    X = (X - X.mean(axis=1, keepdims=True)) / X.std(axis=1, keepdims=True)
    return X, y, classes, features


def scene_of(settings):
    """Train one neuron with ``settings`` for 200 steps and return its scene, at the steps STEPS."""
    X, y, classes, features = _data(settings["data"])
    params = Parameters((2, 1), [settings["w1"], settings["w2"], settings["b"]])
    mlp = MLP(identity, binary_cross_entropy)
    run = train(mlp, params, X, y[None, :], GradientDescent(settings["rate"]), epochs=STEPS[-1])
    recording = Recording(run.sizes, run.epochs[STEPS], run.thetas[STEPS], run.costs[STEPS])
    return neuron_scene(X, y, recording, classes, features)


def neuron_explorer(preset="Tumors"):
    """Return the explorer of lesson 1: data set, w1, w2, b and learning rate of one neuron, opened on ``preset``."""
    option("preset", preset, [each.name for each in PRESETS])
    slider = {"min": -8.0, "max": 8.0, "step": 0.1, "readout_format": ".1f", "layout": widgets.Layout(width="260px")}
    style = {"description_width": "auto"}
    controls = {
        "data": widgets.Dropdown(
            options=["tumors", "moons", "xor"], description="data", layout=widgets.Layout(width="150px"), style=style
        ),
        "w1": widgets.FloatSlider(description="w₁", style=style, **slider),
        "w2": widgets.FloatSlider(description="w₂", style=style, **slider),
        "b": widgets.FloatSlider(description="b", style=style, **slider),
        "rate": widgets.SelectionSlider(
            options=[0.05, 0.1, 0.5, 1.0, 5.0], description="rate η", style=style, layout=widgets.Layout(width="240px")
        ),
    }
    return Explorer("neuron", controls, PRESETS, scene_of, start=preset)
