"""The catalogues: every known mistake is named, every right way passes, and no corrupted answer does."""

import copy
import functools
import importlib
import importlib.util
import inspect
import itertools
import pkgutil
import re
from pathlib import Path

import numpy as np
import pytest

from mlp_course import exercises
from mlp_course.exercises import outcomes
from mlp_course.exercises.engine import Choice, Exercise, FunctionExercise, Order, Threshold, ValueExercise, same_words
from mutants import mutants

COURSE = ("00", "01", "02", "03", "04", "05a", "05b", "05c", "06", "07", "08", "corrections")
NAMES = sorted(info.name for info in pkgutil.iter_modules(exercises.__path__) if info.name.startswith("lesson_"))
CATALOGUES = {name: importlib.import_module(f"mlp_course.exercises.{name}") for name in NAMES}
EXERCISES = {
    f"{name}.{attribute}": value
    for name, module in CATALOGUES.items() for attribute, value in vars(module).items() if isinstance(value, Exercise)
}  # fmt: skip
FUNCTIONS = {place: exercise for place, exercise in EXERCISES.items() if isinstance(exercise, FunctionExercise)}

# What differs, said in one of these ways
SAID = ("should be", "it raised", "it must return", "it returned None", "changes its argument", "Stopped after")

# Words that a lesson before may not use, and where they are first explained (storyboard, appendix A)
FIRST_IN = {
    "01": r"sigmoid|cost|loss|gradient|learning rate|bias|weight|accuracy|nudge",
    "02": r"layer|hidden|broadcast\w*|vectori\w+|hyperparameter|forward pass",
    "03": r"saturat\w+|dead|vanish\w+ (?:gradient|slope)|relu|leaky|tanh",
    "04": r"(?:mini-?)?batch|epoch|momentum|curvature|gradient descent",
    "05a": r"sweep|local slope|upstream|computational graph",
    "05b": r"backprop\w*|backward|gradient check\w*",
    "05c": r"jacobian|kronecker",
    "06": r"xavier|glorot|symmetry|clone",
    "07": r"one-hot|softmax|cross-entropy|logit|overfit\w*|validation|leak|early stop\w*|confusion",
    "08": r"parity|tent map|generali[sz]\w+",
}
BORROWED = {("00", "layer"), ("00", "layers")}  # the table of notation names them


def too_early(lesson, text):
    """Return the words of ``text`` that only a lesson after ``lesson`` explains."""
    later = "|".join(FIRST_IN[name] for name in COURSE[COURSE.index(lesson) + 1 :] if name in FIRST_IN)
    found = re.findall(rf"\b(?:{later})s?\b", text.lower()) if later else []
    return [word for word in found if (lesson, word) not in BORROWED]


def ways(name):
    """Return the module of right answers to the catalogue ``name``."""
    path = Path(__file__).parent / "right_ways" / f"{name}.py"
    assert path.exists(), f"{path.name} is missing in tests/right_ways"
    spec = importlib.util.spec_from_file_location(f"right_ways_{name}", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


RIGHT_WAYS = {name: ways(name) for name in NAMES if (Path(__file__).parent / "right_ways" / f"{name}.py").exists()}


def names_of(catalogue):
    return {place.split(".")[1] for place in EXERCISES if place.startswith(f"{catalogue}.")}


def right_ways(place, table="WAYS"):
    """Return the entry of an exercise in WAYS, or in another table of its file: MET holds {mistake: answer}."""
    name, attribute = place.split(".")
    return getattr(RIGHT_WAYS[name], table)[attribute]


def cases(exercise, seed=0):
    return exercise.make_cases(np.random.default_rng(seed))


def ran(exercise, function, seed):
    return exercise.run(function, cases(exercise, seed)).outcomes


def same_outcomes(one, other):
    return len(one) == len(other) and all(map(outcomes.same, one, other))


def advice(exercise):
    """Return {name: sentence} of everything ``exercise`` can say of a known mistake."""
    if isinstance(exercise, Choice):
        return exercise.advice
    return {mistake.name: mistake.advice for mistake in exercise.mistakes}


each = pytest.mark.parametrize("place, exercise", EXERCISES.items(), ids=EXERCISES)
each_function = pytest.mark.parametrize("place, exercise", FUNCTIONS.items(), ids=FUNCTIONS)
each_catalogue = pytest.mark.parametrize("name", NAMES)


# Names, numbers and words


@each
def test_an_exercise_stands_under_its_own_name_and_in_the_progress(place, exercise):
    name, attribute = place.split(".")
    assert exercise.name == attribute
    assert attribute in CATALOGUES[name].progress().verdicts


@each_catalogue
def test_the_progress_holds_nothing_else(name):
    assert set(CATALOGUES[name].progress().verdicts) == names_of(name)


def test_there_are_many_exercises_and_mistakes():
    choices = sum(len(exercise.advice) for exercise in EXERCISES.values() if isinstance(exercise, Choice))
    known = sum(len(exercise.mistakes) for exercise in EXERCISES.values() if not isinstance(exercise, Choice))
    print(f"{len(EXERCISES)} exercises, {known} mistakes and {choices} wrong choices")
    assert len(EXERCISES) >= 20 and known >= 80


@each
def test_advice_is_short_and_ends_as_a_sentence(place, exercise):
    for name, text in advice(exercise).items():
        assert text[-1] in ".?" or text.endswith((".)", "?)")), f"{name}: {text}"
        assert len(text.split()) <= 40, f"{name} has {len(text.split())} words"


@each
def test_advice_uses_no_word_of_a_later_lesson(place, exercise):
    lesson = place.split(".")[0].removeprefix("lesson_")
    assert {name: words for name, text in advice(exercise).items() if (words := too_early(lesson, text))} == {}


def test_the_words_of_later_lessons_are_found():
    assert too_early("01", "Softmax of hidden layers: a loss, one batch.") == ["softmax", "hidden", "layers", "batch"]
    assert too_early("07", "Softmax and parity.") == ["parity"] and too_early("08", "Softmax and parity.") == []


@each
def test_no_two_mistakes_share_a_name(place, exercise):
    names = [mistake.name for mistake in getattr(exercise, "mistakes", [])]
    assert len(set(names)) == len(names)


# Not attempted, right, wrong


@each
def test_the_stub_is_not_attempted_yet(place, exercise):
    scope, fresh = {}, copy.copy(exercise)
    exec(f'def stub({", ".join(getattr(exercise, "parameters", ()))}):\n    """Return it."""\n    ...', scope)
    stubs = [..., *([scope["stub"]] if place in FUNCTIONS else [])]
    if isinstance(getattr(exercise, "right", None), dict):
        stubs.append(dict.fromkeys(exercise.right, ...))
    assert {exercise.report(stub).verdict for stub in stubs} == {fresh().verdict} == {"not attempted yet"}


@each
def test_the_catalogue_accepts_its_own_answer(place, exercise):
    if isinstance(exercise, FunctionExercise):
        assert exercise.accepts(exercise.reference)
    elif isinstance(exercise, Order):
        assert all(exercise.accepts(order) for order in exercise.right)
    elif not isinstance(exercise, Threshold):
        assert exercise.accepts(exercise.right)


@each_catalogue
def test_there_are_three_right_ways_to_every_exercise(name):
    assert name in RIGHT_WAYS, f"tests/right_ways/{name}.py is missing"
    module = RIGHT_WAYS[name]
    assert set(module.WAYS) == names_of(name) and all(len(answers) >= 3 for answers in module.WAYS.values())
    looked_at = {it for it in names_of(name) if getattr(EXERCISES[f"{name}.{it}"], "vectorized", False)}
    assert set(module.LOOPED) == looked_at


@each
def test_every_right_way_is_accepted(place, exercise):
    for k, answer in enumerate(right_ways(place)):
        report = exercise.report(answer)
        assert report.verdict == "right", f"way {k}: {report}"


@each_catalogue
def test_a_loop_is_right_but(name):
    for attribute, answers in RIGHT_WAYS[name].LOOPED.items():
        for answer in answers if isinstance(answers, list) else [answers]:
            report = EXERCISES[f"{name}.{attribute}"].report(answer)
            assert report.verdict == "right, but", report


# Every known mistake is named


def rounded(value):
    """Return what a function returned, as another order of the same sums would give it."""
    if isinstance(value, (tuple, list)):
        return type(value)(rounded(part) for part in value)
    if isinstance(value, dict):
        return {key: rounded(part) for key, part in value.items()}
    numbers = isinstance(value, (float, np.floating)) or (isinstance(value, np.ndarray) and value.dtype.kind == "f")
    return value * (1 + 1e-12) if numbers else value


def rewritten(function):
    def answer(*arguments):
        return rounded(function(*arguments))

    return answer


def orders(exercise, beginning):
    """Yield an order that begins with ``beginning``, but not as another, longer mistake does."""
    longer = tuple(wrong for _, wrong, *_ in exercise.mistakes if wrong.startswith(beginning) and wrong != beginning)
    rest = sorted(set(min(exercise.right)) - set(beginning))
    whole = (beginning + "".join(end) for end in itertools.permutations(rest))
    yield next(order for order in whole if not order.startswith(longer))


def choices(exercise):
    """Yield (key of the advice, an answer that should get it)."""
    letter, number = exercise.right
    numbers = {key for key in exercise.advice if key.isdigit()} | {number}
    for key in exercise.advice:
        if key.isdigit():
            yield key, letter + key
        else:
            yield from ((key, key + other) for other in sorted(numbers))


def wrong_answers(place, exercise):
    """Yield (name of a mistake, an answer that makes it), at least one for every mistake."""
    if isinstance(exercise, FunctionExercise):
        for mistake in exercise.mistakes:
            yield mistake.name, mistake.wrong
            yield mistake.name, rewritten(mistake.wrong)
    elif isinstance(exercise, ValueExercise):
        for name, wrong, *_ in exercise.mistakes:
            yield name, {**exercise.right, **wrong} if isinstance(wrong, dict) else wrong
    elif isinstance(exercise, Order):
        yield from ((mistake.name, order) for mistake in exercise.mistakes for order in orders(exercise, mistake.wrong))
    elif isinstance(exercise, Choice):
        yield from choices(exercise)
    else:
        yield from right_ways(place, "MET").items()


@each
def test_every_known_mistake_is_named_as_itself(place, exercise):
    answers = list(wrong_answers(place, exercise))
    assert {name for name, _ in answers} == set(advice(exercise))
    for name, answer in answers:
        report = exercise.report(answer)
        planted = name == getattr(exercise, "planted", None)  # what the lesson itself has planted is no attempt
        verdict = "not attempted yet" if planted else "not yet"
        assert (report.verdict, report.mistake) == (verdict, name), f"{name}: {report}"
        assert advice(exercise)[name] in report.message


@each_function
def test_no_two_mistakes_are_the_same_and_none_is_right(place, exercise):
    known = exercise.known
    found = {"the right answer": known[0], **{mistake.name: its_outcomes for mistake, its_outcomes in known[1]}}
    alike = [(a, b) for a, b in itertools.combinations(found, 2) if same_outcomes(found[a], found[b]) and same_words(found[a], found[b])]
    assert alike == []


@each
def test_no_two_wrong_values_are_the_same_and_none_is_right(place, exercise):
    if isinstance(exercise, ValueExercise):
        for one, other in itertools.combinations(exercise.mistakes, 2):
            assert not outcomes.same(outcomes.leaves(one.wrong), outcomes.leaves(other.wrong), exercise.tolerance)


@each
def test_the_help_on_how_to_write_an_answer_is_not_the_answer(place, exercise):
    if isinstance(exercise, (Choice, Order)):
        example = re.search(r'such as "(.+?)"', exercise.report("?").message)[1]
        assert not exercise.accepts(example)


# Cases


def arrays(arguments):
    """Return the arrays of numbers among ``arguments``, those inside lists too."""
    found = [leaf for argument in arguments if not callable(argument) for leaf in outcomes.leaves(argument).values()]
    return [leaf for leaf in found if isinstance(leaf, np.ndarray)]


@each_function
def test_a_small_case_comes_first_and_all_are_finite(place, exercise):
    made = cases(exercise)
    totals = [sum(array.size for array in arrays(case)) for case in made]
    assert 3 <= len(made) <= 6 and totals[0] <= np.median(totals)
    assert all(np.isfinite(array).all() for case in made for array in arrays(case))
    assert all(inspect.signature(exercise.reference).bind(*case) for case in made)


@each_function
def test_cases_depend_on_the_generator_alone_or_no_corrupted_reference_passes_them(place, exercise):
    first, again, other = (repr([arrays(case) for case in cases(exercise, seed)]) for seed in (1, 1, 2))
    assert first == again
    drawn = first != other or not same_outcomes(*(ran(exercise, exercise.reference, seed) for seed in (1, 2)))
    assert drawn or [what for what, mutant in mutants(exercise.reference) if exercise.accepts(mutant)] == []


@each_function
def test_where_matrices_are_multiplied_or_transposed_one_is_square_and_hides_a_missing_transpose(place, exercise):
    shapes = {array.shape for case in cases(exercise) for array in arrays(case) if array.ndim == 2}
    shapes = {(rows, columns) for rows, columns in shapes if min(rows, columns) > 1}
    multiplied = re.search(r"\.T\b|@", inspect.getsource(exercise.reference))
    assert not (shapes and multiplied) or any(rows == columns for rows, columns in shapes)


# Corrupted references


@functools.cache
def corrupted(exercise):
    """Return [(what, report)] for every mutant of the reference that does not do the same after all."""
    found = [(what, mutant, exercise.report(mutant)) for what, mutant in mutants(exercise.reference)]
    return [(what, it) for what, mutant, it in found if it.verdict == "not yet" or not same_after_all(exercise, mutant)]


def same_after_all(exercise, mutant):
    """Return whether ``mutant`` does what the reference does on 50 other inputs: (a - b)**2 turned, for one."""
    right = exercise.reference
    return all(same_outcomes(ran(exercise, mutant, seed), ran(exercise, right, seed)) for seed in range(1, 51))


@each_function
def test_no_corrupted_reference_passes_and_each_is_told_what_differs(place, exercise):
    for what, report in corrupted(exercise):
        assert not report.passed, f"passes: {what}"
        known = advice(exercise).get(report.mistake, "")
        said = report.verdict == "not attempted yet" or any(words in report.message for words in SAID)
        assert report.message.startswith(known) and said, f"{what}: {report}"


def test_there_are_many_corrupted_references():
    assert sum(len(corrupted(exercise)) for exercise in FUNCTIONS.values()) >= 300


def test_mutants_are_small_different_and_always_the_same():
    reference = FUNCTIONS["lesson_01.log_loss"].reference
    once, again = ([what for what, _ in mutants(reference)] for _ in range(2))
    assert once == again and len(once) > 10
    y, a = np.array([0, 1]), np.array([0.2, 0.7])
    assert any(mutant(a, y) == -reference(a, y) for what, mutant in mutants(reference) if "sign" in what)
