"""The shapes of a network, layer after layer: which row meets which column, and what comes out."""

from matplotlib.patches import Rectangle

from .. import plots
from ..checks import whole_number
from ..parameters import check_sizes
from . import Scene

LAYERS = 4  # more do not fit side by side in the row of parameters


def shapes_scene(sizes, m):
    """Return the scene of a network with ``sizes`` (n0, n1, ..., nL), L at most 4, and ``m`` examples.

    State l - 1 shows layer l. Above: W[l] A[l-1] + b[l] = Z[l] as blocks to scale, with one row, one column and the
    cell they make. Below: W and b of all layers to one scale, layer l marked, and the parameters counted up to it.
    """
    sizes, m = check_sizes(sizes), whole_number("m", m)
    if len(sizes) > LAYERS + 1:
        raise ValueError(f"sizes must have at most {LAYERS + 1} entries here, inputs and {LAYERS} layers, got {len(sizes)}")
    picture = _Picture(sizes, m)
    return Scene(picture.figure, len(sizes) - 1, picture.draw, picture.describe, picture.moving)


class _Picture:
    def __init__(self, sizes, m):
        self.sizes, self.m, self.L = sizes, m, len(sizes) - 1
        self.figure, product = plots.figure(6.4, 4.0, layout=None)
        product.set_position((0.01, 0.42, 0.98, 0.5))
        below = self.figure.add_axes((0.01, 0.08, 0.98, 0.34))
        plots.parameter_blocks(below, sizes)
        self.mark = below.add_patch(Rectangle((0, -1.42), 10 / self.L, 2.04, fill=False, edgecolor=plots.INK, linewidth=1.4))
        self.products = [self.product(product, l) for l in range(1, self.L + 1)]
        style = {"ha": "left", "va": "center", "color": plots.INK}
        self.title = self.figure.text(0.02, 0.955, "", fontsize=13, fontweight="bold", **style)
        self.counted = self.figure.text(0.02, 0.035, "", fontsize=12, **style)
        self.moving = (*(artist for group in self.products for artist in group), self.mark, self.title, self.counted)

    def product(self, ax, l):
        n, n_before = self.sizes[l], self.sizes[l - 1]
        incoming = "$A^{[0]} = X$" if l == 1 else f"$A^{{[{l - 1}]}}$"
        names = f"$W^{{[{l}]}}$", incoming, f"$b^{{[{l}]}}$", f"$Z^{{[{l}]}}$"
        return plots.product(ax, n, n_before, self.m, names, cell=(n // 3, self.m // 3), tall=2.1)

    def counts(self, k):
        """Return the number of parameters of the layers 1 .. k + 1, one after the other."""
        return [self.sizes[l] * self.sizes[l - 1] + self.sizes[l] for l in range(1, k + 2)]

    def draw(self, k):
        for l, group in enumerate(self.products):
            for artist in group:
                artist.set_visible(l == k)
        self.mark.set_x(10 / self.L * k)
        self.title.set_text(f"layer {k + 1} of {self.L}: {_of(self.sizes[k + 1], 'neuron')}, {_of(self.m, 'example')}")
        terms = " + ".join(f"{count:,}" for count in self.counts(k))
        total = "" if k == 0 else f" = {sum(self.counts(k)):,}"
        self.counted.set_text(f"parameters up to here: {terms}{total}")

    def describe(self, k):
        l, n, n_before = k + 1, self.sizes[k + 1], self.sizes[k]
        return (
            f"Layer {l} of {self.L}: W[{l}] ({n}, {n_before}) times A[{k}] ({n_before}, {self.m}) plus b[{l}] ({n}, 1) gives "
            f"Z[{l}] ({n}, {self.m}); {n} × {n_before} + {n} = {self.counts(k)[-1]} parameters, {sum(self.counts(k))} up to here"
        )


def _of(count, thing):
    return f"{count:,} {thing}" + ("s" if count > 1 else "")
