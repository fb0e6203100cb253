"""Lesson 4: the path of gradient descent, on bowls and on the cost of a neuron."""

from functools import cache
from itertools import islice, repeat
from typing import Callable, NamedTuple

import ipywidgets as widgets
import numpy as np

from .. import datasets
from ..activations import sigmoid
from ..checks import option
from ..gradient_check import numerical_jacobian
from ..optimizers import Adam, GradientDescent, Momentum, Nesterov
from ..scenes.descent import Walk, descent_scene
from .explorer import Explorer, Preset, wide

STEPS = np.unique(np.concatenate([np.arange(21), np.geomspace(22, 400, 20)]).astype(int))
FAR = 1e4  # a walk that is this far from every minimum has diverged
FEWEST = 6  # places of a walk, even when it begins at a minimum
TUMORS = ("tumors, raw", "tumors, scaled")
COSTS = ("parabola", "bowl", "curved valley", "w₂ tanh(w₁ x)", *TUMORS)
METHODS = {
    "gradient descent": lambda rate, mu: GradientDescent(rate),
    "momentum": Momentum,
    "Nesterov": Nesterov,
    "Adam": lambda rate, mu: Adam(rate, beta1=mu),  # its running mean of the slopes is a momentum too
}
USUAL = {
    "cost": "parabola", "kappa": 1, "eta_c": 1.0, "method": "gradient descent", "momentum": 0.9, "batch": "all",
    "w1": -1.6, "w2": 1.2, "seed": 0,
}  # fmt: skip
BOWL = {**USUAL, "cost": "bowl", "kappa": 100, "w1": -0.6, "w2": 0.6}  # that of the lesson, and a start like its own
PRESETS = (
    Preset(
        "η·c = 2",
        {**USUAL, "eta_c": 2.0},
        "The factor of each step is 1 − η c = −1. Where does it end?",
        "Nowhere: it jumps from −1.6 to 1.6 and back, and the cost never changes. From a closer start it is the same, with shorter jumps.",
    ),
    Preset(
        "η·c = 2.1",
        {**USUAL, "eta_c": 2.1, "w1": -0.2},
        "It starts close to the minimum. Does that help?",
        "No: each step multiplies the distance by 1.1, wherever it begins. A closer start only needs more steps to leave.",
    ),
    Preset(
        "Long bowl",
        {**BOWL, "eta_c": 200 / 101},
        "κ = 100, and the best rate, 2/(1 + κ). How many steps to 1/1000 of the distance?",
        "346. It jumps to and fro across the steep direction, and creeps along the flat one.",
    ),
    Preset(
        "Momentum",
        {**BOWL, "eta_c": 400 / 121, "method": "momentum", "momentum": 81 / 121},
        "The same bowl with momentum 0.67, and a rate that would diverge without it. How many steps now?",
        "56 instead of 346. The jumps across grow at first, and the cost too; then they cancel. The flat steps add up.",
    ),
    Preset(
        "Raw",
        {**USUAL, "cost": TUMORS[0], "eta_c": 1.8, "w1": 1.0, "w2": 0.0},
        "One neuron, mean radius as measured. The minimum (+) is below. Which way will the path go?",
        "A few jumps bring it to the floor of the gorge. There it creeps: after 400 steps more than nine tenths of the "
        "distance remain. Here κ is above 3,000.",
    ),
    Preset(
        "Scaled",
        {**USUAL, "cost": TUMORS[1], "eta_c": 1.8, "w1": 1.0, "w2": 0.0},
        "The same neuron and the same tumors, radius standardized. How much of the way after 400 steps?",
        "All of it, and not 400: about 50 steps are enough. At w = b = 0 this bowl is round, κ = 1.",
    ),
    Preset(
        "Flat point",
        {**USUAL, "cost": "w₂ tanh(w₁ x)", "eta_c": 1.0, "w1": 0.0, "w2": 0.0},
        "Both slopes are 0 at (0, 0). Does it ever leave?",
        "Never, and it is no minimum: two minima (+) lie elsewhere. Now drag w₁ or w₂ by one notch.",
    ),
    Preset(
        "Batch of 8",
        {**USUAL, "cost": TUMORS[1], "eta_c": 0.5, "batch": 8, "w1": 0.0, "w2": 0.0},
        "Each step sees 8 of 569 tumors. The path jumps about: is this noise or divergence?",
        "Noise: it goes to the minimum and stays around it. Divergence would lead ever further away. Try batch 32, and 1.",
    ),
    Preset(
        "Adam, raw",
        {**USUAL, "cost": TUMORS[0], "eta_c": 1.0, "method": "Adam", "w1": 0.0, "w2": 0.0},
        "Adam has a rate of its own for each parameter. Does it get through the gorge?",
        "Slowly, yes: after 400 steps it has gone three quarters of the way, where plain gradient descent hardly moved.",
    ),
)  # fmt: skip


class Cost(NamedTuple):
    """J (k,) at places (n, k), its slopes at one place, on the examples ``i``; the steepest curvature c, and where that is."""

    value: Callable
    slope: Callable
    limits: tuple
    lowest: np.ndarray
    names: tuple
    steepest: float
    where: str
    examples: int = 1


def _around_lowest(value, slope, limits, lowest, names):
    """Return a ``Cost`` that is not made of examples; c is its steepest curvature at the first minimum."""
    lowest = np.array(lowest, dtype=float)
    c = np.linalg.eigvalsh(numerical_jacobian(slope, lowest[:, 0]))[-1]
    return Cost(value, slope, limits, lowest, names, c, "at the minimum")


@cache
def cost_of(name, kappa):
    """Return the ``Cost`` called ``name``; only the bowl depends on its condition number ``kappa``."""
    both = ("$w_1$", "$w_2$")
    if name == "parabola":
        return _around_lowest(lambda P: P[0] ** 2 / 2, lambda w, i=0: w, ((-2.4, 2.4),), [[0]], ("w",))
    if name == "bowl":
        c = np.array([1.0, kappa])
        return _around_lowest(lambda P: c @ P**2 / 2, lambda w, i=0: c * w, ((-2.4, 2.4), (-2.4, 2.4)), [[0], [0]], both)
    if name == "curved valley":
        return _around_lowest(_valley, _valley_slope, ((-2.4, 2.4), (-1.5, 4)), [[1], [1]], both)
    if name in TUMORS:
        return _neuron(scaled=name == TUMORS[1])
    return _unit(both)


def _valley(P):
    return ((P[0] - 1) ** 2 + 10 * (P[1] - P[0] ** 2) ** 2) / 2


def _valley_slope(w, i=0):
    above = w[1] - w[0] ** 2
    return np.array([w[0] - 1 - 20 * w[0] * above, 10 * above])


def _standardized(x):
    return (x - x.mean()) / x.std()


def _log_loss(Z, y):
    return np.mean(np.maximum(Z, 0) + np.log1p(np.exp(-np.abs(Z))) - y * Z, axis=-1)


def _neuron(scaled):
    """Return the log-loss of sigmoid(w x + b), x the radius of a tumor; c is the curvature at w = b = 0, the largest of all."""
    x, y = datasets.breast_cancer().X[0], datasets.breast_cancer().y
    rows = np.vstack([_standardized(x) if scaled else x, np.ones(x.size)])

    def slope(theta, i=slice(None)):
        return rows[:, i] @ (sigmoid(theta @ rows[:, i]) - y[i]) / y[i].size

    lowest = _newton(slope, np.zeros(2))
    limits = ((-2.3, 5), (-2.6, 2.3)) if scaled else ((-2.3, 2.3), (-19, 4))
    c = np.linalg.eigvalsh(rows @ rows.T / (4 * y.size))[-1]
    return Cost(lambda P: _log_loss(P.T @ rows, y), slope, limits, lowest[:, np.newaxis], ("w", "b"), c, "at w = b = 0", y.size)


def _unit(names):
    """Return the squared error of w2 tanh(w1 x), the radius of a tumor from its area; between its two minima is a flat point."""
    x, y = (_standardized(row) for row in datasets.breast_cancer().X[[3, 0]])

    def value(P):
        return np.mean((P[1][:, np.newaxis] * np.tanh(np.outer(P[0], x)) - y) ** 2, axis=1) / 2

    def slope(w, i=slice(None)):
        h = np.tanh(w[0] * x[i])
        error = w[1] * h - y[i]
        return np.array([np.mean(error * w[1] * (1 - h**2) * x[i]), np.mean(error * h)])

    lowest = _newton(slope, np.array([0.26, 4.2]))
    cost = _around_lowest(value, slope, ((-2.3, 2.3), (-7, 7)), np.column_stack([lowest, -lowest]), names)
    return cost._replace(examples=y.size)


def _newton(slope, place):
    """Return the minimum near ``place``, where all slopes are 0 (Newton's method)."""
    for _ in range(20):
        place = place - np.linalg.solve(numerical_jacobian(slope, place), slope(place))
    return place


def _batches(m, size, rng):
    """Yield the examples of one step after another; every epoch is shuffled anew."""
    while True:
        order = rng.permutation(m)
        for start in range(0, m, size):
            yield order[start : start + size]


def walked(settings):
    """Walk with ``settings`` until the path arrives, leaves for good, or has 400 steps; return the ``Walk``."""
    cost = cost_of(settings["cost"], settings["kappa"])
    rate = settings["eta_c"] / (10 if settings["method"] == "Adam" else cost.steepest)
    theta = np.array([settings["w1"], settings["w2"]][: len(cost.limits)])
    step = METHODS[settings["method"]](rate, settings["momentum"]).start(theta)
    batches = repeat(slice(None))  # all examples, in every step
    if in_batches(settings, cost):
        batches = _batches(cost.examples, settings["batch"], np.random.default_rng(settings["seed"]))
    places, close = [theta.copy()], 1e-4 * _distance(theta, cost)
    for i in islice(batches, int(STEPS[-1])):
        step(theta, cost.slope(theta, i))
        places.append(theta.copy())
        distance = _distance(theta, cost)
        if distance > FAR or (distance <= close and len(places) > FEWEST):
            break
    places = np.array(places).T
    slopes = np.column_stack([cost.slope(place) for place in places.T])
    frames = np.union1d(STEPS[STEPS < len(slopes[0])], len(slopes[0]) - 1)
    return Walk(cost.value, places, slopes, frames, cost.lowest, cost.limits, cost.names, label(settings, cost, rate))


def _distance(theta, cost):
    return np.linalg.norm(theta[:, np.newaxis] - cost.lowest, axis=0).min()


def in_batches(settings, cost):
    """Return whether the steps see batches: a cost that is not made of examples has none."""
    return settings["batch"] != "all" and cost.examples > 1


def label(settings, cost, rate):
    """Return in a few words which method walks on which cost, with which rate."""
    method, c = settings["method"], f"c = {cost.steepest:.3g} {cost.where}"
    if method != "gradient descent":
        method = f"{method}, μ = {settings['momentum']:.2g}"
    size = f"η = {rate:.3g}" if method == "Adam" else f"η = {settings['eta_c']:.3g}/c = {rate:.3g}, {c}"
    name = f"bowl, κ = {settings['kappa']}" if settings["cost"] == "bowl" else settings["cost"]
    return f"{name}; {method}; {size}" + (f"; batch {settings['batch']}" if in_batches(settings, cost) else "")


def scene_of(settings):
    """Return the scene of the walk with ``settings``."""
    return descent_scene(walked(settings))


def descent_explorer(preset="η·c = 2"):
    """Return the explorer of gradient descent, opened on ``preset``."""
    option("preset", preset, [each.name for each in PRESETS])
    made = controls()
    for name in ("cost", "method", "batch"):
        made[name].observe(lambda change: _disable_what_does_not_count(made), names="value")
    explorer = Explorer("descent", made, PRESETS, scene_of, start=preset, interval=250)
    _disable_what_does_not_count(made)
    explorer.buttons["new start"].description = "other batches"
    explorer.buttons["new start"].tooltip = "the next seed: the examples are shuffled in another way"
    return explorer


def _disable_what_does_not_count(made):
    cost, examples = made["cost"].value, cost_of(made["cost"].value, 1).examples
    made["kappa"].disabled = cost != "bowl"
    made["momentum"].disabled = made["method"].value == "gradient descent"
    made["batch"].disabled = examples == 1
    made["seed"].disabled = examples == 1 or made["batch"].value == "all"
    made["w2"].disabled = cost == "parabola"


def controls():
    """Return the controls by name; the rate is given as η c, since 2/c is the limit on a parabola (for Adam: 10 η)."""
    style = {"style": {"description_width": "auto"}}
    slider = {"continuous_update": False, **style}
    place = {"min": -2.0, "max": 2.0, "step": 0.1, "readout_format": ".1f", "layout": wide(250), **slider}
    return {
        "cost": widgets.Dropdown(options=COSTS, description="cost", layout=wide(190), **style),
        "kappa": widgets.SelectionSlider(options=[1, 2, 5, 10, 30, 100], description="κ of the bowl", layout=wide(240), **slider),
        "eta_c": widgets.FloatSlider(min=0.02, max=3.6, step=0.01, description="rate η·c (Adam: 10 η)", layout=wide(330), **slider),
        "method": widgets.Dropdown(options=list(METHODS), description="method", layout=wide(210), **style),
        "momentum": widgets.FloatSlider(min=0.0, max=0.95, step=0.01, description="momentum μ", layout=wide(260), **slider),
        "batch": widgets.SelectionSlider(options=["all", 32, 8, 1], description="batch", layout=wide(220), **slider),
        "w1": widgets.FloatSlider(description="start w₁", **place),
        "w2": widgets.FloatSlider(description="start w₂ or b", **place),
        "seed": widgets.IntSlider(min=0, max=19, description="seed", layout=wide(200), **slider),
    }
