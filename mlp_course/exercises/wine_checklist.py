"""The capstone of lesson 7: what each line of its checklist looks at, and the mistakes that can be made there.

A number that can be computed anew is never believed: the sets are compared with the file, the recorded costs with those
of the recorded parameters on the handed-in sets, and every score is measured again.
"""

from functools import cached_property

import numpy as np

from .. import datasets
from ..checks import instance, label_vector, real_array, real_number, same_shape, shown, whole_number
from ..network import MLP
from ..training import Recording
from .engine import Checklist, Line, Mistake

SETS = ("train", "validation", "test")
LN_3 = np.log(3)


def _pair(name, value, what):
    """Return the two parts of ``value``; raises ``TypeError`` when it is no pair of ``what``."""
    if not isinstance(value, (tuple, list)) or len(value) != 2:
        raise TypeError(f"{name} must be a pair {what}, got {shown(value)}")
    return value


def _one_hot(y):
    return np.eye(3)[:, y]


class _Work:
    """The dictionary of a student, read when it is asked for; what it cannot be raises ``TypeError`` or ``ValueError``."""

    def __init__(self, handed):
        self.handed = handed

    # The three sets

    @cached_property
    def raw(self):
        """{name: (X, y)} as handed in: X has two dimensions, y any."""
        pairs = {name: _pair(name, self.handed[name], "(X, y)") for name in SETS}
        return {name: (real_array(f"X of {name}", X, ndim=2), real_array(f"y of {name}", y)) for name, (X, y) in pairs.items()}

    @cached_property
    def labels(self):
        """{name: y (m,)}, whole numbers."""
        return {name: label_vector(f"y of {name}", y, X.shape[1], 3) for name, (X, y) in self.raw.items()}

    @cached_property
    def places(self):
        """{name: for each column its number in the file, -1 when it is not there}."""
        known = {column.tobytes(): i for i, column in enumerate(np.ascontiguousarray(self.wine.X.T))}
        rows = {name: np.ascontiguousarray(X.T, dtype=float) for name, (X, _) in self.raw.items()}
        return {name: np.array([known.get(row.tobytes(), -1) for row in found]) for name, found in rows.items()}

    @cached_property
    def wine(self):
        return datasets.wine()

    # The scaler and the network

    def column(self, name):
        """Return the handed-in ``mean`` or ``deviation``, (13, 1)."""
        return same_shape(name, real_array(name, self.handed[name]), (13, 1))

    def scaled(self, *names):
        """Return X of these sets side by side, with the handed-in scaler, and their one-hot labels."""
        X = np.hstack([self.raw[name][0] for name in names])
        y = np.concatenate([self.labels[name] for name in names])
        return (X - self.column("mean")) / self.column("deviation"), _one_hot(y)

    @cached_property
    def network(self):
        return instance("network", self.handed["network"], MLP)

    @cached_property
    def recording(self):
        return instance("recording", self.handed["recording"], Recording)

    def recorded_on(self, X, Y):
        """Return whether the first and the last recorded cost are those of the recorded parameters on X, Y."""
        costs = [self.network.cost(self.recording.params(k), X, Y) for k in (0, -1)]
        return np.allclose(costs, self.recording.costs[[0, -1]], rtol=1e-6)

    @cached_property
    def first_cost(self):
        return self.network.cost(self.recording.params(0), *self.scaled("train"))

    def slope(self, k):
        """Return the slope of the training cost by W[1][0, 0] at the k-th recorded parameters."""
        return self.network.gradient(self.recording.params(k), *self.scaled("train")).W[1][0, 0]

    @cached_property
    def slopes(self):
        pair = _pair("slopes", self.handed["slopes"], "(by backpropagation, by a nudge)")
        return [real_number("each of the slopes", slope) for slope in pair]

    # The epochs

    def costs(self, name):
        """Return the cost on a set after each recorded epoch."""
        X, Y = self.scaled(name)
        return np.array([self.network.cost(self.recording.params(k), X, Y) for k in range(len(self.recording.epochs))])

    @cached_property
    def validation_costs(self):
        return self.costs("validation")

    @cached_property
    def epoch(self):
        return whole_number("epoch", self.handed["epoch"], least=0)

    @cached_property
    def best(self):
        """The place of the chosen epoch in the recording."""
        return int(np.flatnonzero(self.recording.epochs == self.epoch)[0])

    # The verdict

    def answers(self, name, k, scaled=True):
        """Return the labels that the k-th recorded parameters give to a set."""
        X = self.scaled(name)[0] if scaled else self.raw[name][0]
        return self.network.predict(self.recording.params(k), X)

    def score(self, name, k, scaled=True):
        """Return the accuracy of the k-th recorded parameters on a set."""
        return np.mean(self.answers(name, k, scaled) == self.labels[name])

    def confusion(self, name):
        """Return the table of a set, (3, 3): row = true cultivar, column = answer."""
        table = np.zeros((3, 3))
        np.add.at(table, (self.labels[name], self.answers(name, self.best)), 1)
        return table

    @cached_property
    def confusion_handed_in(self):
        return same_shape("confusion", real_array("confusion", self.handed["confusion"]), (3, 3))

    @cached_property
    def interval(self):
        pair = _pair("interval", self.handed["interval"], "(low, high)")
        return np.array([real_number("each end of the interval", end) for end in pair])

    def number(self, name):
        """Return a handed-in number."""
        return real_number(name, self.handed[name])


def _close(one, other, share=1e-6):
    return np.allclose(one, other, rtol=share, atol=1e-9)  # a nudge of a millionth is rounded by about 1e-10


# Line 1: three sets


def _some(wrong):
    """Return whether ``wrong(work, name)`` is so for one of the sets."""
    return lambda work: any(wrong(work, name) for name in SETS)


def _counts(work, name):
    return np.bincount(work.labels[name], minlength=3)


def _shares_lost(work, name):
    expected = np.bincount(work.wine.y) * len(work.labels[name]) / 178
    return np.abs(_counts(work, name) - expected).max() > 2


def _all_places(work):
    return np.concatenate([work.places[name] for name in SETS])


_three_sets = Line(
    "three sets",
    SETS,
    [
        Mistake(
            "labels in a table",
            _some(lambda work, name: work.raw[name][1].ndim != 1),
            "A set's y is a table here. Hand in the labels 0, 1, 2 of its wines, shape (m,). The network needs "
            "the one-hot Y, (3, m): keep that apart.",
        ),
        Mistake(
            "wines in rows",
            _some(lambda work, name: work.raw[name][0].shape == (len(work.raw[name][1]), 13)),
            "A wine is a row in one of your X. In this course it is a column: X is (13, m).",
        ),
        Mistake(
            "not as they came",
            _some(lambda work, name: (work.places[name] < 0).any()),
            "Some columns are no wines of the file. Hand the sets in before scaling: scaler and sets are judged apart.",
        ),
        Mistake(
            "labels of other wines",
            _some(lambda work, name: (work.labels[name] != work.wine.y[work.places[name]]).any()),
            "Some labels belong to other wines. Were the columns shuffled, and the labels not with them?",
        ),
        Mistake(
            "a wine twice",
            _some(lambda work, name: len(np.unique(work.places[name])) < len(work.places[name])),
            "A wine stands twice in one set. Draw without putting back, as `permutation` does.",
        ),
        Mistake(
            "in two sets",
            lambda work: len(np.unique(_all_places(work))) < len(_all_places(work)),
            "A wine stands in two sets: a leak. What was learned by heart would then count as understood.",
        ),
        Mistake(
            "wines left out",
            lambda work: len(_all_places(work)) < 178,
            "Some of the 178 wines are in none of your sets. They are few enough: use them all.",
        ),
        Mistake(
            "a cultivar missing",
            _some(lambda work, name: (_counts(work, name) == 0).any()),
            "One of your sets lacks a whole cultivar. The file is sorted by cultivar: shuffle before you cut.",
        ),
        Mistake(
            "shares lost",
            _some(_shares_lost),
            "In one of your sets the shares of the cultivars differ from those of all wines, by more than two wines. "
            "`datasets.split` keeps them: call it twice.",
        ),
        Mistake(
            "too few to judge",
            lambda work: min(len(work.labels[name]) for name in SETS[1:]) < 20,
            "Fewer than 20 wines to choose or to judge by: one of them moves the accuracy by more than 0.05.",
        ),
        Mistake(
            "training set too small",
            lambda work: len(work.labels["train"]) < 80,
            "Fewer than 80 wines are left to learn from. The training set is the largest.",
        ),
    ],
)


# Line 2: the scaler


def _mean_of(*names):
    """Return whether the handed-in mean is that of these sets together."""
    return lambda work: _close(work.column("mean")[:, 0], np.hstack([work.raw[name][0] for name in names]).mean(axis=1))


def _off(work):
    """Return whether mean or deviation is more than a hundredth of a deviation away from the training set's."""
    X = work.raw["train"][0]
    deviation = X.std(axis=1, keepdims=True)
    off = work.column("mean") - X.mean(axis=1, keepdims=True), work.column("deviation") - deviation
    return np.any(np.abs(off) > deviation / 100)


_scaler = Line(
    "scaler",
    ("mean", "deviation"),
    [
        Mistake(
            "flat",
            lambda work: any(real_array(name, work.handed[name]).shape == (13,) for name in ("mean", "deviation")),
            "Mean or deviation is flat, and NumPy takes a flat array for a row. A column is needed, (13, 1).",
        ),
        Mistake(
            "of all wines",
            _mean_of(*SETS),
            "Your mean is that of all wines, the test set among them: a leak. The scaler is part of the training.",
        ),
        Mistake(
            "of two sets",
            _mean_of("train", "validation"),
            "Your mean is that of training and validation set together. The validation set judges the training, scaler included.",
        ),
        Mistake(
            "variance",
            lambda work: _close(work.column("deviation")[:, 0], work.raw["train"][0].var(axis=1)),
            "Your deviation is the variance. Its root is needed.",
        ),
        Mistake(
            "not the training set's",
            _off,
            "Mean and deviation are not those of your training set, one number for each of the 13 measurements, "
            "taken over the wines.",
        ),
    ],
    after=("three sets",),
)


# Line 3: the dummy


def _dummy_score(work):
    """Return the share of the validation set that is the most common cultivar of the training set."""
    return np.mean(work.labels["validation"] == _counts(work, "train").argmax())


_dummy = Line(
    "dummy",
    ("dummy",),
    [
        Mistake("dummy in percent", lambda work: work.number("dummy") > 1, "Hand in a share between 0 and 1, not percent."),
        Mistake(
            "no dummy",
            lambda work: work.number("dummy") > 0.6,
            "No dummy earns that much here. It looks at no measurement: it names one cultivar for every wine.",
        ),
        Mistake(
            "guessing",
            lambda work: abs(work.number("dummy") - 1 / 3) < 0.005,
            "A third is what guessing earns. The dummy names the most common cultivar of the training set every time, "
            "and earns more.",
        ),
        Mistake(
            "not the dummy's",
            lambda work: abs(work.number("dummy") - _dummy_score(work)) > 0.015,
            "This is not the dummy's score: the share of the validation set that belongs to the most common cultivar "
            "of the training set.",
        ),
    ],
    after=("three sets",),
)


# Line 4: the network


def _sizes(work):
    """Return the sizes of the recorded network; raises ``ValueError`` when it does not take a wine."""
    sizes = work.recording.sizes
    if sizes[0] != 13:
        raise ValueError(f"A wine has 13 measurements, so the sizes must begin with 13, got {sizes}")
    return sizes


def _not_trained_on_train(work):
    return not work.recorded_on(*work.scaled("train"))


def _instead_trained_on(other):
    """Return whether the recorded costs are not those on the training set, but those on ``other(work)``."""
    return lambda work: _not_trained_on_train(work) and work.recorded_on(*other(work))


_network = Line(
    "network",
    ("network", "recording"),
    [
        Mistake(
            "not three outputs",
            lambda work: _sizes(work)[-1] != 3,
            "Three cultivars need three outputs. With one, the second cultivar would lie between the first and the third.",
        ),
        Mistake(
            "other loss",
            lambda work: work.network.loss.name != "cross_entropy",
            "The three outputs must share one whole: softmax, and the loss that belongs to it, `cross_entropy`.",
        ),
        Mistake(
            "too large",
            lambda work: work.recording.thetas.shape[1] > 500,
            "More than 500 parameters, for a hundred wines: it could learn them by heart. Take a smaller hidden layer.",
        ),
        Mistake(
            "raw inputs",
            _instead_trained_on(lambda work: (work.raw["train"][0], work.scaled("train")[1])),
            "It was trained on the raw measurements. One reaches 1680, another 0.66: tanh saturates. Where is your scaler?",
        ),
        Mistake(
            "trained on all wines",
            _instead_trained_on(lambda work: work.scaled(*SETS)),
            "The recorded costs are those of all 178 wines: the test set was learned.",
        ),
        Mistake(
            "trained on two sets",
            _instead_trained_on(lambda work: work.scaled("train", "validation")),
            "The recorded costs are those of training and validation set together. Who shall choose the epoch now?",
        ),
        Mistake(
            "other data",
            _not_trained_on_train,
            "The recorded costs are not those of this network on your training set, scaled with your mean and deviation. "
            "Was a cell run again in between?",
        ),
    ],
    after=("scaler", "dummy"),
)


# Line 5: the first cost. Of 200 starts with weights of variance 1/n, 2/n or less, nearly all cost between 0.6 and 2.5.

_first_cost = Line(
    "first cost",
    ("first_cost",),
    [
        Mistake(
            "begins too high",
            lambda work: work.first_cost > 2.5,
            "Your network begins far above ln 3 = 1.10, the cost of knowing nothing: it is sure and wrong before it has learned "
            "anything. Draw smaller first weights.",
        ),
        Mistake(
            "begins too low",
            lambda work: work.first_cost < 0.4,
            "Your network begins far below ln 3 = 1.10, so it knows something already. Were the parameters trained before, "
            "in another run of the cell?",
        ),
        Mistake(
            "expected, not measured",
            lambda work: abs(work.number("first_cost") - LN_3) < 0.001 and abs(work.first_cost - LN_3) > 0.01,
            "ln 3 is what one expects. Hand in what your network costs before its first step.",
        ),
        Mistake(
            "a later cost",
            lambda work: abs(work.number("first_cost") - work.first_cost) > 0.01
            and np.abs(work.number("first_cost") - work.recording.costs[1:]).min(initial=np.inf) < 1e-6,
            "This cost is a later one. The first is that of the start, before any step.",
        ),
        Mistake(
            "not the first cost",
            lambda work: abs(work.number("first_cost") - work.first_cost) > 0.01,
            "This is not the mean cost of your first parameters on the training set.",
        ),
    ],
    after=("network",),
)


# Line 6: the gradient against a nudge


def _slope(k, factor=1.0, last=0):
    """Return whether the k-th handed-in slope is ``factor`` times that of the start (of the end: last=-1)."""
    return lambda work: _close(work.slopes[k], factor * work.slope(last), 1e-3)


_gradient = Line(
    "gradient",
    ("slopes",),
    [
        Mistake(
            "nothing to compare",
            lambda work: abs(work.slope(0)) < 1e-12,
            "The slope is 0 at your start, so this comparison says nothing. Are all weights 0? They must differ.",
        ),
        Mistake(
            "one number twice",
            lambda work: work.slopes[0] == work.slopes[1],
            "Both numbers agree in every digit, which a nudge does not achieve. Compute the second from two costs.",
        ),
        Mistake(
            "of the end",
            lambda work: not _slope(0)(work) and _slope(0, last=-1)(work),
            "This slope belongs to the end of the training: `train` changes the parameters it is given. "
            "Measure before, or at `recording.params(0)`.",
        ),
        Mistake(
            "mean missing",
            lambda work: _slope(0, factor=len(work.labels["train"]))(work),
            "Your slope is m times too large: the mean over the wines is missing.",
        ),
        Mistake(
            "not of this weight",
            lambda work: not _slope(0)(work),
            "The first number is not the slope of the training cost by W[1][0, 0] at the start.",
        ),
        Mistake(
            "one step for two",
            _slope(1, factor=2),
            "Your nudge gives twice the slope. From one side to the other it is two steps.",
        ),
        Mistake(
            "nudge wrong",
            lambda work: not _slope(1)(work),
            "The slope is right, the nudge is not near it. Is the step about 0.000001, and is the weight put back in between?",
        ),
    ],
    after=("first cost",),
)


# Line 7: the epoch


def _instead(where):
    """Return whether the handed-in epoch misses the lowest validation cost, and is ``where(work)``."""

    def wrong(work):
        costs, epochs = work.validation_costs, work.recording.epochs
        hit = work.epoch in epochs and costs[work.best] <= costs.min() + 1e-9
        return not hit and where(work)

    return wrong


def _at(place):
    """Return whether the handed-in epoch is that of ``place(work)`` in the recording."""
    return _instead(lambda work: work.epoch == work.recording.epochs[place(work)])


def _best_accuracy(work):
    return np.argmax([work.score("validation", k) for k in range(len(work.recording.epochs))])


_epoch = Line(
    "epoch",
    ("epoch",),
    [
        Mistake(
            "few to choose from",
            lambda work: len(work.recording.epochs) < 20,
            "Fewer than 20 epochs were recorded: there is little to choose from. `train(..., every=1)` keeps them all.",
        ),
        Mistake(
            "lowest training cost",
            _at(lambda work: work.costs("train").argmin()),
            "Here the training cost is lowest. The validation set has a lower cost elsewhere.",
        ),
        Mistake(
            "chosen on the test set",
            _at(lambda work: work.costs("test").argmin()),
            "Here the cost on the test set is lowest. Chosen like this it is no test any more.",
        ),
        Mistake(
            "best accuracy",
            _at(_best_accuracy),
            "Here the validation accuracy is best for the first time. Many epochs share it, since the set is small. "
            "Choose by the validation cost.",
        ),
        Mistake(
            "place for epoch",
            _instead(lambda work: work.epoch == work.validation_costs.argmin()),
            "This is the place in the recording. `recording.epochs` says which epoch stands there.",
        ),
        Mistake(
            "other epoch",
            _instead(lambda work: True),
            "Another recorded epoch has a lower validation cost.",
        ),
    ],
    after=("network",),
)


# Line 8: the accuracy on the test set


def _accuracy_like(other):
    """Return whether the handed-in accuracy is not that of the chosen epoch on the test set, but ``other(work)``."""

    def wrong(work):
        handed = work.number("accuracy")
        return abs(handed - work.score("test", work.best)) > 0.005 and abs(handed - other(work)) <= 0.005

    return wrong


_accuracy = Line(
    "accuracy",
    ("accuracy",),
    [
        Mistake("accuracy in percent", lambda work: work.number("accuracy") > 1, "Hand in a share between 0 and 1, not percent."),
        Mistake(
            "of the training set",
            _accuracy_like(lambda work: work.score("train", work.best)),
            "This is the accuracy on the training set. It does not say what happens with wines that were never seen.",
        ),
        Mistake(
            "of the validation set",
            _accuracy_like(lambda work: work.score("validation", work.best)),
            "This is the accuracy on the validation set. It has chosen the epoch, so it is no stranger any more.",
        ),
        Mistake(
            "raw test set",
            _accuracy_like(lambda work: work.score("test", work.best, scaled=False)),
            "The test set went in raw. It gets the same scaler as the training set.",
        ),
        Mistake(
            "of the last epoch",
            _accuracy_like(lambda work: work.score("test", -1)),
            "This is the accuracy after the last epoch. Take the parameters of the epoch that you chose.",
        ),
        Mistake(
            "best of all epochs",
            _accuracy_like(lambda work: max(work.score("test", k) for k in range(len(work.recording.epochs)))),
            "This is the best that any epoch has on the test set. Only the chosen epoch may look at it, once.",
        ),
        Mistake(
            "other accuracy",
            lambda work: abs(work.number("accuracy") - work.score("test", work.best)) > 0.005,
            "This is not the accuracy of the chosen epoch on your test set.",
        ),
    ],
    after=("epoch",),
)


# Line 9: the confusion table


def _table_like(other):
    """Return whether the handed-in table is not that of the test set, but ``other(right, work)``."""

    def wrong(work):
        handed, right = work.confusion_handed_in, work.confusion("test")
        return not np.array_equal(handed, right) and np.allclose(handed, other(right, work))

    return wrong


_confusion = Line(
    "confusion table",
    ("confusion",),
    [
        Mistake(
            "turned",
            _table_like(lambda right, work: right.T),
            "Rows and columns have changed places: a row is a true cultivar, a column an answer.",
        ),
        Mistake(
            "shares for counts",
            _table_like(lambda right, work: right / right.sum(axis=1, keepdims=True)),
            "These are shares of each row. Count the wines: with so few, a share hides how few they are.",
        ),
        Mistake(
            "table of the training set",
            _table_like(lambda right, work: work.confusion("train")),
            "This is the table of the training set.",
        ),
        Mistake(
            "table of the validation set",
            _table_like(lambda right, work: work.confusion("validation")),
            "This is the table of the validation set.",
        ),
        Mistake(
            "other table",
            lambda work: not np.array_equal(work.confusion_handed_in, work.confusion("test")),
            "This is not the table of the chosen epoch on the test set: row = true cultivar, column = answer, counts inside.",
        ),
    ],
    after=("epoch",),
)


# Line 10: the interval


def _ends(right, m, deviations=2, more=4):
    """Return share -+ deviations x sqrt(share (1 - share) / m), after ``more`` wines are added, half of them right."""
    m, share = m + more, (right + more / 2) / (m + more)
    margin = deviations * np.sqrt(share * (1 - share) / m)
    return np.clip([share - margin, share + margin], 0, 1)


def _off_interval(work, **how):
    """Return how far the ends are from those of ``_ends`` for the accuracy on the test set."""
    m = len(work.labels["test"])
    ends = _ends(work.score("test", work.best) * m, m, **how)
    return np.abs(np.clip(work.interval, 0, 1) - ends).max()


_interval = Line(
    "interval",
    ("interval",),
    [
        Mistake(
            "upside down",
            lambda work: work.interval[0] > work.interval[1],
            "The low end comes first.",
        ),
        Mistake(
            "no width",
            lambda work: work.interval[1] - work.interval[0] < 0.01,
            "Your interval has no width. So few wines cannot say it so exactly, not even when all of them are right.",
        ),
        Mistake(
            "without the four",
            lambda work: _off_interval(work) > 0.04 and _off_interval(work, more=0) < 0.02,
            "Near 1 the plain formula is too hopeful: it knows only the errors that happened. Add the four wines first.",
        ),
        Mistake(
            "one deviation",
            lambda work: _off_interval(work) > 0.04 and _off_interval(work, deviations=1) < 0.02,
            "This reaches one deviation to each side. An interval of 95 % takes two.",
        ),
        Mistake(
            "other interval",
            lambda work: _off_interval(work) > 0.04,
            "Your interval is not that of the task. Is m the size of the test set, and is the root there?",
        ),
    ],
    after=("accuracy",),
)

capstone = Checklist(
    "capstone",
    [_three_sets, _scaler, _dummy, _network, _first_cost, _gradient, _epoch, _accuracy, _confusion, _interval],
    _Work,
)
