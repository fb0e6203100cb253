"""Scenes: one a file. A scene draws its figure once and then changes it; ``draw(k)`` depends on k alone."""

from typing import Callable, NamedTuple

from matplotlib.figure import Figure


class Scene(NamedTuple):
    """A figure with ``count`` states: ``draw(k)`` puts it into state k, ``describe(k)`` says state k in words.

    ``moving`` lists the artists that ``draw`` changes, or that lie above such an artist, from back to
    front. All others are drawn once; without the list, every frame is drawn whole.
    """

    figure: Figure
    count: int
    draw: Callable
    describe: Callable
    moving: tuple = ()
