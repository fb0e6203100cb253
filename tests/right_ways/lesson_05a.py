"""Right answers to the exercises of lesson 5a, each written in several ways."""

import math

import numpy as np

from mlp_course.graph import Node, backward


def quiz_ways(right):
    letter, number = right
    return [right, right.upper(), f"{letter}, {number}"]


def sweep_with_nodes(w, x, y):
    w, x = Node(w), Node(x)
    p = w * x
    d = p - y
    J = d * d
    list(backward(J))
    return [node.gradient for node in (J, d, p, w, x)]


def sweep_by_formula(w, x, y):
    twice = 2 * (w * x - y)
    return [np.float64(1), twice, twice, twice * x, twice * w]


def sweep_in_one_array(w, x, y):
    dd = 2 * (w * x - y)
    return np.array([1, dd, dd, dd * x, dd * w])


def sweep_edge_by_edge(w, x, y):
    d = w * x - y
    slope = {"J": 1, "d": 0}
    for local in (d, d):  # the two edges from d into d * d
        slope["d"] += slope["J"] * local
    slope["p"] = slope["d"]
    return slope["J"], slope["d"], slope["p"], slope["p"] * x, w * slope["p"]


def branches_with_nodes(x, y):
    x, y = Node(x), Node(y)
    list(backward((x * y) * (x + y)))
    return x.gradient, y.gradient


def branches_added_up(x, y):
    dx = dy = 0
    for slope, of_x, of_y in ((x + y, y, x), (x * y, 1, 1)):
        dx += slope * of_x
        dy += slope * of_y
    return dx, dy


def branches_in_one_array(x, y):
    u, v = x * y, x + y
    return v * np.array([y, x]) + u


def count_with_a_list(n):
    return sum(list(range(n + 1))), len(range(n))


def count_on_a_real_chain(n):
    alone = swept = 0
    for node in range(n):
        alone += len(range(node, n))
        swept += 1
    return [alone, swept]


def swept_with_plus_equals(order, edges):
    slope = {node: 0 for node in order}
    slope[order[-1]] = 1
    for node in order[::-1]:
        for source, local_slope in edges[node]:
            slope[source] += local_slope * slope[node]
    return slope


def asked_of_the_successors(order, edges):
    slope = {order[-1]: 1.0}
    for node in order[-2::-1]:
        slope[node] = sum(slope[end] * local for end in order for source, local in edges[end] if source == node)
    return slope


def all_ways_walked(order, edges):
    def slope_of(node):
        if node == order[-1]:
            return 1.0
        return sum(local * slope_of(end) for end in order for source, local in edges[end] if source == node)

    return {node: slope_of(node) for node in order}


def softplus_with_numpy(z):
    return np.logaddexp(0, z), np.exp(-np.logaddexp(0, -z))


def softplus_by_sign(z):
    if z > 0:
        e = math.exp(-z)
        return z + math.log(1 + e), 1 / (1 + e)
    e = math.exp(z)
    return math.log1p(e), e / (1 + e)


def softplus_with_tanh(z):
    return max(z, 0) + math.log1p(math.exp(-abs(z))), (1 + math.tanh(z / 2)) / 2


WAYS = {
    "local": [
        {"x + y": 1, "x * y": 4, "x * x": 6, "x / y": -0.1875, "log x": 0.3333, "sigmoid": 0.25, "relu": 0},
        {"relu": 0.0, "sigmoid": 0.5 * 0.5, "log x": 1 / 3, "x / y": -3 / 4**2, "x * x": 3 + 3, "x * y": 4.0, "x + y": 1.0},
        {"x + y": np.float64(1), "x * y": 4, "x * x": 2 * 3, "x / y": -0.188, "log x": 0.333, "sigmoid": 1 / 4, "relu": 0},
    ],
    "sweep": [sweep_with_nodes, sweep_by_formula, sweep_edge_by_edge, sweep_in_one_array],
    "branches": [
        branches_with_nodes,
        branches_added_up,
        branches_in_one_array,
        lambda x, y: (2 * x * y + y * y, x * x + 2 * x * y),
    ],
    "order": [
        "Jazpbwx Jazbpxw Jazwpbx",
        "jazbpwx, jazpwxb, xwpbzaj",
        "J a z p w b x; J a z p x b w; a J z p b w x",
    ],
    "count_products": [
        lambda n: (n * (n + 1) // 2, n),
        lambda n: np.array([n * (n + 1) / 2, n]),
        count_with_a_list,
        count_on_a_real_chain,
    ],
    "used_twice": [swept_with_plus_equals, asked_of_the_successors, all_ways_walked],
    "softplus_node": [softplus_with_numpy, softplus_by_sign, softplus_with_tanh],
    "quiz_1": quiz_ways("c2"),
    "quiz_2": quiz_ways("b3"),
    "quiz_3": quiz_ways("b1"),
    "quiz_4": quiz_ways("b2"),
    "quiz_5": quiz_ways("b3"),
}

LOOPED = {}

MET = {
    "order": {
        "forward": "xwpbzaJ bxwpzaJ Jazwpbx",
        "invalid one first": "Jazwpbx Jazpbwx Jazbpwx",
        "third is valid": "Jazpbwx Jazbpwx Jazpwbx",
        "same order twice": "Jazpbwx Jazpbwx xwpbzaJ",
        "a before J": "aJzpbwx Jazpbwx xwpbzaJ",
        "z before a": "Jazpbwx Jzapbwx xwpbzaJ",
        "p before z": "Japzbwx Jazpbwx xwpbzaJ",
        "b before z": "Jazpbwx Jabzpwx xwpbzaJ",
        "w before p": "Jazwpbx Jazpbwx xwpbzaJ",
        "x before p": "Jazpbwx Jazxpbw xwpbzaJ",
    }
}
