"""Every argument of every public name: bad input raises one sentence that names it, says what was expected and what came.

``BAD`` is the table: {public name: {argument: [bad values]}}. A public name or an argument without a case fails
``test_the_table_has_every_public_name_and_argument``, so a new one cannot be forgotten.
"""

import inspect
import re
import types

import numpy as np
import pytest

import mlp_course
from mlp_course import (
    MLP, Activation, Adam, Decay, GradientDescent, Loss, Momentum, Nesterov, Parameters, binary_cross_entropy, cross_entropy,
    datasets, half_squared_error, initializers, softmax, tanh, train,
)

# The sweeps, inside which nothing is checked, as their docstrings say: training and the checked methods call them.
UNCHECKED = {"forward_sweep", "backward_sweep", "activation"}

# Results: the package makes them, students read them.
RESULTS = {"Epoch", "Recording", "GradientReport", "TrainingDiverged", "datasets.Table"}


# Good arguments


def rng(seed=0):
    return np.random.default_rng(seed)


SIZES, M = (2, 4, 3), 5
MLP_3 = MLP(tanh, cross_entropy)
PARAMS = initializers.xavier(SIZES, rng())
X, Y = rng().normal(size=(2, M)), np.eye(3)[:, [0, 1, 2, 1, 0]]
Z, A = MLP_3.forward(PARAMS, X)
POINTS = rng().normal(size=(2, 12))
LABELS = np.arange(12) % 3


def good():
    """Return good arguments by name, made anew for each test."""
    return {
        "mlp": MLP_3, "params": PARAMS.copy(), "X": X.copy(), "Y": Y.copy(), "optimizer": GradientDescent(0.1), "epochs": 2,
        "batch_size": 2, "rng": rng(), "every": 1, "epsilon": 1e-6, "sizes": SIZES, "learning_rate": 0.1, "alpha": 0.5,
        "momentum": 0.5, "m": 12, "noise": 0.1, "scale": 1.0, "name": "mine", "theta": np.zeros(27),
    }  # fmt: skip


# Where a name means something else, or where there is more.
GOOD = {
    "Activation": {"function": np.sin, "derivative": lambda Z, A: np.cos(Z), "kink_at_0": False},
    "Activation.__call__": {"Z": Z[2]},
    "Activation.derivative": {"Z": Z[2], "A": A[2]},
    "Loss": {"output": tanh, "cost": lambda Z, A, Y: 0.0, "dZ": lambda Z, A, Y: A - Y},
    "Loss.cost": {"Z": Z[2], "A": A[2]},
    "Loss.dZ": {"Z": Z[2], "A": A[2]},
    "prelu_alpha_derivative": {"Z": X},
    "rrelu": {"low": 0.1, "high": 0.3},
    "initializers.uniform": {"low": -0.5, "high": 0.5},
    "Loss.targets": {"shape": (3, M)},
    "MLP": {"hidden_activation": tanh, "loss": cross_entropy},
    "MLP.backward": {"Z": Z, "A": A},
    "Parameters": {"dtype": float},
    "Parameters.name_of": {"i": 26},
    "Recording.params": {"k": 1},
    "Adam": {"beta1": 0.9, "beta2": 0.999},
    "numerical_gradient": {"J": lambda theta: theta @ theta},
    "numerical_jacobian": {"f": lambda x: 2 * x, "x": X},
    "Decay": {"initial": 0.1, "decay": 0.01},
    "Decay.__call__": {"t": 3},
    "relative_error": {"g": X, "h": X},
    "initializers.constant": {"value": 0.5},
    "datasets.circles": {"factor": 0.5},
    "datasets.spirals": {"turns": 1.0},
    "datasets.blobs": {"classes": 3},
    "datasets.parity": {"n": 3},
    "datasets.split": {"X": POINTS, "y": LABELS, "test": 0.25},
}

# What the methods are called on: each must refuse, so every activation and every loss is tried.
ACTIVATIONS = [value for value in map(mlp_course.__dict__.get, mlp_course.__all__) if isinstance(value, Activation)]
LOSSES = [value for value in map(mlp_course.__dict__.get, mlp_course.__all__) if isinstance(value, Loss)]
OWNERS = {
    "Activation.__call__": ACTIVATIONS,
    "Activation.derivative": [g for g in ACTIVATIONS if g is not softmax],
    "Loss": LOSSES,
    "MLP": [MLP_3],
    "Parameters": [PARAMS],
    "Decay": [Decay(0.1, 0.01)],
    "GradientDescent": [GradientDescent(0.1)],
    "Momentum": [Momentum(0.1)],
    "Nesterov": [Nesterov(0.1)],
    "Adam": [Adam()],
    "Recording": [train(MLP_3, PARAMS.copy(), X, Y, GradientDescent(0.1), 2)],
}


# Bad values


def put(array, value):
    """Return ``array`` with ``value`` in one place."""
    array = array.copy()
    array.flat[-1] = value
    return array


def bad_shapes(array):
    """Return ``array`` in shapes that NumPy might broadcast or multiply without a word."""
    return [array.T, array[:1], array[0], array[None], np.vstack([array, array]), 0.5]


def bad_numbers(array):
    """Return ``array`` with what is no finite number in it, and what is no array of numbers at all."""
    others = [[[1.0, 2.0], [3.0]], "text", None, object()]
    return [put(array, np.nan), put(array, np.inf), array[:, :0], array + 1j, array.astype(str), *others]


NO_NUMBER = ["0.5", None, np.nan, np.inf, True, 1j, [0.5], np.eye(2)]
NO_COUNT = [0, -1, 2.5, "2", True, [2], np.eye(2)]
NO_SIZES = [(4,), (), (4, 0, 1), (4, 2.0, 1), (4, True), "421", 4, None, np.array(4), np.ones((2, 2)), {4, 2}, [[4, 2]]]
NO_RNG = [0, None, np.random, np.random.RandomState(0), np.eye(2), "0"]
NO_FUNCTION = ["sin", None, 1.0, np.eye(2)]
NO_MLP = ["mlp", None, MLP, cross_entropy, np.eye(2)]
NO_PARAMS = [PARAMS.theta, list(PARAMS.W), "params", None, Parameters]
NO_OPTIMIZER = ["adam", None, 0.1, Adam, np.eye(2)]
NO_NOISE = [-0.1, *NO_NUMBER]
ABOVE_0 = [0, -0.1, *NO_NUMBER]
SHARE = [1.0, 1.5, *ABOVE_0]
FROM_0_BELOW_1 = [1.0, 1.5, -0.1, *NO_NUMBER]
NAN_PARAMS = PARAMS.copy()
NAN_PARAMS.theta[3] = np.nan
NETWORK = [*NO_PARAMS, NAN_PARAMS]
EXAMPLES = [X.T, X[0], X[None], np.vstack([X, X]), 0.5, *bad_numbers(X)]
NOT_ONE_HOT = [2 * Y, -Y, np.ones((3, M)), np.zeros((3, M)), LABELS[:M], LABELS[None, :M]]
TARGETS = [*bad_shapes(Y), *bad_numbers(Y), *NOT_ONE_HOT]
OUTPUTS = [*bad_shapes(A[2]), *bad_numbers(A[2])]
START = ["text", None, [0.5, 0.5], np.arange(3), np.array([np.nan]), np.array([]), PARAMS]


def bad_lists(values):
    """Return what cannot be the list ``values`` of a forward pass: its layers wrong one at a time, or no list at all."""
    wrong = [*bad_shapes(values[2]), *bad_numbers(values[2])]
    layers = [values[:1] + [other, values[2]] for other in wrong] + [values[:2] + [other] for other in wrong]
    return [*layers, values[1:], [], [*values, values[2]], None, "text", values[2], 0.5]


TRAINING = {
    "mlp": NO_MLP, "params": NETWORK, "X": EXAMPLES, "Y": TARGETS, "optimizer": NO_OPTIMIZER,
    "epochs": [None, *NO_COUNT], "batch_size": [M + 1, *NO_COUNT], "rng": NO_RNG,
}  # fmt: skip
DATASET = {"m": [1, None, *NO_COUNT], "noise": NO_NOISE, "rng": NO_RNG}
DRAWN = {"sizes": NO_SIZES, "rng": NO_RNG}

BAD = {
    "Activation": {"name": [1, None], "function": NO_FUNCTION, "derivative": NO_FUNCTION, "kink_at_0": [0, None, "yes"]},
    "Activation.__call__": {"Z": bad_numbers(Z[2])},
    "Activation.derivative": {"Z": bad_numbers(Z[2]), "A": OUTPUTS},
    "leaky_relu": {"alpha": SHARE},
    "prelu": {"alpha": NO_NUMBER},
    "prelu_alpha_derivative": {"Z": bad_numbers(Z[2])},
    "rrelu": {"rng": NO_RNG, "low": ABOVE_0, "high": [0.1, 1.0, *NO_NUMBER]},
    "elu": {"alpha": ABOVE_0},
    "Loss": {"name": [1, None], "output": ["tanh", None, np.tanh], "cost": NO_FUNCTION, "dZ": NO_FUNCTION},
    "Loss.cost": {"Z": [Z[2][0], Z[2][None], 0.5, *bad_numbers(Z[2])], "A": OUTPUTS, "Y": [*bad_shapes(Y), *bad_numbers(Y)]},
    "Loss.dZ": {"Z": [Z[2][0], Z[2][None], 0.5, *bad_numbers(Z[2])], "A": OUTPUTS, "Y": [*bad_shapes(Y), *bad_numbers(Y)]},
    "Loss.targets": {"Y": [*bad_shapes(Y), *bad_numbers(Y)], "shape": [3, None, "3, 5", [3, M]]},
    "MLP": {"hidden_activation": ["tanh", None, np.tanh, cross_entropy, softmax], "loss": ["cross_entropy", None, tanh, Loss]},
    "MLP.forward": {"params": NETWORK, "X": EXAMPLES},
    "MLP.backward": {"params": NETWORK, "Z": bad_lists(Z), "A": [*bad_lists(A), [X.T, *A[1:]], [None, *A[1:]]], "Y": TARGETS},
    "MLP.cost": {"params": NETWORK, "X": EXAMPLES, "Y": TARGETS},
    "MLP.gradient": {"params": NETWORK, "X": EXAMPLES, "Y": TARGETS},
    "MLP.predict": {"params": NETWORK, "X": EXAMPLES},
    "Parameters": {
        "sizes": NO_SIZES,
        "theta": [np.zeros(26), np.zeros((27, 1)), np.zeros((1, 27)), 0.0, np.full(27, np.nan), np.zeros(27) * 1j, "text"],
        "dtype": [int, np.float16, complex, "text", 64, np.eye(2)],
    },
    "Parameters.copy": {},
    "Parameters.zeros_like": {},
    "Parameters.name_of": {"i": [27, -1, 1.5, "1", None, True, np.eye(2)]},
    "check_gradient": {"mlp": NO_MLP, "params": NETWORK, "X": EXAMPLES, "Y": TARGETS, "epsilon": ABOVE_0},
    "numerical_gradient": {
        "J": [*NO_FUNCTION, lambda theta: theta, lambda theta: None, lambda theta: np.nan, lambda theta: theta[:1]],
        "theta": ["text", None, [], [np.nan], [1j], [[1.0, 2.0], [3.0]]],
        "epsilon": ABOVE_0,
    },
    "numerical_jacobian": {
        "f": [*NO_FUNCTION, lambda x: None, lambda x: np.nan],
        "x": ["text", None, [], [np.nan], [1j], [[1.0, 2.0], [3.0]]],
        "epsilon": ABOVE_0,
    },
    "relative_error": {"g": bad_numbers(X), "h": [*bad_shapes(X), *bad_numbers(X)]},
    "Decay": {"initial": ABOVE_0, "decay": NO_NOISE},
    "Decay.__call__": {"t": [-1, 1.5, "1", None, True]},
    "GradientDescent": {"learning_rate": ABOVE_0},
    "Momentum": {"learning_rate": ABOVE_0, "momentum": FROM_0_BELOW_1},
    "Nesterov": {"learning_rate": ABOVE_0, "momentum": FROM_0_BELOW_1},
    "Adam": {"learning_rate": ABOVE_0, "beta1": FROM_0_BELOW_1, "beta2": FROM_0_BELOW_1, "epsilon": ABOVE_0},
    "GradientDescent.start": {"theta": START},
    "Momentum.start": {"theta": START},
    "Nesterov.start": {"theta": START},
    "Adam.start": {"theta": START},
    "training": TRAINING,
    "train": {**TRAINING, "every": [None, 0, -1, 2.5, "2", True, [], [-1], [1.5], [99], np.eye(2)]},
    "Recording.params": {"k": [3, -4, 1.5, "1", None, True, np.eye(2)]},
    "initializers.zeros": {"sizes": NO_SIZES},
    "initializers.constant": {"sizes": NO_SIZES, "value": NO_NUMBER},
    "initializers.normal": {**DRAWN, "scale": ABOVE_0},
    "initializers.uniform": {**DRAWN, "low": NO_NUMBER, "high": [-1.0, *NO_NUMBER]},
    "initializers.xavier": DRAWN,
    "initializers.he": DRAWN,
    "initializers.lecun": DRAWN,
    "datasets.moons": DATASET,
    "datasets.circles": {**DATASET, "factor": SHARE},
    "datasets.spirals": {**DATASET, "turns": ABOVE_0},
    "datasets.xor": {**DATASET, "m": [3, *DATASET["m"]]},
    "datasets.blobs": {**DATASET, "m": [2, *DATASET["m"]], "classes": [1, None, *NO_COUNT]},
    "datasets.parity": {"n": [21, 10**9, None, *NO_COUNT]},
    "datasets.breast_cancer": {},
    "datasets.iris": {},
    "datasets.wine": {},
    "datasets.digits": {},
    "datasets.split": {
        "X": [POINTS[0], POINTS[None], 0.5, *bad_numbers(POINTS)],
        "y": [LABELS[1:], LABELS[None], LABELS + 0.5, -LABELS, np.eye(3)[LABELS], LABELS * 1j, [], [np.nan] * 12, "text", None],
        "rng": NO_RNG,
        "test": [0.01, *SHARE],
    },
}


# The walk over the public names


def public():
    """Return {name: callable} of all public functions, classes and methods."""
    found = {}
    for name in mlp_course.__all__:
        value = getattr(mlp_course, name)
        if isinstance(value, types.ModuleType):
            inside = {f"{name}.{key}": v for key, v in vars(value).items() if getattr(v, "__module__", "") == value.__name__}
        else:
            inside = {name: value}
        for full_name, value in inside.items():
            if not full_name.split(".")[-1].startswith("_") and not isinstance(value, (Activation, Loss)):
                found[full_name] = value
                if inspect.isclass(value):
                    found.update(methods(full_name, value))
    return found


def methods(name, kind):
    """Return {name: function} of the public methods of a class."""
    own = {key: value for key, value in inspect.getmembers(kind, inspect.isfunction)}
    return {f"{name}.{key}": value for key, value in own.items() if key == "__call__" or not key.startswith("_")}


def arguments_of(value):
    return [name for name in inspect.signature(value).parameters if name != "self"]


PUBLIC = {name: value for name, value in public().items() if name not in RESULTS and name.split(".")[-1] not in UNCHECKED}


def targets_of(name):
    """Return what to call for the public ``name``: itself, or the method of every object that has it."""
    owner, _, method = name.rpartition(".")
    if owner in ("", "datasets", "initializers"):
        return [PUBLIC[name]]
    return [getattr(one, method) for one in OWNERS.get(name) or OWNERS[owner]]


def arguments_for(name):
    available = {**good(), **GOOD.get(name, {})}
    return {argument: available[argument] for argument in arguments_of(PUBLIC[name])}


CASES = [
    pytest.param(name, argument, value, id=f"{name}-{argument}-{number}")
    for name, bad in BAD.items()
    for argument, values in bad.items()
    for number, value in enumerate(values)
]


# The tests


def test_the_table_has_every_public_name_and_argument():
    assert {name: sorted(bad) for name, bad in BAD.items()} == {name: sorted(arguments_of(v)) for name, v in PUBLIC.items()}
    assert all(values for bad in BAD.values() for values in bad.values())


def test_what_is_excused_exists_and_says_so():
    everything = public()
    assert all(name in everything for name in RESULTS)
    unchecked = {name: value for name, value in everything.items() if name.split(".")[-1] in UNCHECKED}
    assert len(unchecked) == len(UNCHECKED)
    assert all("Nothing is checked" in value.__doc__ for value in unchecked.values())


@pytest.mark.parametrize("name", BAD)
def test_good_arguments_pass(name):
    """So that a bad one below is refused for itself."""
    for target in targets_of(name):
        target(**arguments_for(name))


@pytest.mark.parametrize("name, argument, value", CASES)
def test_a_bad_argument_is_named_in_one_sentence(name, argument, value):
    for target in targets_of(name):
        arguments = {**arguments_for(name), argument: value}
        theta = arguments["params"].theta.copy() if argument != "params" and "params" in arguments else None
        with pytest.raises((TypeError, ValueError, IndexError)) as caught:
            target(**arguments)
        message = str(caught.value)
        assert re.match(rf"{argument}(\b|\()", message), f"does not begin with the argument's name: {message}"
        assert " must " in message and "got " in message, f"does not say what was expected and what came: {message}"
        assert "\n" not in message and len(message) <= 160, f"is not one short sentence: {message}"
        assert theta is None or np.array_equal(arguments["params"].theta, theta)


@pytest.mark.parametrize("loss", [binary_cross_entropy, cross_entropy], ids=repr)
@pytest.mark.parametrize("wrong", [2 * Y, -Y, Y - 0.5], ids=["twice", "negative", "centered"])
def test_targets_outside_0_to_1_are_refused_by_both_cross_entropies(loss, wrong):
    for method in (loss.cost, loss.dZ):
        with pytest.raises(ValueError, match=rf"^Y must lie between 0 and 1 for {loss.name}, got"):
            method(Z[2], A[2], wrong)


def test_columns_that_are_not_one_hot_are_refused_by_cross_entropy_alone():
    two = np.ones((3, M))
    with pytest.raises(ValueError, match="^Y must be one-hot for cross_entropy, got a column with sum 3$"):
        cross_entropy.cost(Z[2], A[2], two)
    assert binary_cross_entropy.cost(Z[2], A[2], two) > 0


def test_numbers_of_any_size_are_targets_of_squared_errors():
    assert half_squared_error.cost(Z[2], A[2], 1e6 * Y) > 0


def test_a_transposed_block_is_asked_about():
    with pytest.raises(ValueError, match=r"^W\[2\] must have shape \(3, 4\), got \(4, 3\): transposed\?$"):
        PARAMS.copy().W[2] = np.zeros((4, 3))


def test_many_classes_fit_in_one_sentence():
    """The counts of 60 classes, printed by NumPy, would take two lines."""
    with pytest.raises(ValueError) as caught:
        datasets.split(np.ones((1, 60)), np.arange(60), rng(), 0.01)
    assert str(caught.value).startswith("test must ") and "\n" not in str(caught.value)
