"""Exercises as data: the right answer, the known wrong ones, and one sentence of advice for each.

A lesson's catalogue is a module of ``Exercise``s. In the notebook the check is one short call::

    from mlp_course.exercises import lesson_01 as check
    check.log_loss(log_loss)

An answer is compared with the right one and with every known mistake by what it does on all the cases: equal values,
shapes or exceptions on every one of them are the same answer. A mistake is therefore named however it is written.
"""

import inspect
import re
from functools import cached_property
from typing import NamedTuple

import numpy as np

from ..checks import shown
from . import running
from .outcomes import Raised, arguments, arranged, difference, leaves, same
from .report import Progress, Report

SECONDS = 5  # for all the calls of one check; the right answers need thousandths
NOT_REPEATABLE = (
    "Called twice with the same arguments, your function gives two results: it draws without a seed, "
    "or keeps something from one call to the next."
)


class Mistake(NamedTuple):
    """A known wrong answer, ``wrong``, with the ``advice`` a teacher would give: what happened, not what to type.

    A function that raises in every case has little to be known by: an answer is this mistake only when its exceptions say
    the same, numbers aside, unless ``any_words``.
    """

    name: str
    wrong: object
    advice: str
    any_words: bool = False


class Exercise:
    """A question that can be checked: ``exercise(answer)`` returns a ``Report``, and keeps it for the progress.

    Subclasses say in ``report(answer)`` what an answer is worth.
    """

    stub = "Replace the `...`, run the cell, then run this one again."

    def __init__(self, name):
        self.name = name
        self.last = Report(name, "not attempted yet")

    def __call__(self, answer=...):
        self.last = self.report(answer)
        return self.last

    def accepts(self, answer):
        """Return whether ``answer`` is right, for a solution's own check; the student's progress stays as it is."""
        return self.report(answer).verdict == "right"

    def report(self, answer):
        """Return the ``Report`` on ``answer``; raises nothing, whatever the answer."""
        try:
            return self._attempt(answer)
        except Exception as error:  # an object made to break whoever looks at it: the lesson goes on
            return self._says("not yet", f"This answer cannot be checked: {type(error).__name__}.")

    def _attempt(self, answer):
        if answer is ... or (isinstance(answer, str) and answer.strip() == "..."):
            return self._says("not attempted yet", self.stub)
        return self._judged(answer)

    def _says(self, verdict, message="", mistake=""):
        return Report(self.name, verdict, "\n".join(" ".join(line.split()) for line in message.split("\n")), mistake)

    def __repr__(self):
        return f"{type(self).__name__}({self.name!r})"


class FunctionExercise(Exercise):
    """Write a function that does what ``reference`` does; its name without underscores is the exercise's.

    ``cases(rng)`` returns a list of tuples of arguments, the smallest first: all sizes different, and one case with all
    of them equal, where a missing transpose raises nothing. ``mistakes`` hold functions. ``returns`` names what the function
    returns, as the lesson does. ``vectorized``: no Python loop is wanted. ``planted`` names the mistake that the lesson itself
    has planted: as long as it stands, nothing was attempted.
    """

    def __init__(self, reference, cases, mistakes, returns=("the result",), vectorized=False, planted=None):
        super().__init__(reference.__name__.strip("_"))
        self.reference, self.mistakes, self.returns, self.vectorized = reference, mistakes, returns, vectorized
        self.parameters = tuple(inspect.signature(reference).parameters)
        self.make_cases, self.planted = cases, planted

    def _judged(self, answer):
        if not callable(answer):
            call = f"`check.{self.name}({self.name})`"
            return self._says("not yet", f"Give the function itself by its name, {call}, and not a result: got {shown(answer)}.")
        if running.is_stub(answer):
            mind = " Mind: in the browser an endless loop cannot be stopped, only the page reloaded."
            return self._says("not attempted yet", self.stub + ("" if running.CAN_STOP else mind))
        cases = self._cases()
        try:
            return self._compared(answer, cases, self._timed(answer, cases))
        except running.TooLong as error:
            after = "" if error.stopped else " It still runs: if the notebook stays slow, restart the kernel."
            return self._says("not yet", f"Stopped after {SECONDS} seconds: is there a loop that never ends?{after}")

    def _timed(self, answer, cases):
        return running.within(SECONDS, lambda: self.run(answer, cases))

    def run(self, function, cases):
        """Return the ``Run`` of ``function`` on ``cases``."""
        return running.run(function, cases, self.returns, self.parameters)

    @cached_property
    def known(self):
        """The outcomes of the reference, and a list of (mistake, its outcomes)."""
        cases = self._cases()
        right = self.run(self.reference, cases).outcomes
        return right, [(mistake, _arranged(right, self.run(mistake.wrong, cases))) for mistake in self.mistakes]

    def _cases(self):
        return self.make_cases(np.random.default_rng(0))

    def _compared(self, answer, cases, run):
        right, wrong = self.known
        outcomes = _arranged(right, run)
        if _all_same(right, outcomes):
            return self._right(answer, cases, run.changed)
        evidence = self._evidence(cases, right, outcomes)
        for mistake, its_outcomes in wrong:
            if _all_same(its_outcomes, outcomes) and (mistake.any_words or same_words(its_outcomes, outcomes)):
                if mistake.name == self.planted:
                    return self._says("not attempted yet", mistake.advice, mistake.name)
                return self._says("not yet", f"{mistake.advice}\n{evidence}", mistake.name)
        return self._unknown(answer, cases, run, evidence)

    def _unknown(self, answer, cases, run, evidence):
        """Judge a wrong answer that is no known mistake: by what may go wrong in every exercise, else by ``evidence`` alone."""
        if "ellipsis" in evidence or "`...`" in evidence:
            return self._says("not yet", f"A `...` is still in the function.\n{evidence}", "unfinished")
        if running.prints(answer) and evidence.endswith("is the `return` missing?"):
            return self._says("not yet", "Your function prints its result and returns None. Write `return` in place of `print`.")
        if run.undrawn and not any(isinstance(outcome, Raised) for outcome in run.outcomes):
            given = f"The numbers do not come from the `{run.undrawn[0]}` that is given."
            return self._says("not yet", f"{given}\n{evidence}", "other generator")
        if not _all_same(run.outcomes, self._timed(answer, cases).outcomes):
            return self._says("not yet", f"{NOT_REPEATABLE}\n{evidence}", "not repeatable")
        if read := running.reads_from_notebook(answer):
            names = " and ".join(f"`{name}`" for name in read)
            reads = f"Your function reads {names} from the notebook, not from its arguments: is that meant?"
            return self._says("not yet", f"{evidence}\n{reads}", "reads the notebook")
        return self._says("not yet", evidence)

    def _right(self, answer, cases, changed):
        if changed:
            name, names = changed[0], " and ".join(changed)
            old = cases[0][self.parameters.index(name)]
            repair = f"Begin with `{name} = {name}.copy()`. A slice, or a second name, is no copy: it shows the same numbers."
            if isinstance(old, (list, dict)):
                kind = type(old).__name__
                repair = f"Begin with `{name} = {kind}({name})`. And `-=` changes the array itself, whatever its name: write `= ... - ...`."
            return self._says(
                "not yet",
                f"The values are right, but the function changes what it is given: {names}. Whoever calls it would lose the "
                f"old values. {repair}",
                "changes its argument",
            )
        if self.vectorized and running.has_loop(answer):
            return self._says("right, but", "The values are right. Now do it without a Python loop.")
        return self._says("right")

    def _evidence(self, cases, right, outcomes):
        """Return what differs on the first case that differs: cases are listed from the smallest."""
        k = next(k for k in range(len(cases)) if not same(right[k], outcomes[k]))
        found = difference(right[k], outcomes[k])
        return f"With {arguments(self.parameters, cases[k])}: {_sentence(found)}"


def _arranged(right, run):
    return [arranged(one, other) for one, other in zip(right, run.outcomes, strict=True)]


def _all_same(right, got):
    return all(same(one, other) for one, other in zip(right, got, strict=True))


def same_words(right, got):
    """Return whether exceptions, where there is nothing else to compare, say the same, numbers aside."""
    if not all(isinstance(outcome, Raised) for outcome in right):
        return True
    return all(re.sub(r"\d+", "0", one.text) == re.sub(r"\d+", "0", other.text) for one, other in zip(right, got))


def _sentence(text):
    return text if text.endswith(("?", ".", "!")) else f"{text}."


class ValueExercise(Exercise):
    """Find ``right``: a number, an array, or a dictionary of them, such as a table of shapes.

    ``mistakes`` hold wrong values; one that is a dictionary is met when all its entries are. A number may be off by the
    share ``tolerance`` (rounding on paper). ``asked`` says what an entry of a table is, such as "its shape".
    """

    def __init__(self, name, right, mistakes, tolerance=1e-3, asked="a number"):
        super().__init__(name)
        self.right, self.mistakes, self.tolerance, self.asked = right, mistakes, tolerance, asked

    def _judged(self, answer):
        if isinstance(self.right, dict) and not isinstance(answer, dict):
            return self._says("not yet", f"The answer must be a dictionary with {', '.join(self.right)}, got {shown(answer)}.")
        if isinstance(answer, dict) and any(part is ... for part in answer.values()):
            return self._partly(answer)
        if isinstance(answer, dict) and (kind := self._other_kind(answer)):
            return self._says("not yet", kind)
        if self._same(answer, self.right):
            return self._says("right")
        for mistake in self.mistakes:
            if self._meets(answer, mistake.wrong):
                return self._says("not yet", mistake.advice, mistake.name)
        return self._says("not yet", self._difference(answer))

    def _partly(self, answer):
        if all(part is ... for part in answer.values()):
            return self.report(...)
        return self._says("not yet", f"Still open: {', '.join(_key(key) for key, part in answer.items() if part is ...)}.")

    def _other_kind(self, answer):
        """Return a sentence about the first entry that is a text or an array where neither is asked."""
        for key, part in answer.items():
            if key not in self.right:
                continue
            if isinstance(part, str) and not isinstance(self.right[key], str):
                return f"{key}: with quotes it is a text. Write it without quotes."
            if isinstance(part, np.ndarray) and not self._same(part, self.right[key]):
                return f"{key}: this is an array itself. What is asked for is {self.asked}."
        return None

    def _same(self, answer, right):
        return same(leaves(right), leaves(answer), self.tolerance)

    def _meets(self, answer, wrong):
        if isinstance(answer, dict) and isinstance(wrong, dict):
            return all(key in answer and self._same(answer[key], part) for key, part in wrong.items())
        return self._same(answer, wrong)

    def _difference(self, answer):
        if isinstance(self.right, dict):
            off = [str(key) for key, part in self.right.items() if key not in answer or not self._same(answer[key], part)]
            extra = [_key(key) for key in answer if key not in self.right]
            more = f" Not asked for: {', '.join(extra)}." if extra else ""
            again = ", ".join(off) or "the names"
            return f"{len(self.right) - len(off)} of {len(self.right)} are right. Look again at {again}.{more}"
        numbers = (int, float, np.integer, np.floating)
        if all(isinstance(value, numbers) and abs(float(value)) < 1e300 for value in (self.right, answer)):
            return f"{answer:g} is too {'large' if answer > self.right else 'small'}."
        quoted = isinstance(answer, str) and not isinstance(self.right, str)
        return f"{shown(answer)} is {'a text. Write it without quotes' if quoted else 'not it'}."


def _key(key):
    return key if isinstance(key, str) else shown(key)


def _letters_and_digits(answer):
    """Return the letters and digits of "b, 2", of ("b", 2), or of a list of letters."""
    if isinstance(answer, (list, tuple)):
        answer = "".join(str(part) for part in answer if isinstance(part, (str, int)))
    return "".join(filter(str.isalnum, answer)) if isinstance(answer, str) else ""


class Choice(Exercise):
    """Choose an answer, a letter, with a reason, a number: ``right`` is such as "b2".

    ``advice`` has one sentence for each letter and each number that is wrong.
    """

    stub = "Replace the `...` by your answer and run the cell again."

    def __init__(self, name, right, advice):
        super().__init__(name)
        self.right, self.advice = right, advice

    def _judged(self, answer):
        text = _letters_and_digits(answer).lower()
        letters, numbers = ({*self.advice, *self.right} & set(kind) for kind in ("abcdefgh", "123456789"))
        if not (len(text) == 2 and text[0] in letters and text[1] in numbers):
            pattern = f"one letter ({', '.join(sorted(letters))}) and one number ({', '.join(sorted(numbers))})"
            such_as = f'"{min(letters)}{min(numbers)}" with its quotes'
            return self._says("not yet", f"Write {pattern}, such as {such_as}, got {shown(answer)}.")
        if text == self.right:
            return self._says("right")
        letter, number = text
        if letter != self.right[0]:
            return self._says("not yet", self.advice[letter], letter)
        return self._says("not yet", f"The answer is right, its reason is not. {self.advice[number]}", number)


class Order(Exercise):
    """Put the lines of a proof in order: ``right`` holds every valid order, such as {"BAC", "ABC"}.

    ``mistakes`` hold wrong orders, whole or only how they begin.
    """

    def __init__(self, name, right, mistakes):
        super().__init__(name)
        self.right, self.mistakes = right, mistakes

    def _judged(self, answer):
        letters = sorted(min(self.right))
        text = _letters_and_digits(answer).upper()
        if sorted(text) != letters:
            such_as = f'"{"".join(letters)}" with its quotes'
            return self._says("not yet", f"Write each of {', '.join(letters)} once, such as {such_as}, got {shown(answer)}.")
        if text in self.right:
            return self._says("right")
        for mistake in self.mistakes:
            if text.startswith(mistake.wrong):
                return self._says("not yet", mistake.advice, mistake.name)
        good = max(k for k in range(len(text)) if any(order.startswith(text[:k]) for order in self.right))
        first = "one stands" if good == 1 else f"{good} stand"
        start = f"The first {first} well: {text[:good]}. Then" if good else "At the start,"
        return self._says("not yet", f"{start} {text[good]} comes too early: it uses what is not written yet.")


class Threshold(Exercise):
    """Reach a number: ``judge(answer)`` must be at least ``least``; ``what`` says what it measures.

    ``mistakes`` hold functions that say of an answer whether it is that mistake. What ``judge`` refuses by a ``TypeError``
    or a ``ValueError`` goes to the student as it is.
    """

    def __init__(self, name, judge, what, least, mistakes):
        super().__init__(name)
        self.judge, self.what, self.least, self.mistakes = judge, what, least, mistakes

    def _judged(self, answer):
        try:
            reached = self.judge(answer)
        except (TypeError, ValueError) as error:
            return self._says("not yet", _sentence(str(error)))
        found = f"{self.what} is {reached:.3g}, at least {self.least:g} is asked"
        if reached >= self.least:
            return self._says("right", f"{found}.")
        for mistake in self.mistakes:
            if mistake.wrong(answer):
                return self._says("not yet", f"{mistake.advice} ({found}.)", mistake.name)
        return self._says("not yet", f"{found}.")


class Line(NamedTuple):
    """A line of a ``Checklist``: done when the entries ``asks`` are there and none of ``mistakes`` is met.

    It is looked at when the lines named in ``after`` are done.
    """

    name: str
    asks: tuple
    mistakes: list
    after: tuple = ()


class Look(NamedTuple):
    """What was found on a line: ``face`` is done, open or not yet, with ``words``, and the name of a known ``mistake``."""

    face: str
    words: str = ""
    mistake: str = ""


class Checklist(Threshold):
    """Do a work of many parts, handed in as a dictionary: as many ``lines`` as there are must be done.

    ``read(answer)`` makes of the dictionary what the mistakes of the lines look at. What they refuse by a ``TypeError`` or
    a ``ValueError`` goes to the student as it is.
    """

    stub = "Replace one `...` after the other, and run this cell again as often as you like: each line is judged alone."
    icons = {"done": "✓", "open": "○", "not yet": "✗"}

    def __init__(self, name, lines, read):
        mistakes = [mistake for line in lines for mistake in line.mistakes]
        super().__init__(name, self.count, "The number of lines done", len(lines), mistakes)
        self.lines, self.read = lines, read
        self.keys = [key for line in lines for key in line.asks]

    def count(self, answer):
        """Return how many lines of the dictionary ``answer`` are done."""
        return sum(look.face == "done" for look in self.looks(answer).values())

    def looks(self, answer):
        """Return {name of a line: its ``Look``}."""
        work, found = self.read(answer), {}
        for line in self.lines:
            found[line.name] = self._look(line, answer, work, found)
        return found

    def _look(self, line, answer, work, found):
        missing = [key for key in line.asks if answer.get(key, ...) is ...]
        if missing:
            return Look("open", f"hand in {', '.join(missing)}")
        first = [name for name in line.after if found[name].face != "done"]
        if first:
            return Look("open", f"comes after {', '.join(first)}")
        try:
            with np.errstate(all="ignore"):
                met = next((mistake for mistake in line.mistakes if mistake.wrong(work)), None)
        except (TypeError, ValueError) as error:
            return Look("not yet", _sentence(str(error)))
        except Exception as error:  # an object of the student's own may raise anything: the other lines go on
            return Look("not yet", f"This cannot be checked: {type(error).__name__}.")
        return Look("not yet", met.advice, met.name) if met else Look("done")

    def _judged(self, answer):
        if not isinstance(answer, dict):
            return self._says("not yet", f"The answer must be a dictionary, {{\"{self.keys[0]}\": ...}}, got {shown(answer)}.")
        if all(part is ... for part in answer.values()):
            return self.report(...)
        looks = self.looks(answer)
        done = sum(look.face == "done" for look in looks.values())
        lines = [f"{self.icons[look.face]} {name}{': ' if look.words else ''}{look.words}" for name, look in looks.items()]
        extra = [_key(key) for key in answer if key not in self.keys]
        lines += [f"Not asked for: {', '.join(extra)}."] if extra else []
        mistake = next((look.mistake for look in looks.values() if look.mistake), "")
        verdict = "right" if done == len(self.lines) else "not yet"
        return self._says(verdict, "\n".join([f"{done} of {len(self.lines)} lines are done.", *lines]), mistake)


def progress_of(*exercises):
    """Return the function ``progress()`` of a lesson with these ``exercises``."""

    def shows():
        """Show the last verdict on each exercise of this lesson."""
        return Progress({exercise.name: exercise.last.verdict for exercise in exercises})

    return shows
