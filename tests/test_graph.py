"""The computational graph: values and gradients against calculus, nudges, and the matrices of a network."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlp_course import MLP, binary_cross_entropy, initializers, tanh
from mlp_course import graph as g
from mlp_course.graph import Node, backward, topological_order

numbers = st.floats(-3, 3).filter(lambda v: abs(v) > 0.05)
OPERATIONS = {
    "2 - x": (lambda x: 2 - x, lambda v: 2 - v, lambda v: -1),
    "1 / x": (lambda x: 1 / x, lambda v: 1 / v, lambda v: -1 / v**2),
    "x ** 2": (lambda x: x**2, lambda v: v**2, lambda v: 2 * v),
    "x ** 3": (lambda x: x**3, lambda v: v**3, lambda v: 3 * v**2),
    "x ** -1": (lambda x: x**-1, lambda v: 1 / v, lambda v: -1 / v**2),
    "2 ** x": (lambda x: 2**x, lambda v: 2**v, lambda v: 2**v * math.log(2)),
    "-x": (lambda x: -x, lambda v: -v, lambda v: -1),
    "x + x": (lambda x: x + x, lambda v: 2 * v, lambda v: 2),
    "x * x": (lambda x: x * x, lambda v: v * v, lambda v: 2 * v),
    "x - x": (lambda x: x - x, lambda v: 0, lambda v: 0),
    "x / x": (lambda x: x / x, lambda v: 1, lambda v: 0),
    "3 + x * 2": (lambda x: 3 + x * 2, lambda v: 3 + 2 * v, lambda v: 2),
    "3 * x / 4 - 1": (lambda x: 3 * x / 4 - 1, lambda v: 0.75 * v - 1, lambda v: 0.75),
    "exp": (g.exp, math.exp, math.exp),
    "log(x * x)": (lambda x: g.log(x * x), lambda v: math.log(v * v), lambda v: 2 / v),
    "tanh": (g.tanh, math.tanh, lambda v: 1 - math.tanh(v) ** 2),
    "sigmoid": (g.sigmoid, lambda v: 1 / (1 + math.exp(-v)), lambda v: math.exp(-v) / (1 + math.exp(-v)) ** 2),
    "relu": (g.relu, lambda v: max(0, v), lambda v: v > 0),
    "max(x, 1)": (lambda x: g.maximum(x, 1), lambda v: max(v, 1), lambda v: v >= 1),
    "max(1, -x)": (lambda x: g.maximum(1, -x), lambda v: max(1, -v), lambda v: -(v < -1)),
}


def slope_of(operation, value):
    x = Node(value)
    list(backward(operation(x)))
    return x.gradient


@pytest.mark.parametrize("name", OPERATIONS)
@given(value=numbers)
def test_each_operation_has_the_value_and_slope_of_calculus(name, value):
    operation, function, derivative = OPERATIONS[name]
    assert math.isclose(operation(Node(value)).value, function(value), rel_tol=1e-12, abs_tol=1e-12)
    assert math.isclose(slope_of(operation, value), derivative(value), rel_tol=1e-9, abs_tol=1e-9)


@given(st.floats(0.2, 3), st.floats(-2, 2))
def test_a_power_of_two_nodes_has_both_slopes(base, exponent):
    x, p = Node(base), Node(exponent)
    list(backward(x**p))
    assert math.isclose(x.gradient, exponent * base ** (exponent - 1), rel_tol=1e-9, abs_tol=1e-9)
    assert math.isclose(p.gradient, base**exponent * math.log(base), rel_tol=1e-9, abs_tol=1e-9)


def test_the_storyboard_s_neuron():
    w, x, b = Node(2.0, "w"), Node(0.5, "x"), Node(-1.0, "b")
    a = g.sigmoid(w * x + b)
    J = -g.log(a)
    list(backward(J))
    assert a.value == 0.5 and math.isclose(J.value, math.log(2))
    assert (a.gradient, w.gradient, x.gradient, b.gradient) == (-2, -0.25, -1, -0.5)
    assert [local for _, local in a.edges] == [0.25]


def test_branches_add_and_every_pass_starts_anew():
    x = Node(3.0)
    y = x * x
    J = y + y * x
    for _ in range(3):
        list(backward(J))
        assert x.gradient == 2 * 3 + 3 * 9 and y.gradient == 1 + 3


def test_backward_can_be_stepped_and_a_node_is_complete_when_it_comes():
    x = Node(2.0, "x")
    left, right = x * 3, g.exp(x)
    J = left * right
    sweep = backward(J)
    assert next(sweep) is J and J.gradient == 1 and x.gradient == 0, "the sweep starts with 1"
    seen = {J: 1.0, **{node: node.gradient for node in sweep}}
    assert all(node.gradient == gradient for node, gradient in seen.items())
    assert math.isclose(x.gradient, 3 * math.exp(2) + 6 * math.exp(2))


def test_the_order_puts_inputs_first_and_names_each_node_once():
    x = Node(1.0)
    layers = [x]
    for _ in range(30):  # each node is used twice: 2^30 paths, 61 nodes
        layers.append(layers[-1] + layers[-1] * 1)
    order = topological_order(layers[-1])
    place = {node: i for i, node in enumerate(order)}
    assert len(place) == len(order) and order[-1] is layers[-1]
    assert all(place[source] < place[node] for node in order for source, _ in node.edges)
    assert slope_of(lambda v: v, 1.0) == 1
    list(backward(layers[-1]))
    assert x.gradient == 2**30


def test_a_chain_of_100_000_nodes():
    start = node = Node(0.5)
    for _ in range(100_000):
        node = node + 0.0
    assert sum(1 for _ in backward(node)) == 200_001
    assert start.gradient == 1


def test_a_network_of_nodes_gives_the_gradients_of_the_matrices():
    sizes, rng = (3, 4, 2, 1), np.random.default_rng(0)
    params, mlp = initializers.xavier(sizes, rng), MLP(tanh, binary_cross_entropy)
    X, Y = rng.normal(size=(3, 5)), rng.integers(0, 2, (1, 5)).astype(float)
    W = {l: [[Node(v) for v in row] for row in params.W[l]] for l in params.layers}
    b = {l: [Node(v) for v in params.b[l][:, 0]] for l in params.layers}
    J = Node(0.0)
    for i in range(5):
        a = [Node(v) for v in X[:, i]]
        for l in params.layers:
            z = [sum((w * v for w, v in zip(row, a)), bias) for row, bias in zip(W[l], b[l])]
            a = [(g.sigmoid if l == 3 else g.tanh)(v) for v in z]
        J = J - (g.log(a[0]) if Y[0, i] else g.log(1 - a[0])) / 5
    list(backward(J))
    gradient = mlp.gradient(params, X, Y)
    assert math.isclose(J.value, mlp.cost(params, X, Y), rel_tol=1e-12)
    for l in params.layers:
        assert np.allclose([[w.gradient for w in row] for row in W[l]], gradient.W[l], rtol=0, atol=1e-12)
        assert np.allclose([v.gradient for v in b[l]], gradient.b[l][:, 0], rtol=0, atol=1e-12)


@pytest.mark.parametrize(
    "wrong, error, words",
    [
        (lambda: Node("3"), TypeError, "value must be a number"),
        (lambda: Node(float("nan")), ValueError, "value must be finite"),
        (lambda: Node(1.0) + "1", TypeError, "value must be a number"),
        (lambda: Node(1.0) / 0, ZeroDivisionError, "divisor must not be 0"),
        (lambda: g.log(Node(0.0)), ValueError, "log.x. needs x greater than 0, got 0"),
        (lambda: g.exp(Node(1000.0)), OverflowError, "exp.x. needs x of at most 709, got 1000"),
        (lambda: Node(-8.0) ** (1 / 3), ValueError, "must be finite and have a derivative"),
        (lambda: Node(0.0) ** -1, ValueError, "must be finite and have a derivative"),
        (lambda: Node(0.0) ** 0.5, ValueError, "must be finite and have a derivative"),
        (lambda: Node(1e200) ** 2, ValueError, "must be finite and have a derivative"),
        (lambda: Node(-1.0) ** (Node(1.0) + 1), ValueError, "needs a base greater than 0"),
        (lambda: Node(-2.0) ** Node(2.0), ValueError, "needs a base greater than 0"),
        (lambda: 1e-300 / Node(1e-320), ValueError, "must be finite"),
        (lambda: backward(3.0), TypeError, "root must be Node, got float"),
        (lambda: Node(1e300) * 1e300, ValueError, "finite"),
        (lambda: Node(10**400), ValueError, "value must be finite, got inf"),
        (lambda: Node(1.0, 5), TypeError, "name must be str, got int"),
        (lambda: Node(1.0, edges=(Node(2.0), 3.0)), TypeError, "edges must hold pairs .Node, local derivative., got Node.2."),
        (lambda: Node(1.0, edges=[(2.0, 3.0)]), TypeError, "edges must hold pairs .Node, local derivative., got .2.0, 3.0."),
        (lambda: np.array([1.0, 2.0]) * Node(1.0), TypeError, "value must be a number, got array"),
        (lambda: Node(1.0) * np.array([1.0, 2.0]), TypeError, "value must be a number, got array"),
    ],
)
def test_bad_input_is_said_in_one_sentence(wrong, error, words):
    with pytest.raises(error, match=words) as raised:
        wrong()
    assert "\n" not in str(raised.value)


def test_relu_at_0_and_max_of_equals_are_stated_choices():
    assert slope_of(g.relu, 0.0) == 0
    x, y = Node(2.0), Node(2.0)
    list(backward(g.maximum(x, y)))
    assert (x.gradient, y.gradient) == (1, 0)


def test_the_sigmoid_node_holds_far_out():
    assert g.sigmoid(Node(-800.0)).value == 0 and g.sigmoid(Node(800.0)).value == 1
    assert all(math.isfinite(slope_of(g.sigmoid, v)) for v in itertools.chain((-800.0, 800.0), range(-40, 41, 8)))
