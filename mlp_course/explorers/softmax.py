"""Lesson 7: three logits, their softmax, the loss and its gradient; the film adds, raises one, multiplies, or descends."""

import ipywidgets as widgets
import numpy as np

from ..activations import softmax
from ..checks import option
from ..scenes.softmax import softmax_scene
from .explorer import Explorer, Preset

CLASSES = ("cat", "dog", "bird")
ADDED = np.arange(26) / 5  # 0, 0.2, ... 5
FACTORS = np.geomspace(1, 1000, 31)
STEPS = 25  # of gradient descent on the logits, rate 1
FILMS = ("add to all", *(f"raise {name}" for name in CLASSES), "multiply all", "gradient steps")

PRESETS = (
    Preset(
        "Add 5 to all",
        {"film": "add to all", "cat": 1.0, "dog": 2.0, "bird": 3.0, "right": "dog"},
        "The film adds 5 to all three logits, little by little. Which of the four groups of bars will change?",
        "Only the logits. In the naive row each e^z becomes e⁵ = 148.4 times larger, and so does their sum: the factor "
        "cancels. The probabilities stay 0.090, 0.245 and 0.665, and the loss stays 1.408.",
    ),
    Preset(
        "Raise one",
        {"film": "raise dog", "cat": 2.0, "dog": 0.0, "bird": 1.0, "right": "cat"},
        "The film adds 5 to the logit of the dog alone, and a of the dog grows. But the sum stays 1: who pays?",
        "All the others, in proportion to what they have: both lose 93 % of it, the cat from 0.665 to 0.047, the bird from "
        "0.245 to 0.017. At every moment a of the cat is e = 2.718 times that of the bird, since their logits differ by 1.",
    ),
    Preset(
        "Confident and wrong",
        {"film": "raise dog", "cat": 0.0, "dog": 0.0, "bird": 0.0, "right": "cat"},
        "It is a cat, but the network gets ever surer that it is a dog. a of the dog cannot pass 1. Will the loss stop too? "
        "And the gradient?",
        "The loss goes on: from ln 3 = 1.099, for three equal logits, to 5.013, at the end by almost 1 for each 1 that z of "
        "the dog gains. The gradient stays between -1 and 1: for the cat it comes close to -1, here -0.993.",
    ),
    Preset(
        "Gradient steps",
        {"film": "gradient steps", "cat": -1.0, "dog": 3.0, "bird": 0.0, "right": "cat"},
        "Each frame is one step of gradient descent: a - y is subtracted from z. Which logits rise, which fall? What happens to "
        "their sum?",
        "The cat rises, the other two fall, and the sum of z stays 2, since the bars a - y have the sum 0. The first steps are "
        "large, 0.98 for the cat, the last ones 0.03: a comes near y. In 25 steps the loss falls from 4.066 to 0.029.",
    ),
    Preset(
        "4000, 5000, 6000",
        {"film": "multiply all", "cat": 4.0, "dog": 5.0, "bird": 6.0, "right": "cat"},
        "The film multiplies 4, 5 and 6 by more and more, up to 1,000. Below stand three ways to compute the loss. Which "
        "breaks first? Which never?",
        "Naive first: float64 has no e^z for z above 709.78. From × 126 on e^z of the bird is inf, and inf / inf is nan; from "
        "× 200 on the loss is nan too. Stable: a is right to the end, but from × 398 on a of the cat is rounded to 0, and "
        "-ln 0 is inf. From z nothing breaks: 2,000 at the end.",
    ),
    Preset(
        "Large and negative",
        {"film": "multiply all", "cat": -6.0, "dog": -5.0, "bird": -4.0, "right": "bird"},
        "Now all logits are negative, so no e^z can be too large. Is the naive form safe?",
        "No: from × 200 on all three e^z are rounded to 0, and 0 / 0 is nan. To subtract the largest logit helps here too: "
        "the largest becomes 0, e⁰ = 1, and the sum is never 0.",
    ),
)


def logits_of(settings):
    """Return the logits (3, frames) of the film that ``settings`` name, and what was done to them, in words."""
    z = np.array([[settings[name]] for name in CLASSES])
    film = settings["film"]
    if film == "multiply all":
        return z * FACTORS, [f"all × {factor:,.{0 if factor >= 10 else 1}f}" for factor in FACTORS]
    if film == "gradient steps":
        return descended(z, CLASSES.index(settings["right"])), [f"step {k}" for k in range(STEPS + 1)]
    moved = film.split()[-1]
    rises = np.array([[moved in ("all", name)] for name in CLASSES])
    return z + rises * ADDED, [f"{moved} + {t:.1f}" for t in ADDED]


def descended(z, right):
    """Return logits (3, STEPS + 1) that start at ``z (3, 1)`` and take steps z - (a - y)."""
    y, columns = np.eye(len(z))[:, [right]], [z]
    for _ in range(STEPS):
        columns.append(columns[-1] - (softmax(columns[-1]) - y))
    return np.hstack(columns)


def scene_of(settings):
    """Return the scene of the logits and the right class in ``settings``."""
    Z, words = logits_of(settings)
    return softmax_scene(Z, CLASSES.index(settings["right"]), CLASSES, words)


def softmax_explorer(preset="Add 5 to all"):
    """Return the explorer of softmax: three logits, the right class, and what the film does, opened on ``preset``."""
    option("preset", preset, [each.name for each in PRESETS])
    style = {"description_width": "auto"}
    slider = {"min": -6.0, "max": 6.0, "step": 0.1, "readout_format": ".1f", "style": style}
    film = widgets.Dropdown(options=FILMS, description="the film", layout=widgets.Layout(width="210px"), style=style)
    right = widgets.Dropdown(options=CLASSES, description="right class", layout=widgets.Layout(width="170px"), style=style)
    logits = {
        name: widgets.FloatSlider(description=f"z {name}", layout=widgets.Layout(width="230px"), **slider) for name in CLASSES
    }
    return Explorer("softmax", {"film": film, **logits, "right": right}, PRESETS, scene_of, start=preset)
