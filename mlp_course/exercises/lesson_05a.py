"""The exercises of lesson 5a, the computational graph (source notes 001 and 004)."""

import math

import numpy as np

from .engine import Choice, FunctionExercise, Mistake, Threshold, ValueExercise, progress_of

# local: seven operations at x = 3, y = 4, and z = 0 or -2

local = ValueExercise(
    "local",
    {"x + y": 1, "x * y": 4, "x * x": 6, "x / y": -3 / 16, "log x": 1 / 3, "sigmoid": 1 / 4, "relu": 0},
    [
        Mistake(
            "value of the sum",
            {"x + y": 7},
            "7 is the value of x + y. If x grows by 0.01, by how much does the sum grow?",
        ),
        Mistake("sum passes x", {"x + y": 3}, "3 is x itself. If x grows by 0.01, by how much does x + y grow?"),
        Mistake("both edges of the sum", {"x + y": 2}, "2 adds up both edges. Only the slope in x is asked."),
        Mistake("both edges of the product", {"x * y": 7}, "7 adds up both edges, 4 and 3. Which one comes from x?"),
        Mistake("own value", {"x * y": 3}, "In x · y the slope in x is not x itself. Try x = 3.01: the product is 12.04."),
        Mistake("value of the product", {"x * y": 12}, "12 is the value of x · y, not its slope."),
        Mistake(
            "one branch of the square",
            {"x * x": 3},
            "3 is what one of the two factors brings. x goes into x · x twice: try 3.01 · 3.01.",
        ),
        Mistake("value of the square", {"x * x": 9}, "9 is the value of x · x. Its slope is asked."),
        Mistake(
            "sign of the quotient",
            {"x / y": 3 / 16},
            "A larger divisor makes the quotient smaller. Which sign has the slope in y?",
        ),
        Mistake(
            "divisor not squared",
            {"x / y": -3 / 4},
            "The minus is right, but -3/4 is too far from 0: the divisor is not squared.",
        ),
        Mistake("x left out", {"x / y": -1 / 16}, "-1/y² is the slope of 1 / y in y. Here x is a factor as well."),
        Mistake("quotient in two digits", {"x / y": -0.19}, "Nearly: -0.19 has two digits. Give three, or type a fraction."),
        Mistake("slope in x", {"x / y": 1 / 4}, "1/4 is the slope of x / y in x. The slope in y is asked."),
        Mistake("value of the quotient", {"x / y": 3 / 4}, "3/4 is the value of x / y. Its slope in y is asked."),
        Mistake(
            "value of the log",
            {"log x": math.log(3)},
            "1.0986 is the value of log 3. Its slope is asked: if x grows by 0.01, by how much does the log grow?",
        ),
        Mistake(
            "log to base 10",
            {"log x": math.log10(3)},
            "0.477 is the value of the logarithm to base 10. Here log is the natural logarithm, and its slope is asked.",
        ),
        Mistake(
            "slope of the log to base 10",
            {"log x": 1 / (3 * math.log(10))},
            "0.145 is the slope of the logarithm to base 10. Here log is the natural logarithm.",
        ),
        Mistake("log in two digits", {"log x": 0.33}, "Nearly: 0.33 has two digits. Give three, or type a fraction."),
        Mistake("sigmoid at z", {"sigmoid": 0}, "0 is z itself. Is σ flat there? Its slope is a (1 - a), with a = ½."),
        Mistake("value of the sigmoid", {"sigmoid": 1 / 2}, "½ is the value σ(0). Its slope is a (1 - a), with a = ½."),
        Mistake("steepest is one", {"sigmoid": 1}, "The slope of σ never reaches 1. It is a (1 - a), with a = ½."),
        Mistake("relu passes", {"relu": 1}, "1 is the slope where z is positive. Here z = -2."),
        Mistake("relu value", {"relu": -2}, "-2 is z itself. Left of 0 the curve is flat."),
    ],
    tolerance=3e-3,
    asked="the local slope, a number",
)


# sweep: J = (w x - y)**2 in five nodes, w and x, p = w x, d = p - y, J = d * d; y is a fixed number


def _sweep(w, x, y):
    d = w * x - y
    dJ = 1.0
    dd = dJ * 2 * d
    dp = dd * 1
    return dJ, dd, dp, dp * x, dp * w


def _decimal(rng):
    """Return a number with one decimal, not 0: a message shows it in full."""
    return int(rng.integers(5, 30)) * int(rng.choice([-1, 1])) / 10


def _sweep_cases(rng):
    return [(3.0, 2.0, 4.0), *((_decimal(rng), _decimal(rng), _decimal(rng)) for _ in range(3))]


def _swept(dJ=lambda d: 1.0, local=lambda d: 2 * d, sign=1.0, of_w=lambda w, x: x, of_x=lambda w, x: w):
    """Return a sweep with another start, or another local slope somewhere."""

    def answer(w, x, y):
        d = w * x - y
        start = dJ(d)
        dd = start * local(d)
        dp = dd * sign
        return start, dd, dp, dp * of_w(w, x), dp * of_x(w, x)

    return answer


sweep = FunctionExercise(
    _sweep,
    _sweep_cases,
    [
        Mistake(
            "starts with J",
            _swept(dJ=lambda d: d * d),
            "The sweep starts with the value of J. It starts with the slope of J in itself: if J grows by 1, J grows by 1.",
        ),
        Mistake(
            "dJ is J",
            lambda w, x, y: ((w * x - y) ** 2, *_sweep(w, x, y)[1:]),
            "Four are right. Only dJ is off: it is not the value of J. If J grows by 1, J grows by 1.",
        ),
        Mistake(
            "starts with 0",
            _swept(dJ=lambda d: 0.0),
            "With 0 at the start every product is 0. What is the slope of J in itself?",
        ),
        Mistake(
            "starts with d",
            _swept(dJ=lambda d: d),
            "The sweep starts with d. The last node is J, and the slope of J in itself is needed.",
        ),
        Mistake(
            "one branch of the square",
            _swept(local=lambda d: d),
            "d goes into d · d twice. Each of the two edges brings d, and branches add.",
        ),
        Mistake(
            "square without d",
            _swept(local=lambda d: 2.0),
            "2 is the slope of d + d. That of d · d grows with d: the sweep needs the value from the way forward.",
        ),
        Mistake(
            "square passed on",
            _swept(local=lambda d: d * d),
            "d · d is the value of J. On the edge stands its slope in d.",
        ),
        Mistake(
            "sign of the difference",
            _swept(sign=-1.0),
            "In p - y the slope in p is +1. Only the slope in y would be -1.",
        ),
        Mistake(
            "own value",
            _swept(of_w=lambda w, x: w, of_x=lambda w, x: x),
            "The last two have changed places. At a product the local slope of one factor is the other factor.",
        ),
        Mistake(
            "product for both",
            _swept(of_w=lambda w, x: w * x, of_x=lambda w, x: w * x),
            "w · x is the value of p. Its local slope in w is x, and in x it is w.",
        ),
        Mistake(
            "stops at the product",
            _swept(of_w=lambda w, x: 1.0, of_x=lambda w, x: 1.0),
            "The last step is missing: p is a product, so its edges carry x and w.",
        ),
        Mistake(
            "local slopes only",
            lambda w, x, y: (1.0, 2 * (w * x - y), 1.0, x, w),
            "These are the local slopes on the edges. Each has to be multiplied by the upstream slope.",
        ),
        Mistake(
            "values",
            lambda w, x, y: ((w * x - y) ** 2, w * x - y, w * x, w, x),
            "These are the values of the way forward. The slopes of the way back are asked.",
        ),
        Mistake("inputs only", lambda w, x, y: _sweep(w, x, y)[3:], "dw and dx are right. Return dJ, dd, dp before them."),
        Mistake(
            "forward order",
            lambda w, x, y: _sweep(w, x, y)[::-1],
            "All five are right, in the other order. J comes first, x last.",
        ),
    ],
    returns=("dJ", "dd", "dp", "dw", "dx"),
)


# branches: u = x y, v = x + y, J = u v. Both x and y are used twice


def _branches(x, y):
    u, v = x * y, x + y
    du, dv = v, u
    return du * y + dv * 1, du * x + dv * 1


def _branches_cases(rng):
    return [(2.0, 5.0), *((_decimal(rng), _decimal(rng)) for _ in range(3))]


def _joined(of_x, of_y):
    """Return an answer made of what comes back at u and v: ``of_x(du, dv, x, y)`` and ``of_y`` likewise."""
    return lambda x, y: (of_x(x + y, x * y, x, y), of_y(x + y, x * y, x, y))


branches = FunctionExercise(
    _branches,
    _branches_cases,
    [
        Mistake(
            "last branch wins",
            _joined(lambda du, dv, x, y: dv, lambda du, dv, x, y: dv),
            "Only the message through v is left. x moves J through u as well: branches add.",
        ),
        Mistake(
            "first branch wins",
            _joined(lambda du, dv, x, y: du * y, lambda du, dv, x, y: du * x),
            "Only the message through u is there. x moves J through v as well: branches add.",
        ),
        Mistake(
            "branches multiplied",
            _joined(lambda du, dv, x, y: du * y * dv, lambda du, dv, x, y: du * x * dv),
            "You multiply the two messages. Along one way slopes multiply; where two ways meet, they add.",
        ),
        Mistake(
            "mean of the branches",
            _joined(lambda du, dv, x, y: (du * y + dv) / 2, lambda du, dv, x, y: (du * x + dv) / 2),
            "This is the mean of the two messages. Both effects happen at once: they add.",
        ),
        Mistake(
            "branches subtracted",
            _joined(lambda du, dv, x, y: du * y - dv, lambda du, dv, x, y: du * x - dv),
            "The second message is subtracted. Two effects on J add, each with its own sign.",
        ),
        Mistake(
            "own value",
            _joined(lambda du, dv, x, y: du * x + dv, lambda du, dv, x, y: du * y + dv),
            "dx and dy are exchanged: in u = x · y the local slope in x is y, and in y it is x.",
        ),
        Mistake(
            "du and dv exchanged",
            lambda x, y: (x * y * y + x + y, x * y * x + x + y),
            "At J = u · v the slope in u is v, and the slope in v is u: the other factor.",
        ),
        Mistake(
            "local slopes only",
            _joined(lambda du, dv, x, y: y + 1, lambda du, dv, x, y: x + 1),
            "You added the local slopes at u and v. First multiply each by the slope that comes from J.",
        ),
        Mistake(
            "slopes of u and v added",
            _joined(lambda du, dv, x, y: du + dv, lambda du, dv, x, y: du + dv),
            "You added the slopes at u and v. On the way back to x each meets a local slope.",
        ),
        Mistake(
            "starts with J",
            lambda x, y: tuple(x * y * (x + y) * slope for slope in _branches(x, y)),
            "Right times J: the sweep starts with 1, not with the value of J.",
        ),
        Mistake("only dx", lambda x, y: _branches(x, y)[0], "dx is right. Return dy as well."),
    ],
    returns=("dx", "dy"),
)


# order: two valid orders of a sweep through the graph of one neuron, and an invalid one

_FEEDS = {"a": "j", "z": "a", "p": "z", "b": "z", "w": "p", "x": "p"}  # J = -log a, a = σ(z), z = p + b, p = w x


def _three_orders(answer):
    letters = "".join(filter(str.isalnum, answer)).lower() if isinstance(answer, str) else ""
    found = [letters[k : k + 7] for k in (0, 7, 14)]
    if len(letters) != 21 or any(sorted(order) != sorted("jazpbwx") for order in found):
        raise ValueError("Write three orders in one text, each with the seven letters J, a, z, p, b, w, x once")
    return found


def _valid(order):
    return all(order.index(user) < order.index(node) for node, user in _FEEDS.items())


def _right_orders(answer):
    first, second, third = _three_orders(answer)
    return _valid(first) + (_valid(second) and second != first) + (not _valid(third))


def _too_early(node):
    """Return the mistake that ``node`` stands before the node it feeds, in one of the first two orders."""
    return lambda answer: any(order.index(node) < order.index(_FEEDS[node]) for order in _three_orders(answer)[:2])


order = Threshold(
    "order",
    _right_orders,
    "The number of right orders",
    3,
    [
        Mistake(
            "forward",
            lambda answer: all(_valid(order[::-1]) for order in _three_orders(answer)[:2]),
            "Your first two begin at the inputs: that is the way forward. The sweep begins at the node whose slope "
            "is known from the start.",
        ),
        Mistake(
            "invalid one first",
            lambda answer: _valid(_three_orders(answer)[2]) and not all(map(_valid, _three_orders(answer)[:2])),
            "Your third order is valid, and one of the first two is not. The invalid one comes last.",
        ),
        Mistake(
            "third is valid",
            lambda answer: _valid(_three_orders(answer)[2]),
            "Your third order is valid too: each node comes after the node it feeds. Break that somewhere.",
        ),
        Mistake(
            "same order twice",
            lambda answer: len(set(_three_orders(answer)[:2])) == 1 and _valid(_three_orders(answer)[0]),
            "Your first two are the same order. Which nodes do not wait for each other? They may change places.",
        ),
        Mistake(
            "a before J",
            _too_early("a"),
            "a stands before J. Its slope is made from that of J, which must be known first.",
        ),
        Mistake("z before a", _too_early("z"), "z stands before a. z feeds a, so the slope of a must be there first."),
        Mistake("p before z", _too_early("p"), "p stands before z. p feeds z, so the slope of z must be there first."),
        Mistake("b before z", _too_early("b"), "b stands before z. An input too waits for the node that it feeds."),
        Mistake(
            "w before p",
            _too_early("w"),
            "w stands before p. The message to w comes through p, so p must be done first.",
        ),
        Mistake(
            "x before p",
            _too_early("x"),
            "x stands before p. The message to x comes through p, so p must be done first.",
        ),
    ],
)


# count_products: a chain of n edges


def _count_products(n):
    one_by_one = 0
    for k in range(1, n + 1):
        one_by_one = one_by_one + k
    return one_by_one, n


def _count_cases(rng):
    return [(4,), (1,), (int(rng.integers(5, 12)),), (50,)]


_SAME_FOR_ALL = "The first count is the same for every n: is the `return` inside the loop?"

count_products = FunctionExercise(
    _count_products,
    _count_cases,
    [
        Mistake(
            "longest way for all",
            lambda n: (n * n, n),
            "n · n: you let every node go the longest way. A node k edges from the end takes k products.",
        ),
        Mistake(
            "one by one and sweep alike",
            lambda n: (n, n),
            "One by one, only the node next to the end takes 1 product. The others take more.",
        ),
        Mistake(
            "sweep gives one slope only",
            lambda n: (n * (n + 1) // 2, n * (n + 1) // 2),
            "The sweep goes back once. Each edge it passes takes one product, and leaves a finished slope behind.",
        ),
        Mistake(
            "a sweep for each",
            lambda n: (n * (n + 1) // 2, n * n),
            "You count one sweep for each node. One sweep gives the slopes of all of them.",
        ),
        Mistake(
            "sweep of one product",
            lambda n: (n * (n + 1) // 2, 1),
            "One sweep, but not one product: it takes one for each edge.",
        ),
        Mistake(
            "first product left out",
            lambda n: (n * (n - 1) // 2, n),
            "n (n - 1) / 2: you counted k - 1 products for a node k edges away. Here the product with the 1 at "
            "the end counts too.",
        ),
        Mistake(
            "both without the first",
            lambda n: (n * (n - 1) // 2, n - 1),
            "You left out the product with the 1 at the end. Here it counts: one product for each edge.",
        ),
        Mistake(
            "nodes for edges",
            lambda n: (n * (n + 1) // 2, n + 1),
            "You count the nodes, n + 1. The last one has its slope 1 for nothing.",
        ),
        Mistake(
            "one edge too many",
            lambda n: ((n + 1) * (n + 2) // 2, n + 1),
            "That is right for one edge more. n counts the edges, not the nodes.",
        ),
        Mistake(
            "sum up to n + 1",
            lambda n: ((n + 1) * (n + 2) // 2, n),
            "The sweep is right. One by one you add up to n + 1: the farthest node is n edges away, and the last node takes "
            "no product.",
        ),
        Mistake(
            "counted twice",
            lambda n: (n * (n + 1), n),
            "The sweep is right. One by one, every product is counted twice: try a chain with one edge.",
        ),
        Mistake("return in the loop", lambda n: (1, n), _SAME_FOR_ALL),
        Mistake("return in the loop, from 0", lambda n: (0, n), _SAME_FOR_ALL),
        Mistake("return in the loop, both counts", lambda n: (1, 1), _SAME_FOR_ALL),
        Mistake("half the square", lambda n: (n * n / 2, n), "n² / 2 is close for large n. Add 1 + 2 + ... + n exactly."),
        Mistake(
            "doubling",
            lambda n: (2**n, n),
            "2 to the power n counts ways that split in two at every node. A chain has a single way.",
        ),
        Mistake(
            "exchanged",
            lambda n: (n, n * (n + 1) // 2),
            "Both counts are right, but exchanged: first one by one, then the sweep.",
        ),
        Mistake("only one number", lambda n: n * (n + 1) // 2, "One by one is right. Return the count of the sweep as well."),
    ],
    returns=("one_by_one", "in_a_sweep"),
)


# used_twice: planted, `=` where `+=` belongs


def _used_twice(order, edges):
    slope = dict.fromkeys(order, 0.0)
    slope[order[-1]] = 1.0
    for node in reversed(order):
        for source, local_slope in edges[node]:
            slope[source] = slope[source] + slope[node] * local_slope
    return slope


def _used_twice_cases(rng):
    p, q, r, s = (_decimal(rng) for _ in range(4))
    chain = {"x": [], "u": [("x", p)], "J": [("u", q)]}
    square = {"x": [], "J": [("x", 3.0), ("x", 3.0)]}
    ways = {"x": [], "y": [], "u": [("x", p), ("y", q)], "v": [("x", r), ("u", s)], "J": [("v", q), ("x", p), ("u", r)]}
    return [(list(edges), edges) for edges in (square, chain, ways)]


def _swept_with(arrives, way=reversed, start=1.0, before=0.0):
    """Return a sweep in which ``arrives(old, slope, local_slope)`` is what a node keeps of a message."""

    def answer(order, edges):
        slope = dict.fromkeys(order, before)
        slope[order[-1]] = start
        for node in way(order):
            for source, local_slope in edges[node]:
                slope[source] = arrives(slope[source], slope[node], local_slope)
        return slope

    return answer


def _added(old, slope, local_slope):
    return old + slope * local_slope


def _kept_by_the_sender(order, edges):
    slope = dict.fromkeys(order, 0.0)
    slope[order[-1]] = 1.0
    for node in reversed(order):
        for _, local_slope in edges[node]:
            slope[node] += slope[node] * local_slope
    return slope


def _along_one_edge(order, edges):
    source, local_slope = edges[order[-1]][0]
    return {**dict.fromkeys(order, 0.0), order[-1]: 1.0, source: local_slope}


used_twice = FunctionExercise(
    _used_twice,
    _used_twice_cases,
    [
        Mistake(
            "not repaired",
            _swept_with(lambda old, slope, local_slope: slope * local_slope),
            "Nothing is repaired yet. On a chain it is right. Take x · x at 3: what should x get, and what is "
            "left of the first message?",
        ),
        Mistake(
            "first message kept",
            _swept_with(lambda old, slope, local_slope: old or slope * local_slope),
            "Now the first message is kept, and the later ones are lost. A node used twice needs both.",
        ),
        Mistake(
            "messages multiplied",
            _swept_with(lambda old, slope, local_slope: (old or 1.0) * slope * local_slope),
            "Messages that meet are multiplied. Along a way slopes multiply; where ways meet, they add.",
        ),
        Mistake(
            "largest message",
            _swept_with(lambda old, slope, local_slope: max(old, slope * local_slope, key=abs)),
            "The larger message wins. Both reach J, so both count: they add.",
        ),
        Mistake(
            "mean of two",
            _swept_with(lambda old, slope, local_slope: (old + slope * local_slope) / 2 if old else slope * local_slope),
            "You take the mean of the messages. Two effects on J add up.",
        ),
        Mistake(
            "subtracted",
            _swept_with(lambda old, slope, local_slope: old - slope * local_slope),
            "Each message is subtracted. It belongs to what the node has already, with a plus.",
        ),
        Mistake(
            "local slope forgotten",
            _swept_with(lambda old, slope, local_slope: old + slope),
            "The messages add now, but each has lost its local slope.",
        ),
        Mistake(
            "upstream forgotten",
            _swept_with(lambda old, slope, local_slope: old + local_slope),
            "The local slopes add, but the upstream slope is no longer a factor.",
        ),
        Mistake(
            "sum for product",
            _swept_with(lambda old, slope, local_slope: old + slope + local_slope),
            "A message is a product: upstream slope times local slope.",
        ),
        Mistake(
            "only the last node sends",
            _swept_with(_added, way=iter),
            "Only the last node has passed on its slope. Does the loop go forward, where the other slopes are not there yet? "
            "Or is the `return` inside it, so that it ends at once?",
        ),
        Mistake(
            "only one edge",
            _along_one_edge,
            "Only one message is sent, along the first edge of the last node: is the `return` inside the loops?",
        ),
        Mistake(
            "kept by the sender",
            _kept_by_the_sender,
            "The message goes to the node that sends it. It belongs to the other end of the edge, the source.",
        ),
        Mistake(
            "no start",
            _swept_with(_added, start=0.0),
            "Every slope is 0: the last node needs its slope 1 before the loop begins.",
        ),
        Mistake(
            "1 everywhere",
            _swept_with(_added, before=1.0),
            "All nodes begin with 1 here. Only the last one does; the others begin with 0 and add what arrives.",
        ),
        Mistake(
            "nothing arrives",
            _swept_with(_added, way=lambda order: order[-2::-1]),
            "Only the last node has a slope, the others stay 0. Is its message sent, and kept? "
            "And does something that starts at 0 grow by multiplying?",
        ),
        Mistake(
            "inputs only",
            lambda order, edges: {node: slope for node, slope in _used_twice(order, edges).items() if not edges[node]},
            "The slopes of the inputs are right. Return those of all nodes.",
        ),
    ],
    returns=("slope",),
    planted="not repaired",
)


# softplus_node: the value log(1 + e**z) and its local slope, for any z


def _softplus_node(z):
    small = math.exp(-abs(z))
    if z >= 0:
        return z + math.log1p(small), 1 / (1 + small)
    return math.log1p(small), small / (1 + small)


def _softplus_cases(rng):
    return [(0.0,), (int(rng.integers(3, 9)) / 10,), (-abs(_decimal(rng)),), (800.0,), (-800.0,)]


def _slope_instead(slope):
    """Return the node with the right value and another local slope."""
    return lambda z: (_softplus_node(z)[0], slope(z, _softplus_node(z)[1]))


softplus_node = FunctionExercise(
    _softplus_node,
    _softplus_cases,
    [
        Mistake(
            "exp overflows",
            lambda z: (math.log(1 + math.exp(z)), math.exp(z) / (1 + math.exp(z))),
            "Right for small z. At z = 800, `math.exp` gives up: e^z is too large. For z above 0 write both with e^(-z).",
        ),
        Mistake(
            "exp overflows on both sides",
            lambda z: (math.log(1 + math.exp(z)), 1 / (1 + math.exp(-z))),
            "Right for small z. `math.exp` gives up twice: e^z at z = 800, and e^(-z) at z = -800. Treat the two signs apart.",
        ),
        Mistake(
            "inf and nan",
            lambda z: (np.log(1 + np.exp(z)), np.exp(z) / (1 + np.exp(z))),
            "At z = 800 the value becomes inf and the slope inf / inf, which is nan. For z above 0 write both with e^(-z).",
        ),
        Mistake(
            "slope overflows",
            lambda z: (_softplus_node(z)[0], np.exp(z) / (1 + np.exp(z))),
            "The value is safe now. The slope is not: at z = 800 it is inf / inf. A safe value does not make the slope safe.",
        ),
        Mistake(
            "slope overflows below",
            lambda z: (_softplus_node(z)[0], 1 / (1 + math.exp(-z))),
            "The value is safe. The slope is right for z above 0; at z = -800 it needs e^800. Treat the two signs apart.",
        ),
        Mistake(
            "value overflows",
            lambda z: (np.log(1 + np.exp(z)), _softplus_node(z)[1]),
            "The slope is right everywhere, but the value is inf at z = 800. There softplus is nearly z.",
        ),
        Mistake(
            "cut off",
            lambda z: (max(0.0, z), float(z > 0)),
            "This is ReLU. Softplus is its smooth relative: at z = 0 it is log 2, with slope ½.",
        ),
        Mistake(
            "value for slope",
            _slope_instead(lambda z, a: _softplus_node(z)[0]),
            "You return the value twice. Its local slope is σ(z).",
        ),
        Mistake(
            "slope of the sigmoid",
            _slope_instead(lambda z, a: a * (1 - a)),
            "a (1 - a) is the slope of σ. The slope of softplus is σ itself.",
        ),
        Mistake(
            "outer slope only",
            _slope_instead(lambda z, a: 1 - a),
            "1 / (1 + e^z) is the slope of the log alone: the inner part 1 + e^z has a slope of its own. "
            "Or are the two cases of z exchanged?",
        ),
        Mistake("minus", _slope_instead(lambda z, a: -a), "The sign is turned: softplus grows with z everywhere."),
        Mistake(
            "exchanged",
            lambda z: _softplus_node(z)[::-1],
            "Value and slope are right, but exchanged: the value comes first.",
        ),
        Mistake(
            "only the value",
            lambda z: _softplus_node(z)[0],
            "The value is right. A node needs its local slope as well.",
        ),
    ],
    returns=("value", "local_slope"),
)


quiz_1 = Choice(  # a node used twice gets slopes 2 and 3. a 3, b 6, c 5
    "quiz_1",
    "c2",
    {
        "a": "3 would be the last one alone. Nudge the node: does J not feel the first way any more?",
        "b": "6 is the product. Slopes multiply along one way. What do two ways at once do?",
        "1": "If the later message replaced the first, part of the effect on J would be lost.",
        "3": "Along one way they do. Here two ways meet.",
    },
)

quiz_2 = Choice(  # a million parameters: one sweep costs about as much as a a million forward passes, b a few, c two million
    "quiz_2",
    "b3",
    {
        "a": "So it would be if each slope needed a pass of its own. How often does the sweep pass an edge?",
        "c": "That is nudging: two forward passes for each parameter.",
        "1": "It does not: one sweep leaves a slope at every node that it passes.",
        "2": "That is how nudging works. The sweep computes no cost at all.",
    },
)

quiz_3 = Choice(  # the values of the way forward were thrown away. Local slopes still known: a of all, b of + and -, c of none
    "quiz_3",
    "b1",
    {
        "a": "Think of a product: its local slopes are the two factors. Where are they now?",
        "c": "Think of x + y. Does its slope in x depend on x or y?",
        "2": "Then no local slope would need a value. Look at x · y.",
        "3": "Look at x + y: is there any value in its slope?",
    },
)

quiz_4 = Choice(  # 3 outputs, 1000 inputs, all slopes of all outputs. a one sweep, b three sweeps, c 1000 sweeps
    "quiz_4",
    "b2",
    {
        "a": "Where would that sweep start with 1: at the first output, the second or the third?",
        "c": "One sweep gives the slopes in all inputs at once. How many starts are there?",
        "1": "If all three started with 1 at once, you would get the slopes of their sum.",
        "3": "Nudging goes input by input. The sweep goes the other way.",
    },
)

quiz_5 = Choice(  # each slope alone, from the end along every way to its node. a wrong, b right but wasteful, c an approximation
    "quiz_5",
    "b3",
    {
        "a": "The chain rule holds for each of them. Which number would come out differently?",
        "c": "Nudging is an approximation. Here the same local slopes are multiplied, exactly.",
        "1": "A sweep needs an order. A slope computed on its own, along every way, waits for no other slope.",
        "2": "The sweep rounds its products as well. What does it save?",
    },
)

progress = progress_of(
    local,
    sweep,
    branches,
    order,
    count_products,
    used_twice,
    softplus_node,
    quiz_1,
    quiz_2,
    quiz_3,
    quiz_4,
    quiz_5,
)
