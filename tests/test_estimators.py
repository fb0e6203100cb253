"""The estimators keep scikit-learn's contract, and train the course's network: scikit-learn's own is the reference."""

import inspect
import pickle
import warnings

import numpy as np
import pytest
from matplotlib.figure import Figure
from sklearn.base import clone
from sklearn.exceptions import ConvergenceWarning, DataConversionWarning, NotFittedError
from sklearn.inspection import DecisionBoundaryDisplay
from sklearn.metrics import ConfusionMatrixDisplay
from sklearn.model_selection import GridSearchCV, StratifiedKFold, cross_val_predict
from sklearn.neural_network import MLPClassifier, MLPRegressor
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.utils.estimator_checks import parametrize_with_checks

from mlp_course import (
    MLP, Adam, Epoch, GradientDescent, Momentum, Nesterov, TrainingDiverged, binary_cross_entropy, cross_entropy,
    datasets, estimators, half_squared_error, initializers, tanh, training,
)
from mlp_course.estimators import CourseClassifier, CourseRegressor

BOTH = [CourseClassifier, CourseRegressor]
THEIRS = {CourseClassifier: MLPClassifier, CourseRegressor: MLPRegressor}
REFERENCE_ACTIVATIONS = ["identity", "logistic", "tanh", "relu"]

unfinished = pytest.mark.filterwarnings("ignore::sklearn.exceptions.ConvergenceWarning")
each_kind = pytest.mark.parametrize("kind", BOTH)


def problem(targets=2, m=60, n0=3, seed=0):
    """Return rows X (m, n0) and targets: labels of 2 or 3 classes, or "number" (m,), or "numbers" (m, 2)."""
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(m, n0))
    values = np.column_stack([np.sin(2 * X[:, 0]), X[:, 1] ** 2])
    if targets == "number":
        return X, values[:, 0]
    return X, values if targets == "numbers" else np.argsort(np.argsort(values[:, 0])) * targets // m


# Each estimator with each kind of targets it takes, and the loss they ask for.
PROBLEMS = [
    (CourseClassifier, 2, binary_cross_entropy),
    (CourseClassifier, 3, cross_entropy),
    (CourseRegressor, "number", half_squared_error),
    (CourseRegressor, "numbers", half_squared_error),
]
each_problem = pytest.mark.parametrize("kind, targets, loss", PROBLEMS)


def columns(y, targets):
    """Return the targets Y (K, m) that the notes would write for ``y``."""
    if targets == 3:
        return np.eye(3)[:, y]
    return np.atleast_2d(y.T)


def generator(seed):
    """Return the Generator of an estimator with ``random_state=seed``."""
    return np.random.default_rng(np.random.RandomState(seed).randint(2**31 - 1))


@pytest.fixture
def seen(monkeypatch):
    """Return the arguments of the last call to training, by name; params as they were at the start."""
    calls = {}

    def spy(*arguments):
        calls.update(inspect.signature(training).bind(*arguments).arguments)
        calls["params"] = calls["params"].copy()
        return training(*arguments)

    monkeypatch.setattr(estimators, "training", spy)
    return calls


# scikit-learn's contract

EVERY_CHECK = parametrize_with_checks([
    CourseClassifier(), CourseRegressor(), CourseClassifier(activation="elu", solver="sgd", learning_rate_init=0.1, batch_size=20),
])  # fmt: skip


@unfinished
@pytest.mark.parametrize(EVERY_CHECK.args[0], list(EVERY_CHECK.args[1]), **EVERY_CHECK.kwargs)
def test_scikit_learns_checks_pass_without_exception(estimator, check):
    check(estimator)


def test_the_regressor_alone_takes_several_targets():
    """So that the checks above try them."""
    assert CourseRegressor().__sklearn_tags__().target_tags.multi_output
    assert not CourseClassifier().__sklearn_tags__().classifier_tags.multi_label


@each_kind
def test_parameters_and_defaults_are_scikit_learns(kind):
    theirs = THEIRS[kind]().get_params()
    ours = kind().get_params()
    assert ours == {name: theirs[name] for name in ours}
    assert set(theirs) - set(ours) <= {
        "alpha", "learning_rate", "power_t", "shuffle", "verbose", "warm_start", "early_stopping", "validation_fraction",
        "beta_1", "beta_2", "epsilon", "max_fun", "loss",
    }  # fmt: skip


@unfinished
@each_problem
def test_fitted_attributes_are_scikit_learns(kind, targets, loss):
    X, y = problem(targets)
    ours, theirs = (one(hidden_layer_sizes=(5, 4), max_iter=3).fit(X, y) for one in (kind, THEIRS[kind]))
    assert [W.shape for W in ours.coefs_] == [W.shape for W in theirs.coefs_]
    assert [b.shape for b in ours.intercepts_] == [b.shape for b in theirs.intercepts_]
    assert ours.out_activation_ == theirs.out_activation_
    assert (ours.n_iter_, ours.n_features_in_, len(ours.loss_curve_)) == (3, 3, 3)
    assert ours.loss_ == ours.loss_curve_[-1]
    assert ours.predict(X).shape == theirs.predict(X).shape
    if kind is CourseClassifier:
        assert np.array_equal(ours.classes_, theirs.classes_)
        assert ours.predict_proba(X).shape == theirs.predict_proba(X).shape


@unfinished
def test_names_of_columns_are_kept_and_checked():
    pandas = pytest.importorskip("pandas")
    X, y = problem()
    table = pandas.DataFrame(X, columns=["a", "b", "c"])
    fitted = CourseClassifier(max_iter=1).fit(table, y)
    assert fitted.feature_names_in_.tolist() == ["a", "b", "c"]
    with pytest.raises(ValueError, match="feature names"):
        fitted.predict(table[["c", "b", "a"]])


@unfinished
@each_problem
@pytest.mark.parametrize("activation", estimators.HIDDEN)
def test_a_pickle_predicts_the_same(kind, targets, loss, activation):
    X, y = problem(targets)
    fitted = kind(activation=activation, max_iter=2).fit(X, y)
    assert np.array_equal(pickle.loads(pickle.dumps(fitted)).predict(X), fitted.predict(X))


@unfinished
@each_kind
def test_a_clone_is_not_fitted_and_trains_the_same(kind):
    X, y = problem()
    fitted = kind(max_iter=2, random_state=3).fit(X, y)
    twin = clone(fitted)
    with pytest.raises(NotFittedError):
        twin.predict(X)
    assert np.array_equal(twin.fit(X, y).params_.theta, fitted.params_.theta)


@unfinished
def test_a_pipeline_in_a_grid_search_on_two_processes():
    X, y = problem(3)
    search = GridSearchCV(
        make_pipeline(StandardScaler(), CourseClassifier(max_iter=5, random_state=0)),
        {"courseclassifier__activation": ["tanh", "elu"], "courseclassifier__hidden_layer_sizes": [(), (4,)]},
        n_jobs=2, cv=2, error_score="raise",
    )  # fmt: skip
    search.fit(X, y)
    assert search.best_score_ == pytest.approx(max(search.cv_results_["mean_test_score"]))
    assert search.predict(X).shape == y.shape


@unfinished
@pytest.mark.parametrize("classes", [2, 3])
def test_scikit_learns_pictures_take_it(classes):
    X, y = problem(classes, n0=2)
    fitted = CourseClassifier(max_iter=2).fit(X, y)
    assert DecisionBoundaryDisplay.from_estimator(fitted, X, ax=Figure().subplots()).response.shape[:2] == (100, 100)
    assert ConfusionMatrixDisplay.from_estimator(fitted, X, y, ax=Figure().subplots()).confusion_matrix.sum() == len(y)


# The course's network


@unfinished
@each_problem
def test_fit_is_training_run_by_hand(kind, targets, loss):
    X, y = problem(targets)
    fitted = kind((5, 4), "tanh", batch_size=16, learning_rate_init=0.01, max_iter=7, random_state=1).fit(X, y)
    rng, Y = generator(1), columns(y, targets)
    params = initializers.xavier((3, 5, 4, len(Y)), rng)
    epochs = training(MLP(tanh, loss), params, X.T, Y, Adam(0.01), 7, 16, rng)
    assert fitted.loss_curve_ == [epoch.cost for epoch in epochs]
    assert np.array_equal(fitted.params_.theta, params.theta)
    assert fitted.mlp_ == MLP(tanh, loss)


@unfinished
def test_full_batches_and_small_steps_decrease_the_loss():
    X, y = problem()
    settings = {"solver": "sgd", "momentum": 0, "learning_rate_init": 0.02, "tol": 0, "random_state": 0}
    for kind in BOTH:
        curve = kind((5,), **settings).fit(X, y).loss_curve_
        assert len(curve) == 200
        assert np.all(np.diff(curve) < 0)


@unfinished
@each_problem
def test_coefs_are_transposed_views(kind, targets, loss):
    fitted = kind((5, 4), max_iter=1).fit(*problem(targets))
    assert len(fitted.coefs_) == len(fitted.intercepts_) == 3
    for l, (coef, intercept) in enumerate(zip(fitted.coefs_, fitted.intercepts_), start=1):
        assert np.array_equal(coef, fitted.params_.W[l].T)
        assert np.array_equal(intercept[:, None], fitted.params_.b[l])
        assert np.shares_memory(coef, fitted.params_.theta) and np.shares_memory(intercept, fitted.params_.theta)


@unfinished
@pytest.mark.parametrize(
    "settings, optimizer",
    [
        ({"solver": "adam"}, Adam(0.01)),
        ({"solver": "sgd"}, Nesterov(0.01, 0.9)),
        ({"solver": "sgd", "momentum": 0.5, "nesterovs_momentum": False}, Momentum(0.01, 0.5)),
        ({"solver": "sgd", "momentum": 0}, GradientDescent(0.01)),
    ],
)
def test_solvers_are_the_courses_optimizers(seen, settings, optimizer):
    CourseClassifier(learning_rate_init=0.01, max_iter=1, **settings).fit(*problem())
    assert seen["optimizer"] == optimizer


@unfinished
@pytest.mark.parametrize("activation", estimators.HIDDEN)
def test_weights_start_where_they_suit_the_activation(seen, activation):
    CourseClassifier((5, 4), activation, max_iter=1, random_state=2).fit(*problem())
    initializer = initializers.he if activation in {"relu", "leaky_relu", "elu", "softplus"} else initializers.xavier
    assert np.array_equal(seen["params"].theta, initializer((3, 5, 4, 1), generator(2)).theta)
    name = {"logistic": "sigmoid", "leaky_relu": "leaky_relu(0.01)", "elu": "elu(1)"}.get(activation, activation)
    assert seen["mlp"].hidden_activation.name == name


@unfinished
@pytest.mark.parametrize("sizes, hidden", [((), ()), (5, (5,)), ((5,), (5,)), ([5, 4], (5, 4)), (np.array([5, 4]), (5, 4))])
def test_hidden_layers(sizes, hidden):
    assert CourseClassifier(sizes, max_iter=1).fit(*problem()).params_.sizes == (3, *hidden, 1)


@unfinished
@pytest.mark.parametrize(
    "batch_size, m, used",
    [("auto", 60, None), ("auto", 200, None), ("auto", 201, 200), (59, 60, 59), (60, 60, None), (61, 60, None), (1, 60, 1)],
)
def test_a_batch_is_200_examples_at_most_or_as_asked(seen, batch_size, m, used):
    CourseClassifier((2,), batch_size=batch_size, max_iter=1).fit(*problem(m=m))
    assert seen["batch_size"] == used


@unfinished
@each_problem
@pytest.mark.parametrize("order", "CF")
def test_rows_are_not_copied(seen, monkeypatch, kind, targets, loss, order):
    X, y = problem(targets)
    X = np.asarray(X, order=order)
    fitted = kind(max_iter=1).fit(X, y)
    assert np.shares_memory(seen["X"], X) and seen["X"].shape == X.T.shape
    forward, given = MLP.forward, []
    monkeypatch.setattr(MLP, "forward", lambda mlp, params, X: given.append(X) or forward(mlp, params, X))
    fitted.predict(X)
    assert np.shares_memory(given[0], X)


@unfinished
@each_problem
def test_single_precision_stays_single(seen, kind, targets, loss):
    X, y = problem(targets)
    X = X.astype(np.float32)
    fitted = kind(max_iter=1).fit(X, y)
    assert seen["X"].dtype == fitted.params_.theta.dtype == np.float32
    assert np.shares_memory(seen["X"], X)
    output = fitted.predict(X) if kind is CourseRegressor else fitted.predict_proba(X)
    assert output.dtype == np.float32


@unfinished
def test_random_state_decides_start_and_batches():
    X, y = problem()

    def theta(random_state):
        return CourseClassifier(batch_size=20, max_iter=2, random_state=random_state).fit(X, y).params_.theta

    assert np.array_equal(theta(0), theta(0))
    assert np.array_equal(theta(0), theta(np.random.RandomState(0)))
    assert not np.allclose(theta(0), theta(1))
    assert not np.allclose(theta(None), theta(None))


# When it stops


def fit_to(costs, monkeypatch, **settings):
    """Return a classifier whose training has these ``costs``."""
    monkeypatch.setattr(estimators, "training", lambda *_: (Epoch(k, cost) for k, cost in enumerate(costs, start=1)))
    return CourseClassifier(**settings).fit(*problem())


@pytest.mark.parametrize(
    "costs, epochs",
    [
        ([5, 4, 4, 4, 4, 4, 4], 5),  # three epochs no better than the best, one more than n_iter_no_change
        ([5, 4, 3.5, 3.25, 3, 2], 5),  # better, but never by tol
        ([5, 4, 6, 4.5, 4.5, 0], 5),  # to come down again is no improvement
        ([5, 4, 6, 6, 2.9, 3, 3, 3, 0], 8),  # the count starts again
        ([5, 3, 4, 2, 2, 2, 2, 2], 7),  # better by tol = 1 exactly is better
        ([5, 4, 3.5, 2.75, 2, 1], 5),  # each is compared with the best so far, which a small gain lowers too
    ],
)
def test_training_stops_when_the_loss_no_longer_improves_by_tol(costs, epochs, monkeypatch):
    fitted = fit_to(costs, monkeypatch, tol=1, n_iter_no_change=2)
    assert fitted.loss_curve_ == costs[:epochs]
    assert (fitted.n_iter_, fitted.loss_) == (epochs, costs[epochs - 1])


def test_to_stop_in_the_last_epoch_is_to_have_converged(monkeypatch):
    assert fit_to([5, 5, 5], monkeypatch, tol=1, n_iter_no_change=1, max_iter=3).n_iter_ == 3


@each_kind
def test_max_iter_reached_is_a_warning(kind):
    with pytest.warns(ConvergenceWarning, match=r"^Maximum iterations \(4\) reached and the optimization hasn't converged yet"):
        fitted = kind(max_iter=4).fit(*problem())
    assert fitted.n_iter_ == 4


def test_no_warning_after_convergence():
    fitted = CourseClassifier(learning_rate_init=0.1, random_state=0).fit(*problem())
    assert fitted.n_iter_ < 200


# Against scikit-learn


@unfinished
@pytest.mark.parametrize("kind, targets", [(kind, targets) for kind, targets, _ in PROBLEMS])
@pytest.mark.parametrize("activation", REFERENCE_ACTIVATIONS)
def test_with_scikit_learns_weights_it_predicts_the_same(kind, targets, activation):
    X, y = problem(targets)
    settings = {"hidden_layer_sizes": (6, 5), "activation": activation, "max_iter": 20, "learning_rate_init": 0.05}
    theirs, ours = THEIRS[kind](**settings).fit(X, y), kind(**settings).fit(X, y)
    for l in ours.params_.layers:
        ours.params_.W[l], ours.params_.b[l] = theirs.coefs_[l - 1].T, theirs.intercepts_[l - 1][:, None]
    if kind is CourseClassifier:
        assert np.abs(ours.predict_proba(X) - theirs.predict_proba(X)).max() < 1e-12
        assert np.abs(ours.predict_log_proba(X) - theirs.predict_log_proba(X)).max() < 1e-9
        assert np.array_equal(ours.predict(X), theirs.predict(X))
    else:
        assert np.abs(ours.predict(X) - theirs.predict(X)).max() < 1e-12


SOLVERS = [
    {"solver": "adam"},
    {"solver": "sgd"},
    {"solver": "sgd", "nesterovs_momentum": False, "momentum": 0.8},
    {"solver": "sgd", "momentum": 0},
]


@unfinished
@pytest.mark.parametrize("solver", SOLVERS)
@pytest.mark.parametrize("kind, targets", [(kind, targets) for kind, targets, _ in PROBLEMS])
def test_from_the_same_start_it_trains_the_same_and_stops_at_the_same_epoch(kind, targets, solver, monkeypatch):
    """Full batches, because each shuffles in its own way, and no L2 penalty.

    scikit-learn's Adam adds epsilon before the running mean of squares is corrected, the paper and the course after.
    """
    X, y = problem(targets)
    settings = {
        **solver, "activation": "tanh", "hidden_layer_sizes": (6, 5), "learning_rate_init": 0.02, "tol": 5e-3, "n_iter_no_change": 3,
        "max_iter": 300, "random_state": 0,
    }  # fmt: skip
    ours = kind(**settings).fit(X, y)
    start = initializers.xavier(ours.params_.sizes, generator(0))
    layers = iter(start.layers)

    def same_start(self, fan_in, fan_out, dtype):
        l = next(layers)
        return start.W[l].T.copy(), start.b[l][:, 0].copy()

    monkeypatch.setattr(THEIRS[kind], "_init_coef", same_start)
    theirs = THEIRS[kind](alpha=0, **settings).fit(X, y)
    outputs = 2 if targets == "numbers" else 1  # theirs is the mean over outputs, its gradient belongs to the sum
    assert ours.n_iter_ == theirs.n_iter_ or outputs == 2
    n = min(ours.n_iter_, theirs.n_iter_)
    tolerance = 1e-4 if solver["solver"] == "adam" else 1e-9
    np.testing.assert_allclose(ours.loss_curve_[:n], outputs * np.array(theirs.loss_curve_[:n]), rtol=tolerance)
    if outputs == 1:
        assert n < 300
        for coef, reference in zip(ours.coefs_, theirs.coefs_):
            np.testing.assert_allclose(coef, reference, atol=tolerance)


@unfinished
def test_as_accurate_as_scikit_learn_on_odd_and_even_digits():
    """The 95 % interval of the difference of the accuracies, paired image by image, lies within 2 points."""
    table = datasets.digits()
    X, y = table.X.T / 16, table.y % 2
    settings = {"hidden_layer_sizes": (32,), "learning_rate_init": 0.01, "max_iter": 40, "random_state": 0}
    folds = StratifiedKFold(4, shuffle=True, random_state=0)
    right = [cross_val_predict(kind(**settings), X, y, cv=folds) == y for kind in (CourseClassifier, MLPClassifier)]
    difference = right[0].astype(float) - right[1]
    half_width = 1.96 * difference.std(ddof=1) / np.sqrt(len(y))
    assert right[0].mean() > 0.96
    assert abs(difference.mean()) + half_width < 0.02


@unfinished
def test_three_species_by_name():
    table = datasets.iris()
    y = np.array(["setosa", "versicolor", "virginica"])[table.y]
    model = make_pipeline(StandardScaler(), CourseClassifier((10,), learning_rate_init=0.01, random_state=0)).fit(table.X.T, y)
    assert model.score(table.X.T, y) > 0.95
    P = model.predict_proba(table.X.T)
    assert np.allclose(P.sum(axis=1), 1)
    assert np.array_equal(model.classes_[P.argmax(axis=1)], model.predict(table.X.T))
    assert np.array_equal(model.predict_log_proba(table.X.T), np.log(P))


@unfinished
@pytest.mark.parametrize("targets", ["number", "numbers"])
def test_a_regression_is_learned(targets):
    X, y = problem(targets, m=400)
    fitted = CourseRegressor((50,), "tanh", learning_rate_init=0.02, random_state=0).fit(X, y)
    assert fitted.score(*problem(targets, m=400, seed=1)) > 0.9


@unfinished
def test_a_probability_of_0_has_the_logarithm_minus_infinity():
    X, y = problem()
    fitted = CourseClassifier((), max_iter=1).fit(X, y)
    fitted.params_.theta = np.array([0, 0, 0, 1000.0])
    assert fitted.predict_log_proba(X)[0].tolist() == [-np.inf, 0]


# Errors

BAD = {
    "hidden_layer_sizes": [0, -1, 2.5, "relu", None, (4, 0), (4, 2.0), (True,)],
    "activation": ["sigmoid", "softmax", None, tanh, ["relu"]],
    "solver": ["lbfgs", "SGD", None, Adam()],
    "batch_size": [0, -1, 2.5, "all", None, True],
    "learning_rate_init": [0, -0.1, "0.1", None, np.nan],
    "max_iter": [0, -1, 2.5, "200", None],
    "random_state": ["0", -1, 1.5, np.random.default_rng(0), [1, 2]],
    "tol": [-1e-4, "0", None, np.nan],
    "momentum": [1, -0.1, "0.9", None],
    "nesterovs_momentum": ["no", None, 1],
    "n_iter_no_change": [0, -1, 2.5, "10", None],
}


def test_every_parameter_has_bad_values():
    assert set(BAD) == set(CourseClassifier().get_params()) == set(CourseRegressor().get_params())


@each_kind
@pytest.mark.parametrize("name, value", [(name, value) for name, values in BAD.items() for value in values])
def test_a_bad_parameter_is_named_in_one_sentence_by_fit(kind, name, value):
    X, y = problem()
    estimator = kind(**{name: value})
    with pytest.raises((TypeError, ValueError)) as caught:
        estimator.fit(X, y)
    message = str(caught.value)
    assert message.startswith((f"{name} must ", f"{name}["))
    assert " must " in message and "got " in message and "\n" not in message and len(message) <= 160
    with pytest.raises(NotFittedError):
        estimator.predict(X)


@unfinished
def test_a_failed_fit_leaves_what_was_fitted_before():
    X, y = problem()
    fitted = CourseClassifier(max_iter=2).fit(X, y)
    before = fitted.predict_proba(X)
    with pytest.raises(ValueError, match="^activation must"):
        fitted.set_params(activation="sigmoid").fit(X, np.arange(len(X)) % 3)
    assert np.array_equal(fitted.predict_proba(X), before) and fitted.classes_.tolist() == [0, 1]


def test_one_class_is_refused():
    X, _ = problem()
    with pytest.raises(ValueError, match="^y must hold at least two classes, got 1 class: .*cat"):
        CourseClassifier().fit(X, np.full(len(X), "cat"))


@unfinished
def test_a_column_of_targets_is_taken_for_a_vector_and_said_so():
    X, y = problem("number")
    with pytest.warns(DataConversionWarning):
        fitted = CourseRegressor(max_iter=1).fit(X, y[:, None])
    assert fitted.predict(X).shape == y.shape


def test_divergence_is_told_as_in_training():
    X, y = problem("number")
    with pytest.raises(TrainingDiverged, match="^the cost is no longer finite in epoch"):
        CourseRegressor(solver="sgd", learning_rate_init=1e6).fit(X, y)


@pytest.mark.filterwarnings("ignore::sklearn.exceptions.ConvergenceWarning")
def test_a_last_update_that_diverges_is_told_too():
    X, y = problem("number")
    with pytest.raises(TrainingDiverged, match="^the cost is no longer finite in epoch 1 .the last finite cost was"):
        CourseRegressor(solver="sgd", momentum=0, learning_rate_init=1e200, max_iter=1).fit(X, y)


def test_no_warning_but_the_one_about_convergence():
    X, y = problem(3)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        CourseClassifier(max_iter=2).fit(X, y).predict(X)
    assert [warning.category for warning in caught] == [ConvergenceWarning]
