"""Explorers: controls, a recording, a scene and a player for one idea each. They need ipywidgets."""

from .neuron import neuron_explorer
from .player import Player

__all__ = ["neuron_explorer", "Player"]
