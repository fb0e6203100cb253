"""The course's network as scikit-learn estimators, with the parameter names of MLPClassifier and MLPRegressor.

scikit-learn keeps one example a row, ``X (m, n0)``; the course keeps one a column. The border between the
two is ``X.T``, a view: no copy is made of data that is an array of floats already. Not imported by
``mlp_course`` itself: ``from mlp_course.estimators import CourseClassifier``.
"""

import warnings

import numpy as np
from sklearn.base import BaseEstimator, ClassifierMixin, MultiOutputMixin, RegressorMixin
from sklearn.exceptions import ConvergenceWarning
from sklearn.utils import check_random_state, column_or_1d
from sklearn.utils.multiclass import check_classification_targets
from sklearn.utils.validation import check_is_fitted, validate_data

from . import initializers
from .activations import arctan, elu, identity, leaky_relu, relu, sigmoid, softplus, tanh
from .checks import option, real_number, shown, whole_number
from .losses import binary_cross_entropy, cross_entropy, half_squared_error
from .network import MLP
from .optimizers import Adam, GradientDescent, Momentum, Nesterov
from .parameters import Parameters
from .training import Epoch, cost_after, training

FLOATS = (np.float64, np.float32)

# Each hidden activation by its name in scikit-learn, with the initialization that suits it.
HIDDEN = {
    "identity": (identity, initializers.xavier),
    "logistic": (sigmoid, initializers.xavier),
    "tanh": (tanh, initializers.xavier),
    "arctan": (arctan, initializers.xavier),
    "relu": (relu, initializers.he),
    "leaky_relu": (leaky_relu(), initializers.he),
    "elu": (elu(), initializers.he),
    "softplus": (softplus, initializers.he),
}


class _CourseEstimator(BaseEstimator):
    """What classifier and regressor share: the settings, and ``_train``, which fits rows X (m, n0) to Y (K, m)."""

    def __init__(
        self, hidden_layer_sizes=(100,), activation="relu", *, solver="adam", batch_size="auto", learning_rate_init=0.001,
        max_iter=200, random_state=None, tol=1e-4, momentum=0.9, nesterovs_momentum=True, n_iter_no_change=10,
    ):  # fmt: skip
        self.hidden_layer_sizes = hidden_layer_sizes
        self.activation = activation
        self.solver = solver
        self.batch_size = batch_size
        self.learning_rate_init = learning_rate_init
        self.max_iter = max_iter
        self.random_state = random_state
        self.tol = tol
        self.momentum = momentum
        self.nesterovs_momentum = nesterovs_momentum
        self.n_iter_no_change = n_iter_no_change

    @property
    def coefs_(self):
        """The weights in scikit-learn's orientation: ``coefs_[l - 1]`` is W[l]^T, a view of shape (n_{l-1}, n_l)."""
        return [W.T for W in self.params_.W]

    @property
    def intercepts_(self):
        """The biases in scikit-learn's orientation: ``intercepts_[l - 1]`` is b[l] as a view of shape (n_l,)."""
        return [b[:, 0] for b in self.params_.b]

    @property
    def out_activation_(self):
        """The output activation by its name in scikit-learn."""
        name = self.mlp_.loss.output.name
        return "logistic" if name == "sigmoid" else name

    def _train(self, X, Y, loss):
        g, initializer = HIDDEN[option("activation", self.activation, HIDDEN)]
        mlp, rng = MLP(g, loss), self._rng()
        start = initializer((X.shape[1], *self._hidden_sizes(), len(Y)), rng)
        params = Parameters(start.sizes, start.theta, X.dtype)
        epochs = whole_number("max_iter", self.max_iter)
        run = training(mlp, params, X.T, Y, self._optimizer(), epochs, self._batch_size(len(X)), rng)
        curve = self._loss_curve(run)
        cost_after(mlp, params, X.T, Y, Epoch(len(curve), curve[-1]))  # the last update may have been one too many
        self.mlp_, self.params_, self.loss_curve_ = mlp, params, curve
        self.loss_, self.n_iter_ = curve[-1], len(curve)
        return self

    def _loss_curve(self, epochs):
        """Run ``epochs`` until more than n_iter_no_change in a row bring less than tol; return their costs."""
        tol, patience = real_number("tol", self.tol, least=0), whole_number("n_iter_no_change", self.n_iter_no_change)
        curve, best, waited = [], np.inf, 0
        for epoch in epochs:
            curve.append(epoch.cost)
            waited = waited + 1 if epoch.cost > best - tol else 0
            best = min(best, epoch.cost)
            if waited > patience:
                return curve
        message = f"Maximum iterations ({self.max_iter}) reached and the optimization hasn't converged yet: raise max_iter"
        warnings.warn(message, ConvergenceWarning)
        return curve

    def _optimizer(self):
        solver = option("solver", self.solver, ("sgd", "adam"))
        rate = real_number("learning_rate_init", self.learning_rate_init, above=0)
        mu = real_number("momentum", self.momentum, least=0, below=1)
        if not isinstance(self.nesterovs_momentum, (bool, np.bool_)):
            raise TypeError(f"nesterovs_momentum must be True or False, got {shown(self.nesterovs_momentum)}")
        if solver == "adam":
            return Adam(rate)
        if mu == 0:
            return GradientDescent(rate)
        return Nesterov(rate, mu) if self.nesterovs_momentum else Momentum(rate, mu)

    def _hidden_sizes(self):
        sizes = self.hidden_layer_sizes
        if not np.iterable(sizes):
            return (whole_number("hidden_layer_sizes", sizes),)
        return tuple(whole_number(f"hidden_layer_sizes[{i}]", n) for i, n in enumerate(sizes))

    def _batch_size(self, m):
        auto = isinstance(self.batch_size, str) and self.batch_size == "auto"
        size = 200 if auto else whole_number("batch_size", self.batch_size)
        return size if size < m else None

    def _rng(self):
        try:
            return np.random.default_rng(check_random_state(self.random_state).randint(2**31 - 1))
        except ValueError:
            expected = "None, a whole number from 0 to 2**32 - 1, or a RandomState"
            raise ValueError(f"random_state must be {expected}, got {shown(self.random_state)}") from None

    def _output(self, X):
        """Return A[L] (K, m), the network's output for the rows X (m, n0)."""
        check_is_fitted(self, "params_")
        X = validate_data(self, X, dtype=FLOATS, reset=False)
        return self.mlp_.forward(self.params_, X.T)[1][-1]


class CourseClassifier(ClassifierMixin, _CourseEstimator):
    """A multilayer perceptron for labels: one sigmoid output for two classes, softmax for more, and cross-entropy.

    Parameters are MLPClassifier's, and mean the same; there is no L2 penalty. Besides scikit-learn's,
    ``activation`` may be "leaky_relu", "elu", "softplus" or "arctan"; ``solver`` is "adam" or "sgd", where
    ``momentum=0`` is plain gradient descent; a ``batch_size`` of m or more takes all m examples in each step.
    Weights start from He's initialization for ReLU and its kind, else from Xavier's.

    After ``fit``: ``params_`` and ``mlp_`` are the network in the course's notation, ``coefs_`` and ``intercepts_``
    the same numbers in scikit-learn's; ``classes_``, ``loss_curve_`` (one cost an epoch), ``loss_``, ``n_iter_``.
    Warns with ``ConvergenceWarning`` at ``max_iter``; raises ``TrainingDiverged`` when the cost is not finite.
    """

    def fit(self, X, y):
        """Train on rows ``X (m, n0)`` with labels ``y (m,)`` of two classes or more; return the estimator."""
        X, y = validate_data(self, X, y, dtype=FLOATS)
        check_classification_targets(y)
        classes, labels = np.unique(y, return_inverse=True)
        if len(classes) < 2:
            raise ValueError(f"y must hold at least two classes, got 1 class: {shown(classes[0])}")
        if len(classes) == 2:
            self._train(X, labels[None], binary_cross_entropy)
        else:
            self._train(X, np.eye(len(classes))[:, labels], cross_entropy)
        self.classes_ = classes
        return self

    def predict_proba(self, X):
        """Return the probabilities (m, K) of the classes, in the order of ``classes_``, for rows ``X (m, n0)``."""
        A = self._output(X)
        return (np.vstack([1 - A, A]) if len(A) == 1 else A).T

    def predict_log_proba(self, X):
        """Return the natural logarithm of ``predict_proba(X)``, -inf where a probability is 0."""
        with np.errstate(divide="ignore"):
            return np.log(self.predict_proba(X))

    def predict(self, X):
        """Return the most probable class (m,) for each of the rows ``X (m, n0)``."""
        most_probable = self.predict_proba(X).argmax(axis=1)
        return self.classes_[most_probable]


class CourseRegressor(RegressorMixin, MultiOutputMixin, _CourseEstimator):
    """A multilayer perceptron for numbers: identity outputs and half the squared error, summed over outputs.

    Parameters are MLPRegressor's; parameters, attributes and errors as in ``CourseClassifier``, without ``classes_``.
    """

    def fit(self, X, y):
        """Train on rows ``X (m, n0)`` with targets ``y (m,)`` or ``(m, p)``; return the estimator."""
        X, y = validate_data(self, X, y, dtype=FLOATS, multi_output=True, y_numeric=True)
        if y.ndim == 2 and y.shape[1] == 1:
            y = column_or_1d(y, warn=True)
        return self._train(X, y.reshape(len(X), -1).T, half_squared_error)

    def predict(self, X):
        """Return the outputs (m,), or (m, p) after targets of p columns, for rows ``X (m, n0)``."""
        A = self._output(X)
        return A[0] if len(A) == 1 else A.T
