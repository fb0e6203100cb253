"""A computational graph of numbers: each operation is a node, each edge carries a local derivative (note 001).

Forward, a node is computed when it is written: ``J = log(w * x + b)``. Backward, one sweep in reverse
order gives dJ/dv for every node v: the sum, over the edges that leave v, of the derivative of J at
the edge's end times the local derivative on the edge.
"""

import math

from .checks import instance, real_number, shown


class Node:
    """A ``value`` with a ``gradient``, dJ/dvalue once ``backward(J)`` has passed it, and an optional ``name``.

    ``edges`` holds a pair (input node, local derivative) for each input of the operation, in order.
    Nodes and numbers mix: ``2 - x``, ``1 / x``, ``x ** 2``, ``2 ** x``, ``-x``; Nodes and arrays do not.
    """

    __array_ufunc__ = None  # NumPy's functions refuse a Node, and array * node comes here

    def __init__(self, value, name="", edges=(), operation=""):
        self.value = real_number("value", value)
        self.gradient = 0.0
        self.name, self.edges, self.operation = instance("name", name, str), edges, operation
        for edge in edges:
            if not (isinstance(edge, (tuple, list)) and len(edge) == 2 and isinstance(edge[0], Node)):
                raise TypeError(f"edges must hold pairs (Node, local derivative), got {shown(edge)}")
            real_number("local derivative", edge[1])

    def __add__(self, other):
        other = _node(other)
        return _result("+", self.value + other.value, (self, 1.0), (other, 1.0))

    def __mul__(self, other):
        other = _node(other)
        return _result("×", self.value * other.value, (self, other.value), (other, self.value))

    def __sub__(self, other):
        other = _node(other)
        return _result("−", self.value - other.value, (self, 1.0), (other, -1.0))

    def __truediv__(self, other):
        other = _node(other)
        if other.value == 0:
            raise ZeroDivisionError(f"the divisor must not be 0 in {self.value:g} / 0")
        quotient = self.value / other.value
        return _result("÷", quotient, (self, 1 / other.value), (other, -quotient / other.value))

    def __pow__(self, other):
        x, p = self.value, _node(other).value
        if x <= 0 and isinstance(other, Node):
            raise ValueError(f"the power {x:g} ** {p:g} needs a base greater than 0, since its exponent is a Node")
        try:
            value, slope = math.pow(x, p), p * math.pow(x, p - 1) if p else 0.0
        except (ValueError, OverflowError):
            raise ValueError(f"the power {x:g} ** {p:g} must be finite and have a derivative") from None
        return _result("power", value, (self, slope), (_node(other), value * math.log(x) if x > 0 else 0.0))

    def __neg__(self):
        return _result("−", -self.value, (self, -1.0))

    def __radd__(self, other):
        return _node(other) + self

    def __rmul__(self, other):
        return _node(other) * self

    def __rsub__(self, other):
        return _node(other) - self

    def __rtruediv__(self, other):
        return _node(other) / self

    def __rpow__(self, other):
        return _node(other) ** self

    def __repr__(self):
        return f"Node({self.name + ' = ' if self.name else ''}{self.value:g})"


def _node(value):
    return value if isinstance(value, Node) else Node(value)


def _result(operation, value, *edges):
    return Node(value, edges=edges, operation=operation)


def exp(x):
    """Return e^x; the local derivative is e^x."""
    x = _node(x)
    if x.value > 709:
        raise OverflowError(f"exp(x) needs x of at most 709, got {x.value:g}")
    return _result("exp", math.exp(x.value), (x, math.exp(x.value)))


def log(x):
    """Return the natural logarithm of x > 0; the local derivative is 1/x."""
    x = _node(x)
    if x.value <= 0:
        raise ValueError(f"log(x) needs x greater than 0, got {x.value:g}")
    return _result("log", math.log(x.value), (x, 1 / x.value))


def tanh(x):
    """Return tanh x; the local derivative is 1 - tanh(x)^2."""
    x = _node(x)
    a = math.tanh(x.value)
    return _result("tanh", a, (x, 1 - a * a))


def sigmoid(x):
    """Return a = 1 / (1 + e^-x); the local derivative is a (1 - a)."""
    x = _node(x)
    small = math.exp(-abs(x.value))
    a = 1 / (1 + small) if x.value >= 0 else small / (1 + small)
    return _result("σ", a, (x, a * (1 - a)))


def relu(x):
    """Return max(0, x); the local derivative is 1 for x > 0, else 0."""
    x = _node(x)
    return _result("ReLU", max(0.0, x.value), (x, float(x.value > 0)))


def maximum(x, y):
    """Return the larger of x and y; its local derivative is 1, the other's 0; of two equal ones x counts as larger."""
    x, y = _node(x), _node(y)
    x_wins = x.value >= y.value
    return _result("max", x.value if x_wins else y.value, (x, float(x_wins)), (y, float(not x_wins)))


def topological_order(root):
    """Return all nodes that ``root`` depends on, inputs before what is computed from them, ``root`` last."""
    order, seen, stack = [], set(), [(instance("root", root, Node), False)]
    while stack:  # a loop, not a recursion: a chain may be longer than Python's stack
        node, inputs_done = stack.pop()
        if inputs_done:
            order.append(node)
        elif node not in seen:
            seen.add(node)
            stack.append((node, True))
            stack.extend((source, False) for source, _ in reversed(node.edges))
    return order


def backward(root):
    """Sweep back from ``root`` and yield each node once its gradient d root / d node is complete.

    A generator, so that the sweep can be stepped; ``list(backward(J))`` runs it whole. Each pass starts anew.
    """
    return _sweep(instance("root", root, Node), topological_order(root))


def _sweep(root, order):
    for node in order:
        node.gradient = 0.0
    root.gradient = 1.0
    for node in reversed(order):
        for source, local_derivative in node.edges:
            source.gradient += node.gradient * local_derivative
        yield node
