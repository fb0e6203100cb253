"""A computational graph stepped forward, value after value, and back, slope after slope."""

from .. import plots
from ..checks import instance
from ..graph import Node, backward, topological_order
from . import Scene

WIDE, TALL = 12.4, 6.0  # least size of the drawing board: circles have the size that the arrows of plots.graph end at
NOW = "#f3e8c8"  # the node that a state is about


def graph_scene(root):
    """Return the scene of the graph of ``root``, drawn as ``plots.graph`` does, with what is known at each moment.

    Forward, state 0 shows the inputs, and each state after it one operation: its value above it, the local slopes on the
    edges that enter it. Back, each state shows one node from ``root`` to the inputs: its slope below it, which is the sum
    over the edges that leave it, slope at the edge's end times local slope.
    """
    picture = _Picture(instance("root", root, Node))
    return Scene(picture.figure, len(picture.steps), picture.draw, picture.describe, picture.moving)


class _Picture:
    def __init__(self, root):
        self.root, self.order = root, topological_order(root)
        self.names = names(self.order)
        self.slopes = {node: node.gradient for node in backward(root)}
        self.leaving, self.alone = leaving(self.order), products_one_by_one(self.order)
        self.steps = steps(self.order)
        self.figure, ax = plots.figure(6.4, 4.0, layout=None)
        ax.set_position((0.01, 0.16, 0.98, 0.73))
        _draw_still(ax, root)
        self.nodes, self.edges = _drawn(ax, root)
        for line, arrow, _ in self.edges.values():
            line.set(color=plots.ACCENT, linewidth=2.4)
            arrow.set(color=plots.ACCENT, linewidth=2.4)
        self.title = _line(self.figure, 0.945, fontsize=13, fontweight="bold")
        self.counted = _line(self.figure, 0.125, fontsize=11)
        _key(self.figure)
        artists = [artist for group in (*self.edges.values(), *self.nodes.values()) for artist in group]
        self.moving = (*sorted(artists, key=lambda artist: artist.zorder), self.title, self.counted)

    def known(self, k):
        """Return the nodes that have a value and those that have a slope in state ``k``."""
        return ([node for forth, nodes in self.steps[: k + 1] if forth is way for node in nodes] for way in (True, False))

    def draw(self, k):
        forth, now = self.steps[k]
        computed, reached = self.known(k)
        used = {edge for node in now for edge in (_entering(node) if forth else self.leaving[node])}
        touched = {*now, *(end.edges[number][0] for end, number in used)}
        for node, (circle, name, value, slope) in self.nodes.items():
            circle.set_facecolor(NOW if node in now else "white")
            circle.set_visible(node in touched)  # over the start of a colored edge
            name.set_visible(node in touched)
            value.set_visible(node in computed)
            slope.set_visible(node in reached)
        for edge, (line, arrow, label) in self.edges.items():
            line.set_visible(edge in used)
            arrow.set_visible(edge in used)
            label.set_visible(edge[0] in computed)
        self.title.set_text(self.heading(k))
        self.counted.set_text(self.products(k))

    def heading(self, k):
        forth, nodes = self.steps[k]
        if not forth:
            return f"back to {self.names[nodes[0]]}: {self.sum_of(nodes[0])}"
        if k == 0:
            return "forward: the inputs"
        return f"forward: {self.names[nodes[0]]} gives {nodes[0].value:.3g}"

    def sum_of(self, node):
        """Return how the slope of ``node`` is made: 1 × 3 + 1 × 3 = 6."""
        if node is self.root:
            return "the sweep starts with slope 1"
        terms = [f"{_number(self.slopes[end])} × {_number(end.edges[number][1])}" for end, number in self.leaving[node]]
        return f"{' + '.join(terms)} = {self.slopes[node]:.3g}"

    def products(self, k):
        """Return how many products the slopes of state ``k`` took, in the sweep and each on its own; empty going forward."""
        _, reached = self.known(k)
        sweep, alone = sum(len(self.leaving[node]) for node in reached), sum(self.alone[node] for node in reached)
        return f"products so far: in this sweep {sweep}, one by one {alone}" if reached else ""

    def describe(self, k):
        forth, nodes = self.steps[k]
        if not forth:
            return f"Going {self.heading(k)}; {self.products(k)}"
        if k == 0:
            return "Forward, the inputs: " + ", ".join(f"{self.names[node]} = {node.value:.3g}" for node in nodes)
        entering = ", ".join(f"from {self.names[source]} {local:.3g}" for source, local in nodes[0].edges)
        return f"Forward: {self.names[nodes[0]]} gives {nodes[0].value:.3g}; local slopes {entering}"


def names(order):
    """Return the name of each node, or else its operation, with a number where several nodes are called alike."""
    plain = {node: node.name or node.operation for node in order}
    alike = {text: [node for node in order if plain[node] == text] for text in plain.values()}
    return {node: text if len(alike[text]) == 1 else f"{text} {alike[text].index(node) + 1}" for node, text in plain.items()}


def steps(order):
    """Return what each state is about, a list of (forward?, nodes): the inputs, each operation, then all nodes backward."""
    inputs, operations = [node for node in order if not node.edges], [node for node in order if node.edges]
    return [(True, inputs), *((True, [node]) for node in operations), *((False, [node]) for node in reversed(order))]


def _entering(node):
    return [(node, number) for number in range(len(node.edges))]


def leaving(order):
    """Return for each node the edges that leave it, as pairs (node at the edge's end, number among its inputs)."""
    found = {node: [] for node in order}
    for node in order:
        for number, (source, _) in enumerate(node.edges):
            found[source].append((node, number))
    return found


def products_one_by_one(order):
    """Return how many products the slope of each node takes alone: one for each edge of each route to the last node."""
    users, routes, products = leaving(order), {order[-1]: 1}, {order[-1]: 0}
    for node in reversed(order[:-1]):
        routes[node] = sum(routes[end] for end, _ in users[node])
        products[node] = sum(products[end] + routes[end] for end, _ in users[node])
    return products


def _draw_still(ax, root):
    """Draw what every state shows: circles with their names, gray edges."""
    for group in (group for artists in _drawn(ax, root) for group in artists.values()):
        for artist in group[2:]:  # the numbers come and go
            artist.remove()


def _drawn(ax, root):
    """Draw the graph of ``root`` on a board of its own size; return the artists of each node, and of each edge."""
    nodes, edges = plots.graph(ax, root)
    for (node, number), (_, _, label) in edges.items():
        source = node.edges[number][0]
        if sum(each is source for each, _ in node.edges) == 1:  # edges that are bent apart keep their labels
            _move_on(label, nodes[source][0].center)
    places = [circle.center for circle, *_ in nodes.values()]
    places += [place for line, *_ in edges.values() for place in line.get_xydata()]
    xs, ys = zip(*places)
    plots.bare(ax, _around(xs, 1.0, WIDE), _around(ys, 1.1, TALL))
    return nodes, edges


def _around(values, margin, least):
    """Return limits with ``margin`` on both sides of ``values``, at least ``least`` apart."""
    half = max(max(values) - min(values) + 2 * margin, least) / 2
    middle = (min(values) + max(values)) / 2
    return middle - half, middle + half


def _move_on(label, start, share=1.3):
    """Move the ``label`` of an edge nearer to its middle: a long number would touch the circle at its ``start``."""
    label.set_position([begin + share * (here - begin) for begin, here in zip(start, label.get_position())])


def _line(figure, y, **style):
    return figure.text(0.02, y, "", ha="left", va="center", color=plots.INK, **style)


def _key(figure):
    style = {"ha": "left", "va": "center", "fontsize": 11}
    figure.text(0.02, 0.045, "above: value", color=plots.INK, **style)
    figure.text(0.20, 0.045, "on the edge: local slope", color=plots.ACCENT, **style)
    figure.text(0.50, 0.045, "below: slope of the last node in this one", color=plots.DARK_RED, **style)


def _number(value):
    """Return ``value`` in three digits, in brackets when it is negative: it stands in a sum of products."""
    return f"{value:.3g}" if value >= 0 else f"({value:.3g})"
