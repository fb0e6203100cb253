"""Update rules against hand-computed steps and scikit-learn's, training against loops written out."""

import copy
import pickle
import re
import warnings

import numpy as np
import pytest
import tqdm
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.neural_network import _stochastic_optimizers as theirs

from mlp_course import (
    MLP, Adam, Decay, Epoch, GradientDescent, Loss, Momentum, Nesterov, Parameters, Recording, TrainingDiverged,
    binary_cross_entropy, cross_entropy, half_squared_error, identity, initializers, mean_squared_error, relu, tanh, train,
    training,
)

OPTIMIZERS = [GradientDescent(0.1), Momentum(0.1), Nesterov(0.1), Adam(0.1)]
SIZES, M = (2, 5, 3), 10

each_optimizer = pytest.mark.parametrize("optimizer", OPTIMIZERS, ids=lambda optimizer: type(optimizer).__name__)
thorough = settings(deadline=None, derandomize=True, max_examples=50)
rates, momenta, seeds = st.floats(1e-4, 1), st.floats(0, 0.99), st.integers(0, 10**6)


def words(value):
    """Return ``value`` as the name of a case: no address, so that every worker collects the same names."""
    return re.sub(r" at 0x\w+", "", str(value), flags=re.IGNORECASE)


def rng(seed=0):
    return np.random.default_rng(seed)


def path(optimizer, theta, gradient_at, steps):
    """Return theta after each step of ``optimizer``, with ``gradient_at(theta)``."""
    theta = np.array(theta, dtype=float)
    step, visited = optimizer.start(theta), []
    for _ in range(steps):
        step(theta, gradient_at(theta))
        visited.append(theta.copy())
    return np.array(visited)


def problem(seed=0, dtype=float, sizes=SIZES, m=M, hidden=tanh):
    """Return a network for K classes, starting parameters, X and one-hot Y."""
    source = rng(seed)
    params = Parameters(sizes, initializers.xavier(sizes, source).theta, dtype)
    Y = np.eye(sizes[-1])[:, np.arange(m) % sizes[-1]]
    return MLP(hidden, cross_entropy), params, source.normal(size=(sizes[0], m)).astype(dtype), Y.astype(dtype)


# Update rules


def test_the_first_steps_of_gradient_descent():
    """theta = 3 under J = theta^2 / 2 and eta = 0.5: halved at each step."""
    assert path(GradientDescent(0.5), [3.0], lambda theta: theta, 3).ravel().tolist() == [1.5, 0.75, 0.375]


def test_the_first_steps_of_momentum():
    """A gradient of 1, eta = 0.5, mu = 0.5: v = -0.5, -0.75, -0.875."""
    visited = path(Momentum(0.5, 0.5), [0.0], np.ones_like, 3)
    assert visited.ravel().tolist() == [-0.5, -1.25, -2.125]


def test_the_first_steps_of_nesterov():
    """The same v, but theta moves by mu v - eta: -0.75, -0.875, -0.9375."""
    visited = path(Nesterov(0.5, 0.5), [0.0], np.ones_like, 3)
    assert visited.ravel().tolist() == [-0.75, -1.625, -2.5625]


def test_the_second_step_of_adam():
    """Gradients 1, then 0, with beta1 = beta2 = 1/2: p = 1/4 of 3/4, q the same, so the step is eta (1/3) / sqrt(1/3)."""
    gradients = iter([1.0, 0.0])
    visited = path(Adam(0.1, 0.5, 0.5, 1e-300), [0.0], lambda theta: np.array([next(gradients)]), 2)
    assert visited.ravel() == pytest.approx([-0.1, -0.1 - 0.1 / np.sqrt(3)], rel=1e-15)


@pytest.mark.parametrize("scale", [1e-5, 1, 1e5])
def test_adams_first_step_is_eta_times_the_sign(scale):
    gradient = scale * np.array([3.0, -0.2, 1e3])
    assert path(Adam(0.01), [0.0] * 3, lambda theta: gradient, 1)[0] == pytest.approx([-0.01, 0.01, -0.01], rel=0.01)


@thorough
@given(eta=st.floats(0.01, 1.9), c=st.lists(st.floats(0.1, 1), min_size=1, max_size=4))
def test_on_a_quadratic_gradient_descent_is_a_geometric_sequence(eta, c):
    """J = sum c theta^2 / 2 from theta = 1: after t steps theta = (1 - eta c)^t."""
    c, t = np.array(c), np.arange(1, 21)[:, None]
    visited = path(GradientDescent(eta), np.ones(c.size), lambda theta: c * theta, 20)
    assert np.allclose(visited, (1 - eta * c) ** t, rtol=1e-10, atol=1e-14)


@thorough
@given(eta=rates, mu=momenta, seed=seeds)
def test_momentum_and_nesterov_are_their_recursions(eta, mu, seed):
    gradients = rng(seed).normal(size=(6, 3)).tolist()
    for optimizer, look_ahead in ((Momentum(eta, mu), False), (Nesterov(eta, mu), True)):
        theta, v, expected = [0.0] * 3, [0.0] * 3, []
        for gradient in gradients:
            v = [mu * v_j - eta * g_j for v_j, g_j in zip(v, gradient)]
            move = [mu * v_j - eta * g_j for v_j, g_j in zip(v, gradient)] if look_ahead else v
            theta = [theta_j + move_j for theta_j, move_j in zip(theta, move)]
            expected.append(theta)
        remaining = iter(gradients)
        visited = path(optimizer, [0.0] * 3, lambda theta: np.array(next(remaining)), 6)
        assert np.allclose(visited, expected, rtol=1e-12, atol=1e-15)


def test_nesterov_evaluates_the_gradient_where_momentum_will_have_gone():
    """With psi = theta - mu v: Sutskever's form, v <- mu v - eta J'(psi + mu v), psi <- psi + v, seen at psi + mu v."""
    eta, mu, slope = 0.1, 0.9, lambda x: 2 * x + np.cos(x)
    psi, v, seen = 1.0, 0.0, []
    for _ in range(8):
        v = mu * v - eta * slope(psi + mu * v)
        psi += v
        seen.append(psi + mu * v)
    assert path(Nesterov(eta, mu), [1.0], slope, 8).ravel() == pytest.approx(seen, rel=1e-13)


@pytest.mark.parametrize("mu", [0.0, 0.5, 0.9])
@pytest.mark.parametrize("nesterov", [False, True])
def test_momentum_and_nesterov_are_those_of_scikit_learn(mu, nesterov):
    gradients, blocks = rng().normal(size=(30, 4)), [np.zeros(4)]
    optimizer = theirs.SGDOptimizer(blocks, learning_rate_init=0.3, momentum=mu, nesterov=nesterov)
    remaining = iter(gradients)
    ours = path((Nesterov if nesterov else Momentum)(0.3, mu), np.zeros(4), lambda theta: next(remaining), 30)
    for gradient, theta in zip(gradients, ours):
        optimizer.update_params(blocks, [gradient])
        assert np.allclose(theta, blocks[0], rtol=1e-13, atol=1e-15)


def test_adam_is_that_of_scikit_learn():
    """It adds epsilon before the bias of q is undone, so its epsilon is taken small enough not to matter."""
    gradients, blocks = rng().normal(size=(50, 4)), [np.zeros(4)]
    optimizer = theirs.AdamOptimizer(blocks, learning_rate_init=0.01, beta_1=0.8, beta_2=0.99, epsilon=1e-30)
    remaining = iter(gradients)
    ours = path(Adam(0.01, 0.8, 0.99, 1e-30), np.zeros(4), lambda theta: next(remaining), 50)
    for gradient, theta in zip(gradients, ours):
        optimizer.update_params(blocks, [gradient])
        assert np.allclose(theta, blocks[0], rtol=1e-12, atol=1e-15)


def test_momentum_0_is_gradient_descent():
    slope = np.cos
    for optimizer in (Momentum(0.2, 0.0), Nesterov(0.2, 0.0)):
        assert np.array_equal(path(optimizer, [1.0], slope, 9), path(GradientDescent(0.2), [1.0], slope, 9))


@each_optimizer
def test_every_start_begins_anew_and_the_gradient_is_not_changed(optimizer):
    gradient = np.array([1.0, -2.0])
    first, second = (path(optimizer, [0.5, 0.5], lambda theta: gradient, 4) for _ in range(2))
    assert np.array_equal(first, second)
    assert gradient.tolist() == [1, -2]


@each_optimizer
def test_an_optimizer_is_a_value(optimizer):
    assert pickle.loads(pickle.dumps(optimizer)) == copy.deepcopy(optimizer) == optimizer
    assert eval(repr(optimizer)) == optimizer


def test_the_default_settings_are_those_of_the_papers():
    assert Adam() == Adam(0.001, 0.9, 0.999, 1e-8)
    assert Momentum(0.1).momentum == Nesterov(0.1).momentum == 0.9


# Training is the loop written out


def test_one_neuron_learns_as_in_the_loop_of_the_notes():
    source = rng()
    X, w, b, eta = source.normal(size=(3, 20)), source.normal(size=(1, 3)), 0.25, 0.5
    Y = (X[:1] + X[1:2] > 0).astype(float)
    params = Parameters((3, 1))
    params.W[1], params.b[1] = w, [[b]]
    for epoch in training(MLP(identity, binary_cross_entropy), params, X, Y, GradientDescent(eta), epochs=50):
        A = 1 / (1 + np.exp(-(w @ X + b)))
        J = -np.sum(Y * np.log(A) + (1 - Y) * np.log(1 - A)) / 20
        w = w - eta * ((A - Y) @ X.T / 20)
        b = b - eta * (np.sum(A - Y) / 20)
        assert epoch.cost == pytest.approx(J, rel=1e-13)
        assert np.allclose(params.W[1], w, rtol=1e-14, atol=1e-15)
        assert params.b[1].item() == pytest.approx(b, rel=1e-14, abs=1e-15)


@each_optimizer
def test_full_batches_are_bit_for_bit_gradients_and_steps(optimizer):
    mlp, params, X, Y = problem()
    by_hand = params.copy()
    step = optimizer.start(by_hand.theta)
    for epoch in training(mlp, params, X, Y, optimizer, epochs=7):
        assert epoch.cost == mlp.cost(by_hand, X, Y)
        step(by_hand.theta, mlp.gradient(by_hand, X, Y).theta)
        assert np.array_equal(params.theta, by_hand.theta)
    assert epoch.number == 7


def test_batches_are_gradients_of_the_shuffled_examples_in_turn():
    mlp, params, X, Y = problem()
    by_hand, shuffles = params.copy(), rng(3)
    for _ in training(mlp, params, X, Y, GradientDescent(0.1), epochs=3, batch_size=4, rng=rng(3)):
        order = shuffles.permutation(M)
        for batch in (order[:4], order[4:8], order[8:]):
            by_hand.theta -= 0.1 * mlp.gradient(by_hand, X[:, batch], Y[:, batch]).theta
        assert np.allclose(params.theta, by_hand.theta, rtol=1e-12, atol=1e-15)


def test_a_line_is_found():
    X = np.linspace(-1, 1, 11)[None, :]
    params = Parameters((1, 1))
    train(MLP(identity, half_squared_error), params, X, 3 * X - 2, GradientDescent(0.5), epochs=200)
    assert params.theta == pytest.approx([3, -2], abs=1e-9)


@each_optimizer
def test_every_optimizer_lowers_the_cost(optimizer):
    mlp, params, X, Y = problem()
    costs = train(mlp, params, X + 3 * Y[:2], Y, optimizer, epochs=100).costs
    assert costs[-1] < costs[0] / 2


# The same start gives the same run


@each_optimizer
@pytest.mark.parametrize("batch_size", [None, 3])
@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_the_same_start_gives_the_same_run_bit_for_bit(optimizer, batch_size, dtype):
    runs = []
    for _ in range(2):
        mlp, params, X, Y = problem(dtype=dtype)
        runs.append(train(mlp, params, X, Y, optimizer, epochs=5, batch_size=batch_size, rng=rng()))
    assert np.array_equal(runs[0].thetas, runs[1].thetas) and np.array_equal(runs[0].costs, runs[1].costs)


def test_another_seed_gives_another_run():
    thetas = []
    for seed in (0, 1):
        mlp, params, X, Y = problem()
        train(mlp, params, X, Y, GradientDescent(0.1), epochs=2, batch_size=3, rng=rng(seed))
        thetas.append(params.theta)
    assert not np.array_equal(*thetas)


def test_global_random_state_is_left_alone():
    before = np.random.get_state()[1].copy()
    mlp, params, X, Y = problem()
    train(mlp, params, X, Y, Adam(), epochs=2, batch_size=3, rng=rng())
    assert np.array_equal(np.random.get_state()[1], before)


# Batches


def seen_by(loss):
    """Return ``loss`` with a list of the targets that it was given, batch by batch."""
    seen = []

    def mean_loss(Z, A, Y):
        seen.append(Y.copy())
        return loss.unchecked_cost(Z, A, Y)

    return Loss(loss.name, loss.output, mean_loss, loss.unchecked_dZ), seen


def test_every_example_is_used_once_an_epoch_in_a_new_order():
    loss, seen = seen_by(half_squared_error)
    X, Y = np.ones((1, 11)), np.arange(11.0)[None, :]  # the target is the example's number
    run = training(MLP(identity, loss), Parameters((1, 1)), X, Y, GradientDescent(1e-3), 3, batch_size=4, rng=rng())
    orders = []
    for _ in run:
        assert [batch.shape for batch in seen] == [(1, 4), (1, 4), (1, 3)]
        orders.append(np.hstack(seen).ravel().tolist())
        assert sorted(orders[-1]) == list(range(11))
        seen.clear()
    assert len({tuple(order) for order in orders}) == 3


def test_columns_stay_with_their_targets():
    """Targets are twice the inputs, so from w = 2 no batch, however shuffled, has an error."""
    X = rng().normal(size=(1, 9))
    params = Parameters((1, 1), [2, 0])
    costs = [e.cost for e in training(MLP(identity, half_squared_error), params, X, 2 * X, Adam(), 3, batch_size=2, rng=rng())]
    assert costs == [0, 0, 0] and params.theta.tolist() == [2, 0]


def test_a_smaller_last_batch_counts_for_its_examples_alone():
    """Rate almost 0, so the parameters stand still: the mean over batches must be the mean over examples."""
    mlp, params, X, Y = problem()
    J = mlp.cost(params, X, Y)
    for batch_size in (3, 4, 7, 10, 1):
        run = training(mlp, params, X, Y, GradientDescent(1e-300), 1, batch_size=batch_size, rng=rng())
        assert [epoch.cost for epoch in run] == pytest.approx([J], rel=1e-14)


def test_the_batches_are_contiguous_in_the_layout_of_the_data():
    mlp, params, X, Y = problem()
    seen = []

    class Watched(MLP):
        def forward_sweep(self, params, X):
            seen.append(X)
            return super().forward_sweep(params, X)

    list(training(Watched(mlp.hidden_activation, mlp.loss), params, X, Y, Adam(), 1, batch_size=5, rng=rng()))
    assert [batch.T.flags.c_contiguous for batch in seen] == [True, True]


# The iterator


def test_epochs_are_counted_from_1_and_the_cost_is_from_before_the_update():
    mlp, params, X, Y = problem()
    start = mlp.cost(params, X, Y)
    epochs = list(training(mlp, params, X, Y, GradientDescent(0.1), epochs=3))
    assert all(isinstance(epoch, Epoch) for epoch in epochs)
    assert [epoch.number for epoch in epochs] == [1, 2, 3]
    assert epochs[0].cost == start and type(epochs[0].cost) is float


def test_nothing_is_trained_before_it_is_asked_for():
    mlp, params, X, Y = problem()
    before = params.theta.copy()
    run = training(mlp, params, X, Y, GradientDescent(0.1), epochs=3)
    assert np.array_equal(params.theta, before)
    assert next(run).number == 1
    assert not np.array_equal(params.theta, before)


def test_break_leaves_the_parameters_of_that_epoch_and_the_run_can_go_on():
    mlp, params, X, Y = problem()
    recording = train(mlp, params.copy(), X, Y, Momentum(0.1), epochs=5)
    run = training(mlp, params, X, Y, Momentum(0.1), epochs=5)
    for epoch in run:
        if epoch.number == 2:
            break
    assert np.array_equal(params.theta, recording.thetas[2])
    assert [epoch.number for epoch in run] == [3, 4, 5]
    assert np.array_equal(params.theta, recording.thetas[5])


def test_tqdm_knows_the_length(capsys):
    mlp, params, X, Y = problem()
    run = training(mlp, params, X, Y, GradientDescent(0.1), epochs=4)
    assert len(run) == 4
    assert [epoch.number for epoch in tqdm.tqdm(run)] == [1, 2, 3, 4]
    assert "4/4" in capsys.readouterr().err


@pytest.mark.parametrize(
    "wrong, message",
    [
        ({"mlp": "mlp"}, "^mlp must be MLP, got str"),
        ({"params": np.zeros(33)}, "^params must be Parameters, got ndarray"),
        ({"X": np.ones((M, 2))}, r"^X must have shape \(2, m\), got \(10, 2\): transposed\? one column is one example"),
        ({"Y": np.ones((M, 3))}, r"^Y must have shape \(3, 10\), got \(10, 3\): transposed\?"),
        ({"Y": 2 * np.ones((3, M))}, "^Y must lie between 0 and 1"),
        ({"optimizer": 0.1}, r"^optimizer must be an optimizer such as GradientDescent\(0.1\), got 0.1"),
        ({"optimizer": GradientDescent}, "^optimizer must be an optimizer such as GradientDescent"),
        ({"epochs": 0}, "^epochs must be at least 1, got 0"),
        ({"batch_size": 0, "rng": rng()}, "^batch_size must be at least 1, got 0"),
        ({"batch_size": 11, "rng": rng()}, "^batch_size must be at most the number of examples, 10, got 11"),
        ({"batch_size": 5}, "^rng must be a NumPy Generator"),
        ({"rng": 42}, "^rng must be a NumPy Generator"),
    ],
    ids=words,
)
def test_arguments_are_checked_before_the_first_epoch(wrong, message):
    mlp, params, X, Y = problem()
    arguments = {"mlp": mlp, "params": params, "X": X, "Y": Y, "optimizer": GradientDescent(0.1), "epochs": 1, **wrong}
    for run in (training, train):
        with pytest.raises((TypeError, ValueError), match=message):
            run(**arguments)


# Recordings


def test_a_recording_holds_every_epoch_and_the_cost_there():
    mlp, params, X, Y = problem()
    start = params.theta.copy()
    recording = train(mlp, params, X, Y, Adam(0.05), epochs=6, batch_size=4, rng=rng())
    assert isinstance(recording, Recording) and recording.sizes == SIZES
    assert recording.epochs.tolist() == [0, 1, 2, 3, 4, 5, 6]
    assert np.array_equal(recording.thetas[0], start) and np.array_equal(recording.thetas[6], params.theta)
    assert not np.shares_memory(recording.thetas, params.theta)
    for theta, cost in zip(recording.thetas, recording.costs):
        assert cost == mlp.cost(Parameters(SIZES, theta), X, Y)


@pytest.mark.parametrize(
    "every, epochs, kept", [(1, 3, [0, 1, 2, 3]), (2, 5, [0, 2, 4, 5]), (3, 6, [0, 3, 6]), (10, 4, [0, 4])]
)
def test_every_keeps_each_such_epoch_and_the_last(every, epochs, kept):
    mlp, params, X, Y = problem()
    all_of_them = train(mlp, params.copy(), X, Y, GradientDescent(0.1), epochs)
    recording = train(mlp, params, X, Y, GradientDescent(0.1), epochs, every=every)
    assert recording.epochs.tolist() == kept
    assert np.array_equal(recording.thetas, all_of_them.thetas[kept])
    assert np.array_equal(recording.costs, all_of_them.costs[kept])


def test_params_of_a_recording_are_copies():
    mlp, params, X, Y = problem()
    recording = train(mlp, params, X, Y, GradientDescent(0.1), epochs=3)
    middle = recording.params(1)
    assert isinstance(middle, Parameters) and np.array_equal(middle.theta, recording.thetas[1])
    assert np.array_equal(recording.params(-1).theta, params.theta)
    middle.theta[:] = 7
    assert not (recording.thetas == 7).any()


@pytest.mark.parametrize("k", [4, -5, 1.5, "1", None])
def test_a_state_that_was_not_recorded_is_refused(k):
    mlp, params, X, Y = problem()
    recording = train(mlp, params, X, Y, GradientDescent(0.1), epochs=3)
    with pytest.raises((TypeError, ValueError, IndexError), match="^k must be"):
        recording.params(k)


# Divergence

SQUARES = MLP(identity, half_squared_error)
LINE = np.array([[1.0, 2.0, 3.0]])


def diverging():
    """Return arguments whose cost grows until floats end: J = (w - 2)^2 (1 + 4 + 9) / 6 and a rate of 100."""
    return SQUARES, Parameters((1, 1), [1, 0]), LINE, 2 * LINE, GradientDescent(100.0)


@pytest.mark.parametrize("run", [lambda *args: list(training(*args)), train], ids=["training", "train"])
def test_a_divergence_says_when_and_what_was_last_and_warns_of_nothing(run):
    costs, stopped = [], None
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            for epoch in training(*diverging(), 1000):
                costs.append(epoch.cost)
        except TrainingDiverged as error:
            stopped = str(error)
        with pytest.raises(TrainingDiverged, match="the cost is no longer finite in epoch") as caught:
            run(*diverging(), 1000)
    assert stopped.startswith(
        f"the cost is no longer finite in epoch {len(costs) + 1} (the last finite cost was {costs[-1]:.4g}): try a"
    )
    assert np.isfinite(costs).all() and costs[-1] > 1e290
    assert f"the last finite cost was {costs[-1]:.4g}" in str(caught.value)


@pytest.mark.parametrize("every", [1, 5, 1000])
def test_a_recording_never_ends_in_a_cost_that_is_not_finite(every):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for epochs in range(50, 60):  # the costs end in epoch 56 and the parameters later
            try:
                assert np.isfinite(train(*diverging(), epochs, every=every).costs).all()
            except TrainingDiverged:
                assert epochs >= 56
            else:
                assert epochs < 56


def test_a_start_that_is_too_large_is_a_divergence_before_the_first_epoch():
    arguments = SQUARES, Parameters((1, 1), [1e200, 0]), LINE, LINE, GradientDescent(0.1), 5
    with pytest.raises(TrainingDiverged, match=r"in epoch 1 \(it never was\)"):
        list(training(*arguments))
    with pytest.raises(TrainingDiverged, match=r"in epoch 0 \(it never was\)"):
        train(*arguments)


def test_a_divergence_in_float32_comes_sooner():
    _, params, X, Y, optimizer = diverging()
    small = Parameters((1, 1), params.theta, np.float32)
    with pytest.raises(TrainingDiverged) as caught:
        list(training(SQUARES, small, X, Y, optimizer, 1000))
    assert int(str(caught.value).split("epoch ")[1].split()[0]) < 20


# Precision and memory


@each_optimizer
@pytest.mark.parametrize("loss", [cross_entropy, mean_squared_error], ids=repr)
@pytest.mark.parametrize("batch_size", [None, 3])
def test_float32_stays_float32(optimizer, loss, batch_size):
    _, params, X, Y = problem(dtype=np.float32)
    dtypes = set()

    class Watched(MLP):
        def backward_sweep(self, params, Z, A, Y, out):
            dtypes.update(array.dtype.name for array in [*Z[1:], *A, Y, out.theta, self.loss.unchecked_dZ(Z[-1], A[-1], Y)])
            return super().backward_sweep(params, Z, A, Y, out)

    recording = train(
        Watched(relu, loss), params, X.astype(float), Y.astype(int), optimizer, epochs=2, batch_size=batch_size, rng=rng()
    )
    assert dtypes == {"float32"} and recording.thetas.dtype == np.float32
    assert recording.params(1).theta.dtype == np.float32


@pytest.mark.parametrize("batch_size", [None, 3])
def test_examples_are_not_changed(batch_size):
    mlp, params, X, Y = problem()
    X.flags.writeable = Y.flags.writeable = False
    before = X.copy(), Y.copy()
    train(mlp, params, X, Y, Adam(), epochs=3, batch_size=batch_size, rng=rng())
    assert np.array_equal(X, before[0]) and np.array_equal(Y, before[1])


def test_full_batches_are_the_examples_themselves():
    mlp, params, X, Y = problem()
    seen = []

    class Watched(MLP):
        def backward_sweep(self, params, Z, A, Y, out):
            seen.append((A[0], Y, out))
            return super().backward_sweep(params, Z, A, Y, out)

    list(training(Watched(mlp.hidden_activation, mlp.loss), params, X, Y, Adam(), epochs=2))
    assert all(np.shares_memory(A_0, X) and np.shares_memory(Y_seen, Y) for A_0, Y_seen, _ in seen)
    assert seen[0][2] is seen[1][2], "the gradient's memory is used again"
    assert not np.shares_memory(seen[0][2].theta, params.theta)


def test_lists_are_taken_and_give_the_same_run():
    mlp, params, X, Y = problem()
    same = params.copy()
    one = train(mlp, params, X, Y, GradientDescent(0.1), epochs=3)
    other = train(mlp, same, X.tolist(), Y.astype(bool).tolist(), GradientDescent(0.1), epochs=3)
    assert np.allclose(other.thetas, one.thetas, rtol=1e-13, atol=1e-16)
    assert np.allclose(other.costs, one.costs, rtol=1e-13)


# A falling learning rate


def test_a_decay_falls_as_it_says_and_starts_anew_with_each_training():
    eta = Decay(0.5, 0.1)
    assert [eta(t) for t in (0, 1, 10)] == [0.5, 0.5 / 1.1, 0.25]
    for optimizer in (GradientDescent(eta), Momentum(eta, 0.0), Nesterov(eta, 0.0)):
        for _ in range(2):
            theta, step = np.array([1.0, -2.0]), optimizer.start(np.zeros(2))
            for _ in range(3):
                step(theta, np.array([1.0, 10.0]))
            assert np.allclose(theta, np.array([1.0, -2.0]) - (0.5 + 0.5 / 1.1 + 0.5 / 1.2) * np.array([1, 10]))
    theta, step = np.array([1.0]), Adam(eta).start(np.zeros(1))
    step(theta, np.array([3.0]))
    step(theta, np.array([3.0]))
    assert np.allclose(theta, 1 - 0.5 - 0.5 / 1.1), "equal gradients: Adam's steps are eta_t"


def test_train_costs_the_data_in_the_precision_it_trains_in():
    rng = np.random.default_rng(0)
    X, Y = rng.normal(size=(2, 30)), rng.integers(0, 2, (1, 30)).astype(float)
    mlp = MLP(tanh, binary_cross_entropy)
    params = Parameters((2, 3, 1), initializers.xavier((2, 3, 1), rng).theta, np.float32)
    start = params.copy()
    recording = train(mlp, params, X, Y, GradientDescent(0.1), 1)
    (epoch,) = training(mlp, start, X, Y, GradientDescent(0.1), 1)
    assert recording.costs[0] == epoch.cost


def test_train_keeps_the_epochs_that_are_listed():
    def kept(epochs, every):
        return train(*problem(), GradientDescent(0.5), epochs, every=every)

    run, whole = kept(9, [2, 5]), kept(9, 1)
    assert run.epochs.tolist() == [0, 2, 5, 9]
    assert np.array_equal(run.thetas, whole.thetas[run.epochs]) and np.array_equal(run.costs, whole.costs[run.epochs])
    assert kept(3, np.array([0, 1])).epochs.tolist() == [0, 1, 3]
    with pytest.raises(TypeError, match="every must be a whole number, got 1.5"):
        kept(3, [1.5])
    with pytest.raises(ValueError, match="every must hold epochs from 0 to 3, got 4"):
        kept(3, [1, 4])
    with pytest.raises(ValueError, match="every must hold epochs from 0 to 3, got none"):
        kept(3, [])


def test_a_training_that_diverges_brings_what_was_recorded():
    with pytest.raises(TrainingDiverged) as caught:
        train(*diverging(), 400)
    run = caught.value.recording
    assert 0 < run.epochs[-1] < 400 and np.isfinite(run.costs).all()
    assert len(run.epochs) == len(run.thetas) == len(run.costs) == run.epochs[-1] + 1
