"""Vanishing gradients, in three stages: at the start (lesson 3), through training (5b), and by the weights at the start (6)."""

from functools import cache
from typing import Callable, NamedTuple

import ipywidgets as widgets
import numpy as np

from .. import activations, datasets, initializers
from ..checks import option
from ..losses import binary_cross_entropy
from ..network import MLP
from ..optimizers import GradientDescent
from ..scenes.vanishing import DeepNetwork, start_scene, training_scene
from ..training import Recording
from .explorer import Explorer, Preset, wide
from .recording import marks, record

EXAMPLES, WIDTH, BATCH, FRAMES = 1000, 30, 32, 31
ACTIVATIONS = {
    "sigmoid": activations.sigmoid, "tanh": activations.tanh, "ReLU": activations.relu, "Leaky ReLU": activations.leaky_relu(),
}  # fmt: skip


def published(sizes, rng):
    """Draw W[l] from N(0, 1 / n_{l-1}) and b[l] from N(0, 1): the start of Nielsen's experiment (2015)."""
    params = initializers.lecun(sizes, rng)
    for l in params.layers:
        params.b[l] = rng.normal(0, 1, params.b[l].shape)
    return params


def low_biases(sizes, rng):
    """Draw W[l] from N(0, 2 / n_{l-1}); biases are -5 in the last hidden layer, else 0."""
    params = initializers.he(sizes, rng)
    params.b[len(sizes) - 2] = np.full((sizes[-2], 1), -5.0)
    return params


STARTS = {  # name: how the weights are drawn, and the same in words
    "published": (published, "weights N(0, 1/n), biases N(0, 1)"),
    "1/n": (initializers.lecun, "weights N(0, 1/n), biases 0"),
    "Xavier": (initializers.xavier, "weights N(0, 2/(n + next n)), biases 0"),
    "He": (initializers.he, "weights N(0, 2/n), biases 0"),
    "0.01": (lambda sizes, rng: initializers.normal(sizes, rng, 0.01), "weights N(0, 0.01²), biases 0"),
    "large": (lambda sizes, rng: initializers.normal(sizes, rng, 1.0), "weights N(0, 1), biases 0"),
    "biases −5": (low_biases, "weights N(0, 2/n), biases −5 in the last hidden layer"),
}
USUAL = {"sigmoid": "published", "tanh": "1/n", "ReLU": "He", "Leaky ReLU": "He"}
FEW = ["usual", "large", "biases −5"]
RATES, EPOCHS = [0.01, 0.03, 0.1, 0.5, 1.0, 2.0], [10, 30, 100, 300]

OPEN = {"depth": 4, "activation": "sigmoid", "start": "usual", "seed": 0}
TRAINED = {**OPEN, "rate": 0.1, "epochs": 30}
DYING = {"activation": "ReLU", "start": "biases −5"}
LEAKY = {**DYING, "activation": "Leaky ReLU"}

AT_THE_START = (
    Preset(
        "Sigmoid",
        OPEN,
        "First forward: how many entries are saturated? Then back, from layer 4: how many times smaller does each norm become?",
        "No entry is saturated. Still the norms become 4.8, 6.5 and 4.9 times smaller, since the slope of a sigmoid is at most "
        "0.25, and slopes multiply: layer 1 gets about 150 times less than layer 4. With other seeds most factors lie between "
        "3.6 and 6.6.",
    ),
    Preset(
        "tanh",
        {**OPEN, "activation": "tanh"},
        "The largest slope of tanh is 1, not 0.25. Will the norm still become smaller from layer to layer?",
        "Hardly: all four norms lie between 0.041 and 0.056.",
    ),
    Preset(
        "ReLU",
        {**OPEN, "activation": "ReLU"},
        "About half of the entries will have slope 0. Does the gradient become half as long in each layer?",
        "No: 0.064 in layer 4, 0.039 in layer 1. Where z is above 0 the slope is 1, and weights with variance 2/n make up "
        "for the rest. Here entries with slope 0 count as saturated.",
    ),
    Preset(
        "Sigmoid, 30 layers",
        {**OPEN, "depth": 30},
        "A factor of about 5 from layer to layer, 29 times. Guess the power of ten of the norm in layer 1.",
        "About 10⁻²²: five multiplied 29 times is about 10²⁰. It is not 0, but no update with such a slope could be seen.",
    ),
    Preset(
        "Too large",
        {**OPEN, "activation": "ReLU", "start": "large"},
        "Now the weights have variance 1, not 2/30. Which layer will have the longest gradient?",
        "The first: the gradient grows 2 to 3 times with each layer on the way back, from 0.97 to 18. It explodes. Try depth 30.",
    ),
    Preset(
        "Dying ReLU",
        {**OPEN, **DYING},
        "In layer 4 every bias is −5. What will its units answer, and what will layers 1 to 3 learn?",
        "Every unit of layer 4 answers 0 on all 1,000 digits: dead. Its slopes are exactly 0, so the three layers before it, "
        "which are healthy, get exactly 0 too.",
    ),
    Preset(
        "Leaky ReLU",
        {**OPEN, **LEAKY},
        "The same start with Leaky ReLU. Are there still dead units? Which norm will layer 4 have?",
        "No unit is dead: the slope is 0.01 where it was 0. The norms are small, 0.0001 to 0.0004, but not 0: "
        "these units can move again, slowly.",
    ),
)

IN_TRAINING = (
    Preset(
        "Sigmoid",
        {**TRAINED, "epochs": 100},
        "A hundred epochs with this network: what will the cost curve look like?",
        "Flat: J stays near 0.69, and half of the answers are right. At the start and at the end, layer 1 gets about a hundred times "
        "less than layer 4.",
    ),
    Preset(
        "Sigmoid, 300 epochs",
        {**TRAINED, "epochs": 300},
        "Has this network failed for ever? What must happen to the norms before the cost falls?",
        "Vanishing means slow, not never: after about 200 epochs the norms of the first layers rise and the cost falls. "
        "In the end 93 % are right. Other seeds leave earlier or later.",
    ),
    Preset(
        "tanh",
        {**TRAINED, "activation": "tanh"},
        "The same depth and rate with tanh, 30 epochs. Will they do?",
        "Yes: 95 % right after about 12 epochs, 99 % at the end. No layer is left behind.",
    ),
    Preset(
        "ReLU",
        {**TRAINED, "activation": "ReLU"},
        "And with ReLU? Why do all the norms become small at the end?",
        "95 % right after about 4 epochs. At the end the norms are small in all layers, since nearly no error is left: "
        "nothing vanished on the way.",
    ),
    Preset(
        "Too large",
        {**TRAINED, "depth": 10, "activation": "ReLU", "start": "large"},
        "Weights with variance 1 and ten layers. What is J before the first update? What will that update do?",
        "J is near 500,000, and the norm in layer 1 is about 100,000. The first updates throw the weights so far that J is no "
        "number any more: the training diverges in its first epoch, and the film ends.",
    ),
    Preset(
        "Dying ReLU",
        {**TRAINED, **DYING, "epochs": 100},
        "Layer 4 is dead at the start. Will a hundred epochs wake it up?",
        "No: the norms are exactly 0 in all hidden layers, before and after. Only the bias of the output moves. "
        "More epochs cannot help.",
    ),
    Preset(
        "Leaky ReLU",
        {**TRAINED, **LEAKY, "epochs": 100},
        "The same start with Leaky ReLU: when will the cost begin to fall?",
        "For about 30 epochs nothing seems to move, then the network learns: 95 % right after about 50 epochs. "
        "With ReLU and biases 0 it took about 4.",
    ),
    Preset(
        "Rate too large",
        {**TRAINED, "activation": "ReLU", "rate": 1.0},
        "The start is a good one, but the rate is 1. Watch the share of dead units. Would Leaky ReLU help?",
        "Within about ten epochs all units of layer 4 answer 0 to every example: they die in training, and stay dead. "
        "Leaky ReLU has no dead units, but it does not repair the rate: choose it and see.",
    ),
)

BY_INITIALIZATION = (
    Preset(
        "Sigmoid, published",
        {**TRAINED, "start": "published", "epochs": 100},
        "You know this network from before: it stays at 50 % for a hundred epochs. Could other weights at the start help it?",
        "With weights N(0, 1/n) and biases N(0, 1), layer 1 gets about a hundred times less than layer 4. "
        "The next preset has larger weights.",
    ),
    Preset(
        "Sigmoid, large",
        {**TRAINED, "start": "large", "epochs": 100},
        "Weights N(0, 1): many entries will be saturated. Better or worse than before?",
        "Better here: about 30 % of the entries are saturated, but the weights are large enough to make up for the small slopes. "
        "95 % right after about 28 epochs.",
    ),
    Preset(
        "tanh, 0.01",
        {**TRAINED, "activation": "tanh", "start": "0.01", "depth": 10},
        "Small weights are careful weights? Look at the values of a in the last layers, and at the norms.",
        "The values fade from layer to layer on the way forward, the gradient on the way back: about 18 times a layer. "
        "J stays at 0.693.",
    ),
    Preset(
        "tanh, 1/n",
        {**TRAINED, "activation": "tanh", "start": "1/n", "depth": 10},
        "Weights with variance 1/n. Which of the two fadings is gone?",
        "Both: values and norms are of similar size in all ten layers, and 99 % are right after 30 epochs.",
    ),
    Preset(
        "ReLU, Xavier",
        {**TRAINED, "activation": "ReLU", "start": "Xavier", "depth": 20, "rate": 0.03, "seed": 2},
        "Xavier's variance suits tanh: here it is close to 1/n. ReLU sets half of the values to 0. What happens over 20 layers?",
        "Values and gradient lose a factor of about 1.4 a layer. This start stays at 50 % for 30 epochs. "
        "When we ran seeds 0 to 19, 4 passed 95 % on one processor and 2 on another: here rounding decides.",
    ),
    Preset(
        "ReLU, He",
        {**TRAINED, "activation": "ReLU", "start": "He", "depth": 20, "rate": 0.03, "seed": 2},
        "He's 2/n makes up for the half that is lost. What will the norms look like?",
        "Within a factor of 10 at the start, and the network learns: when we ran seeds 0 to 19, all passed 95 %, on both. "
        "That says nothing about 20 layers being better than 4.",
    ),
    Preset(
        "Too large",
        {**TRAINED, "depth": 10, "activation": "ReLU", "start": "large"},
        "Weights N(0, 1) in ten layers with ReLU: what happens to the values forward, to the gradient back, to the first update?",
        "Values and gradient grow about 4 times a layer: J is near 500,000. The training diverges in its first epoch, "
        "and the film ends.",
    ),
    Preset(
        "Dying ReLU",
        {**TRAINED, **DYING},
        "He's weights, but biases −5 in the last hidden layer. Do the biases at the start matter?",
        "Yes: the whole layer is dead, and the norms are exactly 0 in all hidden layers, for ever.",
    ),
    Preset(
        "Leaky ReLU",
        {**TRAINED, **LEAKY, "epochs": 100},
        "The same bad biases with Leaky ReLU: does the start still matter?",
        "It costs time: about 50 epochs to 95 %, and about 4 with ReLU and biases 0.",
    ),
)


@cache
def examples():
    """Return X (64, 1000) from 0 to 1 and Y (1, 1000), 1 for an odd digit: the first digits of the file."""
    table = datasets.digits()
    return table.X[:, :EXAMPLES] / 16, table.y[None, :EXAMPLES] % 2


def start_of(settings):
    """Return the network, its parameters at the start, its generator, and its description in two lines."""
    name = USUAL[settings["activation"]] if settings["start"] == "usual" else settings["start"]
    draw, words = STARTS[name]
    rng = np.random.default_rng(settings["seed"])
    X, _ = examples()
    sizes = (X.shape[0], *[WIDTH] * settings["depth"], 1)
    caption = (
        f"{X.shape[1]:,} digits, odd or even; network 64-{WIDTH}×{settings['depth']}-1 with {settings['activation']}, "
        f"seed {settings['seed']}\nstart: {words}"
    )
    return MLP(ACTIVATIONS[settings["activation"]], binary_cross_entropy), draw(sizes, rng), rng, caption


def scene_at_start(settings):
    """Return the scene of a network that nobody has trained."""
    mlp, params, _, caption = start_of(settings)
    X, Y = examples()
    recording = Recording(params.sizes, np.array([0]), params.theta[None].copy(), np.array([mlp.cost(params, X, Y)]))
    return start_scene(DeepNetwork(mlp, recording, X, Y, caption))


def scene_of_training(settings):
    """Train with batches of 32 and return the scene; norms and shares are measured on all 1,000 examples."""
    mlp, params, rng, caption = start_of(settings)
    X, Y = examples()
    kept = marks(settings["epochs"], FRAMES)
    recording, diverged = record(mlp, params, X, Y, GradientDescent(settings["rate"]), kept, BATCH, rng)
    caption += f"; batches of {BATCH}, rate {settings['rate']:g}"
    return training_scene(DeepNetwork(mlp, recording, X, Y, caption, diverged))


class Stage(NamedTuple):
    """What one lesson sees of the explorer."""

    presets: tuple
    starts: list
    scene_of: Callable


STAGES = {
    "start": Stage(AT_THE_START, FEW, scene_at_start),
    "training": Stage(IN_TRAINING, FEW, scene_of_training),
    "initialization": Stage(BY_INITIALIZATION, list(STARTS), scene_of_training),
}


def vanishing_explorer(stage, preset=None):
    """Return the explorer of vanishing gradients as lesson 3 ("start"), 5b ("training") or 6 ("initialization") needs it.

    It opens on ``preset``, or on the first one of the stage.
    """
    presets, starts, scene_of = STAGES[option("stage", stage, STAGES)]
    preset = presets[0].name if preset is None else option("preset", preset, [each.name for each in presets])
    wanted = {name: control for name, control in controls(starts).items() if name in presets[0].settings}
    return Explorer(f"vanishing-{stage}", wanted, presets, scene_of, start=preset, interval=250 if stage == "start" else 100)


def controls(starts):
    """Return all controls by name; sliders answer when they are let go, since each value may be a training."""
    style = {"style": {"description_width": "auto"}}
    slider = {"continuous_update": False, **style}
    return {
        "depth": widgets.IntSlider(min=2, max=30, description="hidden layers", layout=wide(240), **slider),
        "activation": widgets.Dropdown(options=list(ACTIVATIONS), description="activation", layout=wide(190), **style),
        "start": widgets.Dropdown(options=starts, description="start", layout=wide(160), **style),
        "rate": widgets.SelectionSlider(options=RATES, description="rate η", layout=wide(220), **slider),
        "epochs": widgets.SelectionSlider(options=EPOCHS, description="epochs", layout=wide(200), **slider),
        "seed": widgets.IntSlider(min=0, max=19, description="seed", layout=wide(200), **slider),
    }
