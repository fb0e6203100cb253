"""The engine of the exercises: what it says of an answer, in which order, and that no answer can hurt it."""

import functools
import math
import os
import re
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from html.parser import HTMLParser

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from mlp_course import initializers
from mlp_course.exercises import engine, lesson_07, outcomes, running
from mlp_course.exercises.engine import (
    Checklist, Choice, Exercise, FunctionExercise, Line, Mistake, Order, Threshold, ValueExercise, progress_of,
)
from mlp_course.exercises.report import FACES, Report
from right_ways import lesson_07 as capstone_ways

thorough = settings(deadline=None, derandomize=True, max_examples=100)
PULL_UP = "The sign is turned around."
NO_MEAN = "This is the gradient times m."


def _gradient(X, a, y):
    return X @ (a - y) / len(y), np.mean(a - y)


def _gradient_cases(rng):
    return [(rng.normal(size=(n, m)), rng.uniform(0.1, 0.9, m), np.arange(m) % 2) for n, m in [(2, 3), (3, 5), (4, 4)]]


def make_gradient(**options):
    mistakes = [
        Mistake("no mean", lambda X, a, y: (X @ (a - y), np.sum(a - y)), NO_MEAN),
        Mistake("upside down", lambda X, a, y: (X @ (y - a) / len(y), np.mean(y - a)), PULL_UP),
        Mistake("transposed", lambda X, a, y: (X.T @ (a - y), 0), "X is turned."),
    ]
    return FunctionExercise(_gradient, _gradient_cases, mistakes, returns=("dw", "db"), **options)


gradient = make_gradient()
looked_at = make_gradient(vectorized=True)


def right(X, a, y):
    dw = np.zeros(len(X))
    for i in range(len(y)):
        dw += X[:, i] * (a[i] - y[i]) / len(y)
    return [dw, sum(a - y) / len(y)]


@pytest.fixture
def impatient(monkeypatch):
    """Checks end after 0.3 s, and leave no thread behind."""
    monkeypatch.setattr(engine, "SECONDS", 0.3)
    before = set(threading.enumerate())
    yield
    deadline = time.monotonic() + 2
    while (left := set(threading.enumerate()) - before) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert not left


# The order of judgments


def test_a_right_answer_is_right_however_it_is_written():
    assert gradient.report(right) == Report("gradient", "right")
    assert gradient.report(lambda X, a, y: (np.einsum("ij,j->i", X, a - y) / y.size, (a - y).mean())).passed


def no_mean_by_loop(X, a, y):
    """The same mistake as in the catalogue, in other words."""
    error = [a[i] - y[i] for i in range(len(y))]
    return np.array([sum(x * e for x, e in zip(row, error, strict=True)) for row in X]), sum(error)


def no_mean_and_back(X, a, y):
    dw, db = _gradient(X, a, y)
    return dw * y.size, db * y.size


def transposed_or_raising(X, a, y):
    if X.shape[0] != X.shape[1]:
        raise ValueError("other words than NumPy's")
    return np.dot(a - y, X), 0.0


@pytest.mark.parametrize(
    "answer, mistake",
    [
        (no_mean_by_loop, "no mean"),
        (no_mean_and_back, "no mean"),
        (lambda X, a, y: tuple(-part for part in _gradient(X, a, y)), "upside down"),
        (transposed_or_raising, "transposed"),
    ],
    ids=["loop", "back", "sign", "raises"],
)
def test_a_known_mistake_is_named_however_it_is_written(answer, mistake):
    report = gradient.report(answer)
    assert (report.verdict, report.mistake) == ("not yet", mistake)


def test_advice_comes_before_what_differs_on_the_smallest_case():
    report = gradient.report(no_mean_by_loop)
    assert report.message.startswith(f"{NO_MEAN}\nWith X = [[0.1257, ")
    assert "], y = [0, 1, 0]: db should be" in report.message


def draws_without_a_seed(X, a, y):
    return X @ (a - y) / len(y), np.random.default_rng().random()


def make_adds_up():
    total = np.zeros(1)

    def adds_up(X, a, y):
        total[0] += np.mean(a - y)  # as with a variable of the notebook that no call sets back to 0
        return X @ (a - y) / len(y), total[0]

    return adds_up


@pytest.mark.parametrize("answer", [draws_without_a_seed, make_adds_up()], ids=["no seed", "global"])
def test_two_results_for_the_same_arguments_are_said_before_what_differs(answer):
    report = gradient.report(answer)
    assert (report.verdict, report.mistake) == ("not yet", "not repeatable")
    assert report.message.startswith(f"{engine.NOT_REPEATABLE}\nWith X = ")
    assert "db should be" in report.message


def test_a_wrong_answer_that_repeats_itself_is_not_called_unrepeatable():
    report = gradient.report(lambda X, a, y: (np.full(len(X), np.nan), 7.0))
    assert (report.verdict, report.mistake) == ("not yet", "")
    assert report.message.startswith("With X = [[0.1257, ")


def test_numbers_from_another_generator_are_told_so():
    assert not gradient.report(lambda X, a, y: (X, 0)).mistake  # where no generator is given, none is missed
    draw = FunctionExercise(_draw, lambda rng: [(3, rng), (4, rng)], [Mistake("twice", lambda n, rng: 2 * _draw(n, rng), "Twice.")])
    for other in (np.random.default_rng(5), np.random.default_rng()):
        report = draw.report(lambda n, rng, other=other: other.normal(size=n))
        assert report.mistake == "other generator"
        assert report.message.startswith("The numbers do not come from the `rng` that is given.\nWith n = 3, ")
    assert draw.report(_draw).passed and draw.report(lambda n, rng: 2 * rng.normal(size=n)).mistake == "twice"
    assert draw.report(lambda n, rng: rng.uniform(size=n)).mistake == ""


def _draw(n, rng, scale=1):
    return scale * rng.normal(size=n)


def test_an_argument_that_no_case_gives_is_no_generator():
    scaled = FunctionExercise(_draw, lambda rng: [(3, rng)], [])
    assert scaled.report(lambda n, rng, scale=1: rng.uniform(size=n)).mistake == ""
    assert scaled.report(lambda n, rng, scale=1: np.ones(n)).mistake == "other generator"
    assert scaled.report(lambda n, rng, scale=1: rng.nromal(size=n)).mistake == ""  # it was on its way to draw


def test_what_is_read_from_the_notebook_is_named_when_the_answer_is_wrong():
    def defined_with(**outside):
        scope = {"np": np, "helper": np.mean, **outside}
        exec("def answer(X, a, y):\n    return X @ (a - y) / m, [helper(v) for v in [a - y]][0]", scope)
        return scope["answer"]

    ending = "\nYour function reads `m` from the notebook, not from its arguments: is that meant?"
    for m in (4, 4.0, np.array(4)):
        report = gradient.report(defined_with(m=m))
        assert (report.mistake, report.message.endswith(ending)) == ("reads the notebook", True)
    assert "name 'm' is not defined" in gradient.report(defined_with()).message
    assert not gradient.report(no_mean_by_loop).message.endswith("is that meant?")


def test_an_exception_alone_is_a_mistake_only_in_the_same_words():
    def too_far(X, a, y):
        return X[len(X) + 5]

    options = {"returns": ("dw", "db")}
    strict = FunctionExercise(_gradient, _gradient_cases, [Mistake("too far", too_far, "Too far.")], **options)
    broad = FunctionExercise(_gradient, _gradient_cases, [Mistake("too far", too_far, "Too far.", any_words=True)], **options)
    other_number, other_words = (lambda X, a, y: X[len(X) + 2]), (lambda X, a, y: [*a][99])
    assert [strict.report(answer).mistake for answer in (too_far, other_number, other_words)] == ["too far", "too far", ""]
    assert [broad.report(answer).mistake for answer in (too_far, other_number, other_words)] == 3 * ["too far"]
    assert broad.report(lambda X, a, y: a.nothing).mistake == ""


def test_a_power_written_as_in_mathematics_is_told_in_words():
    for answer in (lambda X, a, y: X ^ a, lambda X, a, y: X ^ 2, lambda X, a, y: 2.0 ^ 3):
        assert "`^` is no power in Python: that is `**`" in gradient.report(answer).message


def test_an_endless_loop_in_the_second_run_is_stopped_too(impatient):
    calls = []

    def answer(X, a, y):
        calls.append(a)
        while len(calls) > 3:
            pass
        return 0

    assert gradient.report(answer).message.startswith("Stopped after 0.3 seconds")


def test_a_right_answer_that_still_holds_dots_is_right():
    def answer(X, a, y):
        unused = ...
        return _gradient(X, a, y) if unused is ... else None

    assert gradient.report(answer).verdict == "right"


def test_a_known_mistake_is_named_before_the_dots_that_are_left():
    def answer(X, a, y):
        return (X @ (a - y), np.sum(a - y)) if ... else None

    def unfinished(X, a, y):
        dw = X @ (a - y)
        return dw, ...

    def no_mean_unfinished(X, a, y):
        later = ...
        return X @ (a - y), np.sum(a - y), later

    assert gradient.report(answer).mistake == "no mean"
    assert gradient.report(unfinished).mistake == "unfinished"
    assert gradient.report(no_mean_unfinished).mistake == "unfinished"
    assert "A `...` is still in the function." in gradient.report(unfinished).message


def test_an_unknown_answer_gets_the_evidence_alone():
    report = gradient.report(lambda X, a, y: (X @ (a - y) / len(y), 7))
    assert report.mistake == "" and report.message.startswith("With X = [[") and "db should be" in report.message
    assert report.message.endswith(", got 7.")


def test_reports_computed_twice_are_equal():
    for answer in (right, no_mean_by_loop, transposed_or_raising, len, lambda X, a, y: None, ..., 3):
        assert gradient.report(answer) == gradient.report(answer) == make_gradient().report(answer)


# Stubs, and a forgotten return


def stub_with_docstring(X, a, y):
    """Return dw (n,) and db."""
    ...


def stub_with_pass(X, a, y):
    pass


def stub_with_docstring_only(X, a, y):
    """Return dw (n,) and db."""


def stub_with_return(X, a, y):
    """Return dw (n,) and db."""
    return ...


class Student:
    def stub(self, X, a, y): ...


STUBS = [
    stub_with_docstring, stub_with_pass, stub_with_docstring_only, stub_with_return, lambda X, a, y: ...,
    Student().stub, ...,
]  # fmt: skip


@pytest.mark.parametrize("stub", STUBS, ids=lambda stub: getattr(stub, "__name__", "dots"))
def test_a_stub_is_not_attempted_yet(stub):
    report = gradient.report(stub)
    assert report.verdict == "not attempted yet" and "Replace the `...`" in report.message


def test_a_check_without_an_argument_is_not_attempted_yet():
    assert make_gradient()().verdict == "not attempted yet"


@pytest.mark.parametrize("value", [0, 1.5, "dw", True, (1, 2), (None, None)], ids=repr)
def test_a_function_that_returns_a_constant_is_no_stub(value):
    scope = {}
    exec(f"def answer(X, a, y):\n    return {value!r}", scope)
    report = gradient.report(scope["answer"])
    assert report.verdict == "not yet" and "With X" in report.message


def test_a_forgotten_return_is_asked_for():
    def answer(X, a, y):
        dw = X @ (a - y) / len(y)
        db = np.mean(a - y)
        assert dw.shape and not db.shape

    def prints(X, a, y):
        print(end="")

    assert gradient.report(answer).message.endswith("it returned None: is the `return` missing?")
    assert gradient.report(prints).message.endswith("returns None. Write `return` in place of `print`.")


def test_a_forgotten_value_is_counted():
    assert "it must return dw, db, got an array of shape (2,)." in gradient.report(lambda X, a, y: X @ (a - y)).message


def test_what_is_no_function_is_shown_and_the_call_that_is_wanted_too():
    assert "Give the function itself by its name, `check.gradient(gradient)`, and not a result: got 0.5" in gradient.report(0.5).message


# Arguments


def test_an_answer_that_changes_an_argument_is_told_so_and_the_cases_stay_as_they_are():
    given_cases = _gradient_cases(np.random.default_rng(0))
    exercise = FunctionExercise(_gradient, lambda rng: given_cases, [], returns=("dw", "db"))

    def answer(X, a, y):
        a -= y
        X *= a / len(y)
        return X.sum(axis=1), a.mean()

    report = exercise.report(answer)
    assert (report.verdict, report.mistake) == ("not yet", "changes its argument")
    assert "changes what it is given: X and a." in report.message
    for mine, made in zip(given_cases, _gradient_cases(np.random.default_rng(0)), strict=True):
        assert all(np.array_equal(one, other) for one, other in zip(mine, made, strict=True))


def test_a_changed_list_is_noticed_too():
    exercise = FunctionExercise(lambda A: A[0] + A[1], lambda rng: [([1.0, 2.0],)], [])
    exercise.name = "total"

    def answer(A):
        A.append(3.0)
        return A[0] + A[1]

    assert exercise.report(answer).mistake == "changes its argument"
    assert exercise.report(sum).verdict == "right"


def test_what_is_returned_may_be_the_argument_itself():
    exercise = FunctionExercise(lambda A: A * 1, lambda rng: [(np.arange(3.0),)], [])
    assert exercise.report(lambda A: A).verdict == "right"


def test_an_argument_put_into_itself_is_reported():
    exercise = FunctionExercise(lambda A: 1, lambda rng: [([1.0, 2.0],)], [])

    def answer(A):
        A.append(A)
        return 1

    assert exercise.report(answer).mistake == "changes its argument"


# Endless loops


def for_ever(*arguments):
    while True:
        pass


def for_ever_but(*arguments):
    while True:
        try:
            len(arguments)
        except Exception:
            pass


def for_ever_bare(*arguments):
    while True:
        try:
            len(arguments)
        except:  # noqa: E722  the way of a beginner
            pass


def gives_up_when_stopped(X, a, y):
    try:
        while True:
            pass
    except:  # noqa: E722
        return _gradient(X, a, y)


@pytest.mark.parametrize(
    "loop",
    [for_ever, for_ever_but, for_ever_bare, gives_up_when_stopped, lambda *_: sum(for_ever())],
    ids=lambda loop: loop.__name__,
)
def test_an_endless_loop_is_stopped_and_said(loop, impatient, capfd):
    started = time.monotonic()
    report = gradient.report(loop)
    assert report == Report("gradient", "not yet", "Stopped after 0.3 seconds: is there a loop that never ends?")
    assert time.monotonic() - started < 2
    assert capfd.readouterr() == ("", "")


def test_stopping_often_leaves_nothing_behind(impatient, monkeypatch, capfd):
    monkeypatch.setattr(engine, "SECONDS", 0.005)
    for _ in range(40):
        assert gradient.report(for_ever).message.startswith("Stopped")
    assert capfd.readouterr() == ("", "")


def test_what_cannot_be_stopped_is_said(impatient, capfd):
    released = threading.Event()
    report = gradient.report(lambda *_: released.wait(10))
    released.set()
    assert report.message == (
        "Stopped after 0.3 seconds: is there a loop that never ends? "
        "It still runs: if the notebook stays slow, restart the kernel."
    )
    assert capfd.readouterr() == ("", "")


def test_a_bare_except_around_much_work_ends_in_a_report(impatient, capfd):
    released = threading.Event()

    def answer(X, a, y):
        while not released.is_set():
            try:
                for k in range(1000):
                    np.sum(X) * k
            except:  # noqa: E722
                pass

    report = gradient.report(answer)
    released.set()
    assert report.message.startswith("Stopped after 0.3 seconds: is there a loop that never ends?")
    assert capfd.readouterr() == ("", "")


def test_a_slow_answer_in_time_is_right(impatient):
    def answer(X, a, y):
        time.sleep(0.02)
        return right(X, a, y)

    assert gradient.report(answer).verdict == "right"


@pytest.mark.skipif(not hasattr(signal, "pthread_kill"), reason="no signals to a thread here")
@pytest.mark.parametrize("seconds", [0, 0.1])
def test_the_stop_button_ends_the_work_and_reaches_the_student(impatient, monkeypatch, seconds):
    monkeypatch.setattr(engine, "SECONDS", 60)

    def answer(X, a, y):
        time.sleep(seconds)
        signal.pthread_kill(threading.main_thread().ident, signal.SIGINT)
        for_ever()

    with pytest.raises(KeyboardInterrupt):
        gradient(answer)


# Whatever an answer does, there is a report


class Hostile:
    """An object that refuses to be anything."""

    def __array__(self, *arguments, **options):
        raise RuntimeError("no numbers here")

    def __repr__(self):
        raise RuntimeError("no words here")

    __str__ = __len__ = __iter__ = __eq__ = __float__ = __repr__
    __hash__ = None


class Wordless(Exception):
    def __str__(self):
        raise ValueError("no words")


class Ends(BaseException):
    pass


def raises(error):
    def answer(X, a, y):
        raise error

    return answer


def returns(value):
    return lambda X, a, y: value


def deep(X, a, y):
    return deep(X, a, y)


def endless_list():
    value = []
    value.append(value)
    return value


class Callable:
    def __call__(self, X, a, y):
        return right(X, a, y)


RAISING = {
    "sys.exit": (lambda X, a, y: sys.exit(1), "it raised SystemExit: 1"),
    "quiet exit": (lambda X, a, y: sys.exit(), "it raised SystemExit"),
    "stop": (raises(KeyboardInterrupt()), "it raised KeyboardInterrupt"),
    "base": (raises(Ends("of the world")), "it raised Ends: of the world"),
    "recursion": (deep, "it raised RecursionError: maximum recursion depth exceeded"),
    "wordless": (raises(Wordless()), "it raised Wordless"),
    "two lines": (raises(ValueError("first\n  second")), "it raised ValueError: first second."),
    "too few": (lambda X: 1, "it raised TypeError: "),
    "too many": (lambda X, a, y, b: 1, "missing 1 required positional argument"),
    "keyword only": (lambda *, X, a, y: 1, "it raised TypeError: "),
    "a name": (lambda X, a, y: undefined, "it raised NameError: name 'undefined' is not defined"),  # noqa: F821
    "shapes": (lambda X, a, y: a @ X, "it raised ValueError: the inner sizes of a matrix product differ, 3 and 2"),
    "np.linalg.inv": (np.linalg.inv, "it raised TypeError: "),
    "int": (int, "it raised TypeError: "),
    "a class": (Report, "it must return dw, db, got Report"),
}
RETURNING = {
    "hostile": (Hostile(), "it must return dw, db, got Hostile"),
    "two hostile": ((Hostile(), Hostile()), "dw should be an array of shape (2,), got Hostile"),
    "complex": ((np.ones(2) * 1j, 0.0), "dw should be an array of shape (2,), got"),
    "ragged": ([[1, 2], [3]], "db should be a number, got an array of shape (1,)"),
    "ragged arrays": ((np.ones(2), [np.ones(2), np.ones(3)]), "it must return dw, db"),
    "a word": ("dw", "it must return dw, db, got 'dw'"),
    "generator": ((k for k in range(2)), "it must return dw, db, got generator"),
    "Nones": ((None, None), "it returned None: is the `return` missing?"),
    "one None": ((np.ones(2), None), "db should be a number, got None"),
    "empty": ([], "it must return dw, db, got an array of shape (0,)"),
    "a dictionary": ({"dw": 1, "db": 2}, "it must return dw, db"),
    "nothing in it": ([], "it must return dw, db, got an array of shape (0,)"),
    "by name": ({"dw": np.ones(2), "db": 1.0}, "it must return dw, db, got a dictionary"),
    "a function": (len, "it must return dw, db, got builtin_function_or_method"),
    "nan": ((np.full(2, np.nan), np.nan), "got nan"),
    "infinite": ((np.array([np.inf, -np.inf]), 0.0), "got inf"),
    "huge": ((np.full(2, 1e308), -1e308), "got 1e+308"),
    "a huge integer": ((10**400, 0), "dw should be an array of shape (2,), got int"),
    "days": ((np.zeros(2, "M8[D]"), 0), "dw should be an array of shape (2,), got"),
    "objects": ((np.array([None, 1]), 0), "dw should be an array of shape (2,), got"),
    "a column": ((np.ones((2, 1)), 0), "dw should be an array of shape (2,), got an array of shape (2, 1)"),
    "itself": (endless_list(), "it must return dw, db, got list that contains itself"),
}
WILD = {**RAISING, **{name: (returns(value), words) for name, (value, words) in RETURNING.items()}}


@pytest.mark.parametrize("name", WILD)
def test_every_answer_gets_a_report_that_says_what_it_did(name, capfd):
    answer, words = WILD[name]
    report = make_gradient()(answer)
    assert report.verdict == "not yet" and words in report.message
    assert capfd.readouterr() == ("", "")


PARTIAL = functools.partial(lambda scale, X, a, y: right(X, a, y), 1)


@pytest.mark.parametrize("answer", [PARTIAL, Callable(), Callable().__call__], ids=["partial", "object", "method"])
def test_whatever_can_be_called_can_be_right(answer):
    assert gradient.report(answer).verdict == "right"


NO_ANSWERS = [Hostile(), endless_list(), None, [right], "gradient", np.ones(3)]


@pytest.mark.parametrize("answer", NO_ANSWERS, ids=lambda answer: type(answer).__name__)
@pytest.mark.parametrize(
    "exercise",
    [
        gradient,
        ValueExercise("number", 2.5, [Mistake("half", 1.25, "Half.")]),
        ValueExercise("table", {"W": (2, 3)}, []),
        Choice("pick", "a1", {"b": "No.", "2": "No."}),
        Order("proof", {"AB"}, [Mistake("turned", "BA", "No.")]),
    ],
    ids=lambda exercise: exercise.name,
)
def test_what_is_no_answer_at_all_gets_a_report_too(exercise, answer):
    assert exercise.report(answer).verdict == "not yet"


def test_builtins_of_numpy_are_answers():
    exercise = FunctionExercise(lambda x: x.sum() / x.size, lambda rng: [(rng.normal(size=4),)], [])
    assert exercise.report(np.mean).verdict == "right"
    assert "the result should be" in exercise.report(np.sum).message


def test_checks_work_in_a_thread_beside_the_main_one():
    with ThreadPoolExecutor(4) as pool:
        reports = list(pool.map(make_gradient().report, [right, no_mean_by_loop] * 20))
    assert reports == [gradient.report(right), gradient.report(no_mean_by_loop)] * 20


def test_warnings_of_numpy_are_kept_from_the_student(recwarn):
    def answer(X, a, y):
        return np.log(y - 1.0) / 0, np.exp(np.float64(1e4))

    assert gradient.report(answer).verdict == "not yet"
    assert not recwarn.list


# Loops where none is wanted


def with_for(X, a, y):
    dw = 0
    for i in range(len(y)):
        dw = dw + X[:, i] * (a[i] - y[i]) / len(y)
    return dw, np.mean(a - y)


def with_while(X, a, y):
    dw, i = 0, 0
    while i < len(y):
        dw = dw + X[:, i] * (a[i] - y[i]) / len(y)
        i += 1
    return dw, np.mean(a - y)


def with_comprehension(X, a, y):
    return np.array([row @ (a - y) for row in X]) / len(y), np.mean(a - y)


def with_generator(X, a, y):
    return X @ (a - y) / len(y), sum(error for error in a - y) / len(y)


def with_loop_inside(X, a, y):
    def total(error):
        s = 0
        for e in error:
            s += e
        return s

    return X @ (a - y) / len(y), total(a - y) / len(y)


LOOPS = [with_for, with_while, with_comprehension, with_generator, with_loop_inside]


@pytest.mark.parametrize("answer", LOOPS, ids=lambda answer: answer.__name__)
def test_a_loop_is_right_but(answer):
    report = looked_at.report(answer)
    assert report.verdict == "right, but" and report.passed and "without a Python loop" in report.message
    assert gradient.report(answer).verdict == "right"


def with_try(X, a, y):
    try:
        db = np.mean(a - y)
    except ValueError:
        db = 0
    return X @ (a - y) / len(y), db


def with_with(X, a, y):
    with np.errstate(all="ignore"):
        return X @ (a - y) / len(y) if len(y) > 0 else 0, np.mean(a - y)


def test_branches_and_blocks_are_no_loops():
    assert looked_at.report(with_try).verdict == looked_at.report(with_with).verdict == "right"
    assert looked_at.report(_gradient).verdict == "right"


def test_a_wrong_loop_is_told_what_is_wrong_first():
    assert looked_at.report(no_mean_by_loop).mistake == "no mean"


# Values side by side, in words

finite = arrays.arrays(float, arrays.array_shapes(max_dims=2, max_side=3), elements=st.floats(-1e3, 1e3))
anything = arrays.arrays(float, arrays.array_shapes(max_dims=2, max_side=3), elements=st.floats())


@thorough
@given(finite, anything)
def test_any_two_arrays_differ_in_words_or_are_the_same(one, other):
    a, b = outcomes.leaves(one), outcomes.leaves(other)
    assert outcomes.same(a, b) or outcomes.difference(a, b).startswith(("the result should", "result["))
    assert outcomes.same(a, outcomes.leaves(one.copy()))


@thorough
@given(st.integers(2, 9), st.integers(1, 4))
def test_a_factor_is_named(factor, rows):
    value = np.arange(1.0, 3 * rows + 1).reshape(rows, 3)
    found = outcomes.difference(outcomes.leaves(value), outcomes.leaves(factor * value))
    assert found.endswith(f"({factor} times the right value everywhere)")
    assert outcomes.difference(outcomes.leaves(value), outcomes.leaves(-value)).endswith("(right but for the sign)")


def test_a_transposed_array_is_suspected():
    found = outcomes.difference(outcomes.leaves(np.ones((2, 3))), outcomes.leaves(np.ones((3, 2))))
    assert found == "the result should be an array of shape (2, 3), got an array of shape (3, 2): transposed?"


def test_the_entry_that_differs_most_is_shown():
    value = np.zeros((2, 2))
    assert outcomes.difference(outcomes.leaves(value), outcomes.leaves(value + [[0, 1], [-2, 0]])) == (
        "result[1, 0] should be 0, got -2"
    )


def test_several_numbers_may_come_in_a_tuple_a_list_or_an_array():
    two = FunctionExercise(_ends, lambda rng: [(rng.normal(size=5),)], [], returns=("lowest", "highest"))
    for container in (tuple, list, np.array):
        assert two.report(lambda x: container([x.min(), x.max()])).passed
        assert "lowest should be -0.535669, got 0.640423" in two.report(lambda x: container([x.max(), x.min()])).message
    for wrong in (lambda x: x, lambda x: x.min(), lambda x: np.ones((1, 2)), lambda x: np.ones((2, 1))):
        assert "it must return lowest, highest, got" in two.report(wrong).message


def test_arrays_of_one_shape_may_come_in_one_array():
    two = FunctionExercise(lambda x: (x, -x), lambda rng: [(rng.normal(size=3),)], [], returns=("up", "down"))
    assert two.report(lambda x: np.array([x, -x])).passed
    assert "down[" in two.report(lambda x: np.array([x, x])).message
    assert "it must return up, down, got" in two.report(lambda x: np.array([x, -x]).T).message


def test_a_table_of_names_is_asked_name_by_name():
    table = ValueExercise("counts", {"A": 73, "B": 169}, [])
    assert not table.report({"A": [73, 169]}).passed and not table.report({"all": (73, 169)}).passed
    slopes = FunctionExercise(lambda: {"x": 2.0, "y": 3.0}, lambda rng: [()], [])
    assert slopes.report(lambda: {"y": 3, "x": 2}).passed
    assert not slopes.report(lambda: [2.0, 3.0]).passed and not slopes.report(lambda: np.array([2.0, 3.0])).passed


def test_a_matrix_may_come_as_a_list_of_its_rows():
    double = FunctionExercise(lambda X: 2 * X, lambda rng: [(rng.normal(size=(2, 3)),), (np.eye(3),)], [], returns=("twice X",))
    for container in (list, tuple, np.array):
        assert double.report(lambda X: container([2 * row for row in X])).passed
        assert not double.report(lambda X: container([3 * row for row in X])).passed
    assert not double.report(lambda X: {len(X) - 1 - k: 2 * row for k, row in enumerate(X)}).passed
    assert not double.report(lambda X: [[2 * row] for row in X]).passed
    single = FunctionExercise(lambda X: 2 * X, lambda rng: [(rng.normal(size=(1, 3)),)], [])
    assert single.report(lambda X: [2 * X[0]]).passed and not single.report(lambda X: 2 * X[0]).passed
    assert "got an array of shape (3,), an array of shape (2,)." in double.report(lambda X: [X[0], X[:, 0]]).message


@pytest.mark.parametrize("wrap", [lambda x: (x,), lambda x: {"z": x}, lambda x: [x]], ids=["comma", "dictionary", "list"])
def test_a_right_result_inside_a_container_is_told_so(wrap):
    total = FunctionExercise(lambda X: X.sum(axis=1), lambda rng: [(rng.normal(size=(2, 3)),)], [], returns=("a",))
    found = "it must return a, got an array of shape (2,) inside a tuple, a list or a dictionary: is there a comma after `return`?"
    assert total.report(lambda X: wrap(X.sum(axis=1))).message.endswith(found)


def _ends(x):
    return x.min(), x.max()


def test_what_is_inside_containers_is_compared_by_place():
    leaves = outcomes.leaves(({"W": [np.ones(2), None]}, 3), ("grads", "J"))
    assert list(leaves) == ["grads['W'][0]", "grads['W'][1]", "J"]
    assert outcomes.same(leaves, outcomes.leaves([{"W": (np.ones(2), None)}, 3.0], ("grads", "J")))


@pytest.mark.parametrize("one, other", [(1, 1.0), (True, 1), ([1, 2], (1, 2)), ([1, 2], np.array([1.0, 2.0]))], ids=str)
def test_types_of_numbers_and_of_flat_containers_do_not_matter(one, other):
    assert outcomes.same(outcomes.leaves(one), outcomes.leaves(other))


def test_rounding_is_no_difference_and_a_shape_is():
    assert outcomes.same(outcomes.leaves(0.1 + 0.2), outcomes.leaves(0.3))
    assert not outcomes.same(outcomes.leaves(np.ones(3)), outcomes.leaves(np.ones((3, 1))))
    assert not outcomes.same(outcomes.leaves(1.0), outcomes.leaves(np.ones(1)))


# Faces


class Tags(HTMLParser):
    """The tags and attributes of a piece of HTML, and its words."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.attributes, self.words, self.open = set(), set(), "", 0
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attributes}
        self.open += tag != "br"

    def handle_endtag(self, tag):
        self.open -= 1

    def handle_data(self, data):
        self.words += data


def assert_plain_and_safe(report):
    page = Tags(report._repr_html_())
    assert page.tags <= {"div", "b", "br", "code"} and page.attributes <= {"style"} and page.open == 0
    assert len(repr(report).splitlines()) == 1
    icon, _ = FACES[report.verdict]
    for face in (repr(report).replace("`", ""), page.words.replace("`", "")):
        assert all(part in face for part in (icon, report.exercise, report.verdict, *report.message.replace("`", "").split("\n")))


def test_both_faces_say_the_same_in_words_and_an_icon():
    for answer in (..., right, no_mean_by_loop, lambda X, a, y: None, *(answer for answer, _ in WILD.values())):
        assert_plain_and_safe(gradient.report(answer))
    assert_plain_and_safe(looked_at.report(with_for))


NASTY = '<script>alert("1")</script>\n<img src=x onerror=\'alert(2)\'>&amp;'


@pytest.mark.parametrize("answer", [raises(ValueError(NASTY)), returns(NASTY), returns((NASTY, 0)), NASTY])
def test_what_a_student_wrote_is_shown_and_not_run(answer):
    report = gradient.report(answer)
    assert "<script>" in report.message and "<script" not in report._repr_html_() and "<img" not in report._repr_html_()
    assert_plain_and_safe(report)


@thorough
@given(st.text(max_size=30))
def test_any_text_is_safe_in_both_faces(text):
    choice, order = Choice("pick", "a1", {"b": "No.", "2": "No."}), Order("proof", {"AB"}, [])
    for exercise in (ValueExercise("number", 1, []), choice, order):
        assert_plain_and_safe(exercise.report(text))
    assert_plain_and_safe(ValueExercise("table", {"W": (2, 3)}, []).report({text: 1}))


def test_a_long_exception_is_cut():
    assert len(gradient.report(raises(ValueError("word " * 10_000))).message) < 1000


def test_each_verdict_has_its_own_icon():
    assert len({icon for icon, _ in FACES.values()}) == len(FACES) == 4


# Values, choices, orders, thresholds


def test_a_number_is_right_within_its_tolerance_or_is_compared():
    exercise = ValueExercise("eta", 0.5, [Mistake("double", 1.0, "Twice too large.")], tolerance=0.01)
    assert {exercise.report(value).verdict for value in (0.5, 0.504, np.float32(0.5), np.array(0.5))} == {"right"}
    assert exercise.report(1).mistake == "double" and exercise.report(1).message == "Twice too large."
    assert exercise.report(0.7).message == "0.7 is too large." and exercise.report(-3).message == "-3 is too small."
    assert exercise.report("0.5").message == "'0.5' is a text. Write it without quotes."
    name = ValueExercise("name", "bias", [])
    assert name.report("weight").message == "'weight' is not it."
    assert {name.report(text).verdict for text in ("Bias", "BIAS", " bias")} == {"right"} != {name.report("bia s").verdict}
    assert exercise.report(...).verdict == exercise.report({"eta": ...}).verdict == "not attempted yet"


def test_a_value_that_is_no_number_is_neither_large_nor_small():
    assert "too" not in ValueExercise("eta", 0.5, []).report(float("nan")).message


def test_an_array_is_right_in_every_spelling():
    exercise = ValueExercise("w", [[1, 2], [3, 4]], [Mistake("transposed", [[1, 3], [2, 4]], "Turned.")])
    for answer in ([[1, 2], [3, 4]], ((1, 2), (3, 4)), np.array([[1, 2], [3, 4]]), np.array([[1.0, 2.0], [3.0, 4.0]])):
        assert exercise.report(answer).verdict == "right"
        assert exercise.report(np.transpose(answer)).mistake == "transposed"


def test_a_table_is_judged_entry_by_entry():
    right = {"W1": (5, 4), "b1": (5, 1), "W2": (3, 5)}
    wrong = {"W1": (4, 5), "W2": (5, 3)}
    exercise = ValueExercise("shapes", right, [Mistake("turned", wrong, "Rows are units.")])
    assert exercise.report({"W2": [3, 5], **right}).verdict == "right"
    assert {exercise.report({**right, **wrong, **more}).mistake for more in ({}, {"b1": 1})} == {"turned"}
    assert exercise.report({**right, "b1": (5,)}).message == "2 of 3 are right. Look again at b1."
    assert exercise.report({**right, "b1": ...}).message == "Still open: b1."
    assert exercise.report(dict.fromkeys(right, ...)).verdict == "not attempted yet"
    found = exercise.report({"W1": (5, 4), "W3": 1}).message
    assert found == "1 of 3 are right. Look again at b1, W2. Not asked for: W3."
    assert exercise.report({(5, 4): "W1"}).message == "0 of 3 are right. Look again at W1, b1, W2. Not asked for: (5, 4)."
    assert "must be a dictionary with W1, b1, W2, got (5, 4)" in exercise.report((5, 4)).message


def test_a_choice_needs_its_reason():
    exercise = Choice("pick", "b2", {"a": "Not a.", "c": "Not c.", "1": "Not 1.", "3": "Not 3."})
    assert {exercise.report(text).verdict for text in ("b2", "B2", "b, 2", " (b) 2.", ("b", 2))} == {"right"}
    assert (exercise.report("a2").message, exercise.report("a2").mistake) == ("Not a.", "a")
    assert exercise.report("c1").mistake == "c"
    assert exercise.report("b3").message == "The answer is right, its reason is not. Not 3."
    for answer in ("b", "2b", "b22", "d2", "b4", "", 2, ["b", b"2"], b"b2"):
        assert exercise.report(answer).message.startswith("Write one letter (a, b, c) and one number (1, 2, 3), ")
    assert exercise.report(...).verdict == "not attempted yet"


def test_an_order_says_where_it_breaks():
    exercise = Order("proof", {"ABCD", "BACD"}, [Mistake("end first", "D", "D is the end.")])
    assert {exercise.report(text).verdict for text in ("ABCD", "bacd", "B, A, C, D")} == {"right"}
    assert exercise.report("DABC").mistake == "end first"
    assert exercise.report("ABDC").message.startswith("The first 2 stand well: AB. Then D comes too early: it uses ")
    assert "The first one stands well: A. Then" in exercise.report("ADBC").message
    assert exercise.report("CABD").message.startswith("At the start, C comes too early")
    for answer in ("ABC", "ABCC", "ABCDE", 5, None):
        assert exercise.report(answer).message.startswith("Write each of A, B, C, D once, such as ")
    assert exercise.report(...).verdict == "not attempted yet"


def test_a_threshold_is_reached_or_said():
    def judge(rate):
        if rate < 0:
            raise ValueError("rate must be positive")
        return 1 - abs(rate - 1)

    tiny = Mistake("tiny", lambda rate: rate < 0.01, "Hardly moves.")
    exercise = Threshold("rate", judge, "The accuracy", 0.9, [tiny])
    assert exercise.report(1) == Report("rate", "right", "The accuracy is 1, at least 0.9 is asked.")
    assert exercise.report(0.9).verdict == "right"
    assert exercise.report(0.5).message == "The accuracy is 0.5, at least 0.9 is asked."
    report = exercise.report(0.001)
    assert report.mistake == "tiny" and report.message.startswith("Hardly moves. (The accuracy is ")
    assert exercise.report(-1).message == "rate must be positive."
    assert exercise.report("one").verdict == "not yet"
    assert exercise.report(...).verdict == "not attempted yet"


# Checklists


class Sums:
    """A small work: two numbers and what the student says of them; what is read is counted."""

    def __init__(self, handed):
        self.handed = handed

    def number(self, key):
        if isinstance(self.handed[key], str):
            raise TypeError(f"{key} must be a number, got a text")
        return self.handed[key]


negative = Mistake("negative", lambda work: work.number("a") < 0, "a is negative.")
added = Mistake("product", lambda work: work.number("sum") == work.number("a") * work.number("b"), "That is the product.")
other = Mistake("other sum", lambda work: work.number("sum") != work.number("a") + work.number("b"), "Add again.")


def make_checklist(*more):
    lines = [Line("numbers", ("a", "b"), [negative]), Line("sum", ("sum",), [added, other], after=("numbers",)), *more]
    return Checklist("sums", lines, Sums)


def told(answer, checklist=None):
    """Return (verdict, mistake, the lines of the message)."""
    report = (checklist or make_checklist()).report(answer)
    return report.verdict, report.mistake, report.message.split("\n")


def test_a_checklist_is_right_when_every_line_is_done():
    assert told({"a": 3, "b": 4, "sum": 7}) == ("right", "", ["2 of 2 lines are done.", "✓ numbers", "✓ sum"])
    assert make_checklist().accepts({"sum": 7, "a": 3, "b": 4}) and make_checklist().count({"a": 3, "b": 4}) == 1


def test_partial_work_shows_partial_marks_and_what_is_open():
    assert told({"a": 3, "b": 4, "sum": ...}) == ("not yet", "", ["1 of 2 lines are done.", "✓ numbers", "○ sum: hand in sum"])
    assert told({"a": 3}) == ("not yet", "", ["0 of 2 lines are done.", "○ numbers: hand in b", "○ sum: hand in sum"])


def test_a_line_waits_for_those_that_it_builds_on():
    found = told({"a": -3, "b": 4, "sum": 99})
    assert found == ("not yet", "negative", ["0 of 2 lines are done.", "✗ numbers: a is negative.", "○ sum: comes after numbers"])


def test_the_first_mistake_of_a_line_that_is_met_is_told():
    found = told({"a": 3, "b": 4, "sum": 12})
    assert found == ("not yet", "product", ["1 of 2 lines are done.", "✓ numbers", "✗ sum: That is the product."])
    assert told({"a": 3, "b": 4, "sum": 8})[1] == "other sum"


def test_a_checklist_refuses_kindly_and_goes_on_with_the_other_lines():
    rest = Line("color", ("color",), [])
    verdict, mistake, lines = told({"a": "3", "b": 4, "color": "red", "size": 1}, make_checklist(rest))
    assert (verdict, mistake) == ("not yet", "")
    assert lines == [
        "1 of 3 lines are done.", "✗ numbers: a must be a number, got a text.", "○ sum: hand in sum", "✓ color",
        "Not asked for: size.",
    ]  # fmt: skip
    for answer in (3, None, [1], "work", print):
        assert told(answer)[2][0].startswith('The answer must be a dictionary, {"a": ...}, got ')


def test_an_object_that_raises_anything_spoils_its_own_line_only():
    class Broken:
        def __lt__(self, other):
            raise ZeroDivisionError("on purpose")

    assert told({"a": Broken(), "b": 4}, make_checklist(Line("color", ("color",), [])))[2][1:] == [
        "✗ numbers: This cannot be checked: ZeroDivisionError.", "○ sum: hand in sum", "○ color: hand in color",
    ]  # fmt: skip


def test_an_untouched_checklist_is_not_attempted_yet():
    for answer in (..., {}, {"a": ..., "b": ..., "sum": ...}):
        assert told(answer)[0] == "not attempted yet"


def test_a_checklist_is_plain_and_safe_in_both_faces():
    for answer in ({"a": 3, "b": 4, "sum": 12}, {"a": NASTY}, {NASTY: 1}, NASTY, {3: NASTY, "a": 1}):
        assert_plain_and_safe(make_checklist().report(answer))


def test_the_mistakes_of_a_checklist_are_those_of_its_lines():
    assert make_checklist().mistakes == [negative, added, other]


@pytest.mark.parametrize("key", capstone_ways.RIGHT)
def test_the_checklist_of_the_wines_believes_nothing_and_refuses_kindly(key):
    capstone, of_key = lesson_07.capstone, {key for line in lesson_07.capstone.lines for key in line.asks}
    assert key in of_key and capstone.accepts(capstone_ways.RIGHT)
    for value in (None, -1, 0.5, np.nan, "text", [], {}, (1, 2), (np.nan, 0), [[1], [1, 2]], np.ones((13, 1)), np.eye(3), print):
        report = capstone.report({**capstone_ways.RIGHT, key: value})
        (told,) = (line for line in report.message.split("\n") if line.startswith("✗"))
        assert report.verdict == "not yet" and "cannot be checked" not in told and told.endswith((".", "?")), told
        assert not re.search("object|attribute|subscript|ufunc|iter|inhomogeneous", told.replace("got object", "")), told


@pytest.mark.parametrize("seed", range(8))
def test_the_checklist_of_the_wines_accuses_no_honest_work(seed):
    small = {"epochs": 30, "sizes": (13, 8, 3)}
    for how in ({}, {"start": initializers.xavier}, {"make_sets": capstone_ways.every_fifth, "batch_size": 16}):
        report = lesson_07.capstone.report(capstone_ways.work(seed=seed, **small, **how))
        assert report.verdict == "right", report


# Progress


def test_progress_counts_what_is_solved_and_remembers_the_last_answer():
    one, two = make_gradient(), Choice("pick", "a1", {"b": "No.", "2": "No."})
    progress = progress_of(one, two)
    assert repr(progress()) == "0 of 2 exercises solved\n○ gradient: not attempted yet\n○ pick: not attempted yet"
    one(right), two("b1")
    assert repr(progress()) == "1 of 2 exercises solved\n✓ gradient: right\n✗ pick: not yet"
    one(no_mean_by_loop), two("a1")
    assert progress().verdicts == {"gradient": "not yet", "pick": "right"}
    page = Tags(progress()._repr_html_())
    assert page.tags == {"div", "b", "ul", "li", "span"} and page.attributes == {"style"} and page.open == 0
    assert "1 of 2 exercises solved" in page.words and "gradient: not yet" in page.words


def test_right_but_counts_as_solved():
    exercise = make_gradient(vectorized=True)
    exercise(with_for)
    assert repr(progress_of(exercise)()).startswith("1 of 1 exercises solved\n◐")


def test_the_check_of_a_solution_and_a_report_leave_the_progress_alone():
    exercise = make_gradient()
    assert exercise.accepts(right) and not exercise.accepts(no_mean_by_loop) and exercise.report(right).passed
    assert exercise.last.verdict == "not attempted yet"
    assert exercise(no_mean_by_loop) == exercise.last


def test_an_exercise_is_shown_by_its_kind_and_name():
    assert repr(gradient) == "FunctionExercise('gradient')" and isinstance(gradient, Exercise)


# In the browser there are no threads


def test_the_browser_edition_says_that_it_cannot_stop_a_loop(monkeypatch):
    monkeypatch.setattr(running, "CAN_STOP", False)
    assert "cannot be stopped" in gradient.report(stub_with_pass).message
    monkeypatch.setattr(running, "CAN_STOP", True)
    assert "cannot be stopped" not in gradient.report(stub_with_pass).message


def test_without_threads_the_answer_runs_where_it_is_called(monkeypatch):
    monkeypatch.setattr(running, "CAN_STOP", False)
    places = set()

    def answer(X, a, y):
        places.add(threading.current_thread())
        return right(X, a, y)

    assert gradient.report(answer).verdict == "right" and places == {threading.current_thread()}
    for answer, words in WILD.values():
        assert words in gradient.report(answer).message


def test_the_engine_loads_numpy_and_nothing_heavier():
    program = (
        "import sys, numpy; before = set(sys.modules); import mlp_course.exercises.engine;"
        "print(*{name.split('.')[0] for name in set(sys.modules) - before} - set(sys.stdlib_module_names))"
    )
    environment = {**os.environ, "PYTHONPATH": os.path.dirname(os.path.dirname(os.path.dirname(engine.__file__)))}
    run = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True)
    assert run.stdout.split() == ["mlp_course"]


# What the review found: each of these once raised, or said something false


def test_an_answer_at_the_edge_of_the_tolerance_gets_a_report():
    exercise = FunctionExercise(lambda x: x * 1.0, lambda rng: [(1.0,)], [])
    for offset in (0.99e-7, 1.009e-7, 1.01e-7 + 5e-15, 1.02e-7):
        assert exercise.report(lambda x, offset=offset: x * (1 - offset)).verdict in ("right", "not yet")


@pytest.mark.parametrize("answer", [10**400, 10**30, {type("Mute", (), {"__str__": None, "__repr__": None})(): 1}])
def test_a_value_nobody_expects_gets_a_report(answer):
    for right in (3, {"W": (2, 3)}):
        assert ValueExercise("value", right, []).report(answer).verdict == "not yet"


def test_following_the_advice_on_a_changed_list_makes_it_right():
    exercise = FunctionExercise(
        lambda W: [W_l * 2 for W_l in W], lambda rng: [([np.ones((2, 1)), np.ones((3, 2))],)], []
    )

    def in_place(W):
        for l in range(2):
            W[l] *= 2
        return W

    def as_advised(W):
        W = list(W)
        for l in range(2):
            W[l] = W[l] * 2
        return W

    report = exercise.report(in_place)
    assert report.mistake == "changes its argument" and "Begin with `W = list(W)`. And `-=` changes" in report.message
    assert exercise.report(as_advised).verdict == "right"


def test_dots_that_index_are_no_unfinished_function():
    exercise = FunctionExercise(lambda A: A + 1, lambda rng: [(np.ones(3),)], [])

    def all_of_it(A):
        B = np.empty(3)
        B[...] = A + 2
        return B

    assert exercise.report(all_of_it).mistake == ""
    assert exercise.report(lambda A: (..., ...)).mistake == "unfinished"


def test_the_entry_that_is_shown_is_a_wrong_one():
    exercise = FunctionExercise(lambda: np.array([1e10, 1, np.inf]), lambda rng: [()], [])
    assert "[1] should be 1, got 2" in exercise.report(lambda: np.array([1e10 + 50, 2, np.inf])).message


def test_nearly_right_is_not_a_factor():
    exercise = FunctionExercise(lambda: np.array([3.0, 4.0]), lambda rng: [()], [])
    assert "should be 4, got 4.000002 (nearly right)" in exercise.report(lambda: np.array([3.0, 4.0]) * (1 + 5e-7)).message


def test_a_message_stays_short():
    exercise = FunctionExercise(lambda: 1, lambda rng: [()], [])
    for answer in ("x" * 10**6, ["word"] * 10**5):
        assert len(exercise.report(lambda answer=answer: answer).message) < 400


def test_a_table_in_quotes_or_of_arrays_is_told_so():
    exercise = ValueExercise("shapes", {"X": (2, 3)}, [], asked="its shape")
    assert exercise.report({"X": "(2, 3)"}).message == "X: with quotes it is a text. Write it without quotes."
    assert exercise.report({"X": np.ones((2, 3))}).message == "X: this is an array itself. What is asked for is its shape."


def test_the_bug_that_the_lesson_planted_is_no_attempt():
    exercise = FunctionExercise(lambda x: x, lambda rng: [(1,)], [Mistake("bug", lambda x: -x, "Still there.")], planted="bug")
    assert exercise.report(lambda x: -x) == Report("<lambda>", "not attempted yet", "Still there.", "bug")
    assert exercise.report(lambda x: 2 * x).verdict == "not yet"


def test_errors_of_numpy_are_said_in_plainer_words():
    said = {
        "`if` asks about one value": lambda X, a, y: 1 if y == 1 else 0,
        "one side of `@` is a plain number": lambda X, a, y: 0 @ X,
        "the inner sizes of a matrix product differ, 3 and 2": lambda X, a, y: X @ X,
        "have the cells above been run?": lambda X, a, y: not_defined_anywhere,  # noqa: F821
        "for an array, take NumPy's": lambda X, a, y: math.exp(a),
    }
    for words, answer in said.items():
        assert words in gradient.report(answer).message
