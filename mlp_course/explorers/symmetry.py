"""Lesson 6: hidden units that start alike stay alike; starts that part them, and starts that part them late."""

import ipywidgets as widgets
import numpy as np

from .. import activations, datasets, initializers
from ..checks import option
from ..losses import binary_cross_entropy
from ..network import MLP
from ..optimizers import GradientDescent
from ..scenes.symmetry import symmetry_scene
from ..training import train
from .explorer import Explorer, Preset, wide
from .recording import marks

STEPS = 2000
DATA = {"moons, 1 to 1": "moons", "moons, 3 to 1": "moons 3:1", "tumors": "tumors"}
ACTIVATIONS = {"tanh": activations.tanh, "sigmoid": activations.sigmoid, "ReLU": activations.relu}
RATES = [0.1, 0.5, 1.0]


def first_zero(sizes, rng):
    """Return the start of He with W[1] = 0."""
    params = initializers.he(sizes, rng)
    params.W[1].fill(0)
    return params


def second_zero(sizes, rng):
    """Return the start of He with W[2] = 0."""
    params = initializers.he(sizes, rng)
    params.W[2].fill(0)
    return params


STARTS = {
    "zeros": lambda sizes, rng: initializers.zeros(sizes),
    "all weights 0.5": lambda sizes, rng: initializers.constant(sizes, 0.5),
    "W[1] zero, W[2] random": first_zero,
    "W[1] random, W[2] zero": second_zero,
    "random × 0.01": lambda sizes, rng: initializers.normal(sizes, rng, 0.01),
    "Xavier": initializers.xavier,
    "He": initializers.he,
    "random × 5": lambda sizes, rng: initializers.normal(sizes, rng, 5.0),
}

USUAL = {"data": "moons", "units": 4, "activation": "tanh", "start": "zeros", "rate": 0.5, "seed": 1}
PRESETS = (
    Preset(
        "Zeros",
        USUAL,
        "All 17 weights and biases start at 0. Which line will the network find in 2,000 steps?",
        "None: nothing moves. J stays ln 2 = 0.693, the accuracy 0.500, the distance exactly 0, at every step. W[1] gets no "
        "error, because W[2] is 0. W[2] gets none, because every hidden value is tanh 0 = 0. In the bias of the output the "
        "errors of two classes of equal size cancel.",
    ),
    Preset(
        "Zeros, 3 to 1",
        {**USUAL, "data": "moons 3:1"},
        "Now class 0 has three times as many points as class 1. Does something move?",
        "One number of 17: the bias of the output. Every point gets the same P, 0.25, the share of class 1. The network always "
        "answers class 0: accuracy 0.750 from step 1 on, and J falls from 0.693 to 0.562. The units stay at 0. With sigmoid "
        "they would move, all four as one.",
    ),
    Preset(
        "All 0.5",
        {**USUAL, "start": "all weights 0.5"},
        "Four units, and every weight starts at 0.5. Which shape will the border have?",
        "A straight line. Equal units have equal values, so they get equal updates, and stay equal: four arrows turn as one, "
        "and do what one unit can do. Accuracy 0.868 to 0.895 over the 20 seeds. The distance stays below 10⁻⁹ through all "
        "2,000 steps. With other numbers of units, try 3, rounding can make it about 10⁻¹⁵ where it should be 0.",
    ),
    Preset(
        "W[1] zero",
        {**USUAL, "start": "W[1] zero, W[2] random"},
        "W[1] is 0, W[2] is random. Do the units part?",
        "In step 1 all arrows come to lie on one line, forward or back, with the lengths that W[2] gives them: rank 1. From "
        "step 2 on the rank is 2, since tanh bends long and short arrows differently, but most turn apart slowly. After 2,000 "
        "steps 15 of 20 seeds are at 0.90 or below, with a border that is almost straight; 2 of 20 reach 0.998. With ReLU "
        "nothing moves.",
    ),
    Preset(
        "W[2] zero",
        {**USUAL, "start": "W[1] random, W[2] zero"},
        "The reverse: W[1] is random, W[2] is 0. Do the units part?",
        "They differ from the start. Step 1 moves only W[2], because no error comes back through a W[2] of 0; from step 2 on the "
        "arrows turn too. Accuracy 0.998 or more in 17 of 20 seeds: with one hidden layer it is enough that the first is random.",
    ),
    Preset(
        "Random × 0.01",
        {**USUAL, "start": "random × 0.01", "seed": 18},
        "Small random weights. Are the arrows apart, and do they stay apart?",
        "They start in different directions, swing onto one line, and part late: look at step 1,000 and after. This seed gets "
        "there; 16 of 20 seeds are still at 0.90 or below after 2,000 steps.",
    ),
    Preset(
        "He",
        {**USUAL, "start": "He"},
        "Random weights of the size that He proposes. How good is the best border of four units?",
        "Bent as the moons are. Accuracy 0.998 or more in 18 of 20 seeds; the other two are still at 0.88 after 2,000 steps. "
        "With Xavier's smaller weights it is 12 of 20.",
    ),
    Preset(
        "Random × 5",
        {**USUAL, "start": "random × 5"},
        "Large weights: standard deviation 5. At which J does it start, and is it better than He's start?",
        "J starts between 0.46 and 9.50, by seed: the network is sure at once, rightly or wrongly. It still learns, in this one "
        "hidden layer: accuracy 0.998 or more in 10 of 20 seeds, where He's start has 18.",
    ),
)


def points(name, rng):
    """Return standardized X (2, m), y, class names and feature names; ``rng`` draws the moons."""
    classes, features = ("class 0", "class 1"), ("$x_1$", "$x_2$")
    if name == "tumors":
        table = datasets.breast_cancer()
        X, y, classes, features = table.X[:2], table.y, table.class_names, ("mean radius", "mean texture")
    elif name == "moons":
        X, y = datasets.moons(400, 0.1, rng)
    else:
        X, y = datasets.moons(600, 0.1, rng)
        kept = np.concatenate([np.flatnonzero(y == 0), np.flatnonzero(y == 1)[::3]])  # 300 and 100
        X, y = X[:, kept], y[kept]
    return (X - X.mean(axis=1, keepdims=True)) / X.std(axis=1, keepdims=True), y, classes, features


def scene_of(settings):
    """Train a network 2-h-1 with ``settings`` for 2,000 steps on all examples and return its scene."""
    rng = np.random.default_rng(settings["seed"])
    X, y, classes, features = points(settings["data"], rng)
    params = STARTS[settings["start"]]((2, settings["units"], 1), rng)
    mlp = MLP(ACTIVATIONS[settings["activation"]], binary_cross_entropy)
    kept = np.union1d(marks(STEPS), [1])  # the first step too: it is the one that parts units, or does not
    recording = train(mlp, params, X, y[None, :], GradientDescent(settings["rate"]), STEPS, every=kept)
    return symmetry_scene(mlp, recording, X, y, classes, features, caption(settings))


def caption(settings):
    """Return ``settings`` in a few words."""
    return (
        f"2-{settings['units']}-1, {settings['data']}, {settings['activation']}, start {settings['start']}, "
        f"rate {settings['rate']:g}, seed {settings['seed']}"
    )


def symmetry_explorer(preset="Zeros"):
    """Return the explorer of lesson 6: how a network starts and whether its hidden units part, opened on ``preset``."""
    option("preset", preset, [each.name for each in PRESETS])
    return Explorer("symmetry", controls(), PRESETS, scene_of, start=preset)


def controls():
    """Return the controls by name; sliders answer when they are let go, since each value is a training."""
    style = {"style": {"description_width": "auto"}}
    slider = {"continuous_update": False, **style}
    return {
        "data": widgets.Dropdown(options=list(DATA.items()), description="data", layout=wide(180), **style),
        "units": widgets.IntSlider(min=2, max=8, description="hidden units", layout=wide(220), **slider),
        "activation": widgets.Dropdown(options=list(ACTIVATIONS), description="activation", layout=wide(170), **style),
        "start": widgets.Dropdown(options=list(STARTS), description="start", layout=wide(230), **style),
        "rate": widgets.SelectionSlider(options=RATES, description="rate η", layout=wide(190), **slider),
        "seed": widgets.IntSlider(min=0, max=19, description="seed", layout=wide(200), **slider),
    }
