"""Decision boundaries while a network trains: data, layers, activation, start, rate and batch, alone or two side by side."""

from functools import cache

import ipywidgets as widgets
import numpy as np

from .. import activations, datasets, initializers
from ..checks import option
from ..losses import binary_cross_entropy, cross_entropy
from ..network import MLP
from ..optimizers import GradientDescent
from ..scenes.boundary import TrainedNetwork, boundary_scene
from .explorer import Explorer, Preset
from .recording import marks, record

STEPS = 2000
DATA = {  # name in the list: name in the settings
    "moons": "moons", "circles": "circles", "spirals": "spirals", "XOR": "xor", "two blobs": "blobs 2", "tumors": "tumors",
    "three blobs (lesson 7)": "blobs 3", "iris (lesson 7)": "iris",
}  # fmt: skip
GENERATED = {
    "moons": lambda rng: datasets.moons(400, 0.1, rng),
    "circles": lambda rng: datasets.circles(400, 0.05, rng),
    "spirals": lambda rng: datasets.spirals(400, 0.02, rng),
    "xor": lambda rng: datasets.xor(400, 0.2, rng),
    "blobs 2": lambda rng: datasets.blobs(400, 0.5, rng, classes=2),
    "blobs 3": lambda rng: datasets.blobs(400, 0.4, rng, classes=3),
}
ACTIVATIONS = {
    "tanh": activations.tanh, "sigmoid": activations.sigmoid, "ReLU": activations.relu,
    "Leaky ReLU": activations.leaky_relu(), "identity": activations.identity,
}  # fmt: skip
STARTS = {
    "1/n": initializers.lecun, "Xavier": initializers.xavier, "He": initializers.he,
    "0.01": lambda sizes, rng: initializers.normal(sizes, rng, 0.01),
    "5": lambda sizes, rng: initializers.normal(sizes, rng, 5.0),
    "zeros": lambda sizes, rng: initializers.zeros(sizes),
}  # fmt: skip
RATES, UNITS, BATCHES = [0.01, 0.1, 0.5, 1.0, 2.0, 5.0, 50.0], [1, 2, 3, 4, 6, 8, 16, 32], ["all", 64, 8, 1]

USUAL = {"data": "moons", "layers": 1, "units": 8, "activation": "tanh", "start": "1/n", "rate": 0.5, "batch": "all", "seed": 0}
PRESETS = (
    Preset(
        "Moons, 8 units",
        USUAL,
        "Each dashed line is one hidden unit: its z is 0 there. How many of the eight lines will the border follow?",
        "It follows a few of them for a while, and bends from one to the next. The other lines are hardly needed here. "
        "At most one of the 300 training examples is wrong in the end, in 10 of 10 starts.",
    ),
    Preset(
        "Moons, no hidden layer",
        {**USUAL, "layers": 0},
        "What is the best that one straight line can do?",
        "88 % right, from every start: the same line in the end.",
    ),
    Preset(
        "Moons, 2 units",
        {**USUAL, "units": 2},
        "Are two units enough? Let it run, then press \"new start\" a few times. How often does it succeed?",
        "Sometimes: with the seeds 0 to 9, 3 of 10 starts reach 99 %. The others stop near 87 or 88 %, no better than a line. "
        "Two units can do it, but training does not always find out how.",
    ),
    Preset(
        "Circles, 2 units",
        {**USUAL, "data": "circles", "units": 2},
        "Can two lines close a ring?",
        "No: the border stays open on one side. About 81 %, and 0 of 10 starts do better than 84 %. "
        "To compare, press \"keep this one beside\", then take the next preset.",
    ),
    Preset(
        "Circles, 3 units",
        {**USUAL, "data": "circles", "units": 3},
        "And three lines?",
        "Yes: a rounded triangle, 100 % of the training examples, in 10 of 10 starts.",
    ),
    Preset(
        "Spirals",
        {**USUAL, "data": "spirals", "layers": 3, "units": 16, "activation": "ReLU", "start": "He"},
        "The cost hardly falls for the first thirty steps. Would you stop there?",
        "Too early: then it falls fast, and the border winds between the two arms. All training examples are right, "
        "and at least 98 % of the test examples, in 10 of 10 starts.",
    ),
    Preset(
        "No activation",
        {**USUAL, "layers": 3, "activation": "identity"},
        "Three hidden layers, 24 units, but the identity as activation. Does the border bend?",
        "No: a straight line, 88 %, as without any hidden layer.",
    ),
    Preset(
        "Too many units",
        {**USUAL, "data": "tumors", "layers": 3, "units": 32, "activation": "ReLU", "start": "He"},
        "2,241 parameters for 427 tumors. Watch the two cost curves: will they stay together?",
        "At first. Then the training cost goes on falling, while the test cost rises: the border bends around single tumors.",
    ),
    Preset(
        "Rate too large",
        {**USUAL, "data": "tumors", "rate": 50.0},
        "The rate is 50, a hundred times the usual one. What will the cost do?",
        "It jumps far above its start, comes down, and jumps again: it never settles.",
    ),
    Preset(
        "Three blobs",
        {**USUAL, "data": "blobs 3", "layers": 0},
        "How many borders, straight or bent? Where do they meet?",
        "Three straight borders that meet in one point: where z_0 = z_1 and z_1 = z_2, also z_0 = z_2.",
    ),
)


@cache
def examples(name):
    """Return training examples, test examples (pairs X, y), class names and feature names; standardized, 25 % for the test."""
    rng = np.random.default_rng(0)
    classes, features = None, ("$x_1$", "$x_2$")
    if name in GENERATED:
        X, y = GENERATED[name](rng)
    elif name == "iris":
        X, y, features, classes = datasets.iris().X[2:], datasets.iris().y, ("petal length", "petal width"), datasets.iris().class_names
    else:
        table = datasets.breast_cancer()
        X, y, features, classes = table.X[:2], table.y, ("mean radius", "mean texture"), table.class_names
    classes = classes or tuple(f"class {k}" for k in range(y.max() + 1))
    X, X_test, y, y_test = datasets.split(X, y, rng)
    mean, deviation = X.mean(axis=1, keepdims=True), X.std(axis=1, keepdims=True)
    return ((X - mean) / deviation, y), ((X_test - mean) / deviation, y_test), classes, features


def trained(settings, label=""):
    """Train a network with ``settings`` for about 2,000 updates and return it as a ``TrainedNetwork``."""
    training, tests, classes, features = examples(settings["data"])
    X, y = training
    K, m = (1 if len(classes) == 2 else len(classes)), y.size
    rng = np.random.default_rng(settings["seed"])
    params = STARTS[settings["start"]]((2, *[settings["units"]] * settings["layers"], K), rng)
    mlp = MLP(ACTIVATIONS[settings["activation"]], binary_cross_entropy if K == 1 else cross_entropy)
    batch = None if settings["batch"] == "all" else settings["batch"]
    updates = 1 if batch is None else -(-m // batch)  # in an epoch; the last batch may be smaller
    Y = y[None, :] if K == 1 else np.eye(K)[:, y]
    kept = marks(-(-STEPS // updates))
    recording, diverged = record(mlp, params, X, Y, GradientDescent(settings["rate"]), kept, batch, batch and rng)
    return TrainedNetwork(
        mlp, recording, training, tests, recording.epochs * updates, classes, features, caption(settings), label, diverged
    )


def caption(settings):
    """Return ``settings`` in a few words."""
    hidden = "-".join(str(settings["units"]) for _ in range(settings["layers"])) or "no hidden layer"
    return (
        f"{settings['data']}, hidden {hidden}, {settings['activation']}, start {settings['start']}, "
        f"rate {settings['rate']:g}, batch {settings['batch']}, seed {settings['seed']}"
    )


def scene_of(settings, kept=None):
    """Return the scene of one training, or of two side by side: the one that was kept is A."""
    if kept is None:
        return boundary_scene(trained(settings))
    differ = [name for name in settings if settings[name] != kept[name]]
    labels = [", ".join(f"{name} {each[name]}" for name in differ) or "the same settings" for each in (kept, settings)]
    return boundary_scene(*(trained(each, label) for each, label in zip((kept, settings), labels)))


def boundary_explorer(preset="Moons, 8 units"):
    """Return the explorer of decision boundaries, opened on ``preset``."""
    option("preset", preset, [each.name for each in PRESETS])
    return Explorer("boundary", controls(), offered(preset), scene_of, start=preset, beside=True)


def offered(preset):
    """Return the presets beside ``preset``: three classes are of lesson 7 and offered only where the explorer opens on them."""
    return tuple(each for each in PRESETS if each.name == preset or each.settings["data"] != "blobs 3")


def controls():
    """Return the controls by name; sliders answer when they are let go, since each value is a training."""
    style = {"style": {"description_width": "auto"}, "layout": widgets.Layout(width="208px")}
    slider = {"continuous_update": False, **style}
    return {
        "data": widgets.Dropdown(options=list(DATA.items()), description="data", **style),
        "layers": widgets.IntSlider(min=0, max=3, description="layers", **slider),
        "units": widgets.SelectionSlider(options=UNITS, description="units", **slider),
        "activation": widgets.Dropdown(options=list(ACTIVATIONS), description="activation", **style),
        "start": widgets.Dropdown(options=list(STARTS), description="start weights", **style),
        "rate": widgets.SelectionSlider(options=RATES, description="rate η", **slider),
        "batch": widgets.SelectionSlider(options=BATCHES, description="batch", **slider),
        "seed": widgets.IntSlider(min=0, max=19, description="seed", **slider),
    }
