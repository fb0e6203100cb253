"""Lesson 5a: the computational graph of a small formula, stepped forward and back."""

import math

import ipywidgets as widgets

from ..checks import option
from ..graph import Node, sigmoid, tanh
from ..scenes.graph import graph_scene
from .explorer import Explorer, Preset

SLIDERS = {"x": 3, "w": 2, "v": 2, "b": 2}  # name: largest value; a narrow range keeps the numbers short
USUAL = {"graph": "one neuron", "x": 0.5, "w": 2.0, "v": -1.0, "b": -1.0, "n": 4}
PRESETS = (
    Preset(
        "One neuron",
        USUAL,
        "w = 2, x = ½, b = −1, and y = 1, so the loss is −log a. Which edge will carry the local slope −2? "
        "And what slope will w get in the end?",
        "The edge from σ to −log: at a = ½ the slope of −log a is −1/a = −2. Going back, it meets the local slopes ¼, 1 and ½ "
        "on the way to w: 1 × (−2) × ¼ × 1 × ½ = −¼.",
    ),
    Preset(
        "x · x",
        {**USUAL, "graph": "x · x", "x": 3.0},
        "x goes into the product twice. Is the slope at x = 3 three or six?",
        "Six. Each of the two edges brings 1 × 3 back, and branches add. Move x: it is always 2x.",
    ),
    Preset(
        "tanh chain",
        {**USUAL, "graph": "tanh chain"},
        "Four tanh in a row. For the slope of a node alone we multiply all local slopes from the end back to that node. "
        "How many products for all slopes, one by one? How many in one sweep?",
        "1 + 2 + 3 + 4 = 10 one by one, 4 in one sweep: each slope is made from its neighbor's. With 50 it is 1,275 against 50.",
    ),
    Preset(
        "Two neurons",
        {**USUAL, "graph": "two neurons"},
        "x feeds two neurons, with w = 2 and v = −1. Two messages come back to x. Will they help each other, or cancel?",
        "They nearly cancel: 0.103 × 2 + 0.192 × (−1) = 0.0131. A larger x raises the last node through the upper neuron, and "
        "lowers it through the lower one.",
    ),
    Preset(
        "Wrong and saturated",
        {**USUAL, "x": 2.0, "w": -2.0, "b": -2.0},
        "Now z = −6: the neuron is sure, and wrong. Its σ is flat there. Will any slope be left for w?",
        "Yes, about −2. The local slope of σ is tiny, 0.00247, but that of −log a is −404, as large as the other is small. Their "
        "product is about −1.",
    ),
)


def minus_log(a):
    """Return -log a for a > 0, as one node; the local derivative is -1/a."""
    return Node(-math.log(a.value), edges=((a, -1 / a.value),), operation="−log")


def square(x, w, v, b, n):
    """Return x · x."""
    return x * x


def chain(x, w, v, b, n):
    """Return tanh(tanh(... x)), ``n`` times."""
    for _ in range(n):
        x = tanh(x)
    return x


def neuron(x, w, v, b, n):
    """Return -log sigmoid(w x + b): the log-loss of a neuron where y = 1."""
    return minus_log(sigmoid(w * x + b))


def two_neurons(x, w, v, b, n):
    """Return sigmoid(tanh(w x) + tanh(v x)): two neurons, and an output that adds them."""
    return sigmoid(tanh(w * x) + tanh(v * x))


GRAPHS = {  # name: its formula, and the controls that it uses; from simple to rich
    "x · x": (square, ("x",)),
    "tanh chain": (chain, ("x", "n")),
    "one neuron": (neuron, ("x", "w", "b")),
    "two neurons": (two_neurons, ("x", "w", "v")),
}


def root_of(settings):
    """Return the last node of the graph that ``settings`` name."""
    build, _ = GRAPHS[settings["graph"]]
    return build(**{name: Node(settings[name], name) for name in SLIDERS}, n=settings["n"])


def scene_of(settings):
    """Return the scene of the graph that ``settings`` name."""
    return graph_scene(root_of(settings))


def graph_explorer(preset="One neuron"):
    """Return the explorer of lesson 5a: small graphs stepped forward and back, opened on ``preset``."""
    option("preset", preset, [each.name for each in PRESETS])
    return Explorer("graph", controls(), PRESETS, scene_of, start=preset, interval=1500)


def controls():
    """Return the controls by name; those that the chosen graph does not use are locked."""
    style = {"style": {"description_width": "auto"}, "layout": widgets.Layout(width="200px")}
    slider = {"continuous_update": False, **style}
    which = widgets.Dropdown(options=list(GRAPHS), description="graph", **style)
    numbers = {
        name: widgets.FloatSlider(min=-end, max=end, step=0.5, readout_format=".1f", description=name, **slider)
        for name, end in SLIDERS.items()
    }
    numbers["n"] = widgets.IntSlider(min=1, max=4, description="length", **slider)

    def lock(change):
        for name, control in numbers.items():
            control.disabled = name not in GRAPHS[which.value][1]

    which.observe(lock, names="value")
    lock(None)
    return {"graph": which, **numbers}
