"""Explorers: controls, a recording, a scene and a player for one idea each. They need ipywidgets."""

from .activations import activations_explorer
from .boundary import boundary_explorer
from .depth import depth_explorer
from .descent import descent_explorer
from .graph import graph_explorer
from .neuron import neuron_explorer
from .player import Player
from .shapes import shapes_explorer
from .softmax import softmax_explorer
from .symmetry import symmetry_explorer
from .vanishing import vanishing_explorer

__all__ = [
    "activations_explorer",
    "boundary_explorer",
    "depth_explorer",
    "descent_explorer",
    "graph_explorer",
    "neuron_explorer",
    "shapes_explorer",
    "softmax_explorer",
    "symmetry_explorer",
    "vanishing_explorer",
    "Player",
]
