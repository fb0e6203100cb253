"""The exercises of lesson 0, start here: rows and columns, shapes, and how a check answers."""

import numpy as np

from .engine import Choice, FunctionExercise, Mistake, ValueExercise, progress_of


def _first_check(x):
    return x**2


def _first_check_cases(rng):
    return [(3,), (-4,), (0.5,), (int(rng.integers(5, 20)),)]


first_check = FunctionExercise(
    _first_check,
    _first_check_cases,
    [
        Mistake(
            "twice, not squared",
            lambda x: 2 * x,
            "This is 2 times x, not the square of x. A wrong answer breaks nothing: repair it, and check again.",
        ),
        Mistake("sign of xor", lambda x: x ^ 2, "In Python `^` is not a power: that is two stars, `**`."),
        Mistake("2 to the x", lambda x: 2**x, "This is 2 to the power x: the two numbers are swapped."),
        Mistake("cube", lambda x: x**3, "This is the cube, x times x times x: one x too many."),
        Mistake("square root", lambda x: x**0.5, "This is the square root, which goes the other way."),
        Mistake("x unchanged", lambda x: x, "You gave back x as it came."),
        Mistake("two added", lambda x: x + 2, "This is x plus 2, not the square of x."),
        Mistake(
            "sign kept",
            lambda x: x * abs(x),
            "This is right for positive x only. The square of a negative number is positive.",
        ),
        Mistake("minus in front", lambda x: -(x**2), "There is a minus sign too many: a square is never below 0."),
        Mistake("always nine", lambda x: 9, "This is right for x = 3 only. Use x in your answer."),
    ],
)


def _mean_of_features(table):
    return table.mean(axis=0)


def _mean_of_features_cases(rng):
    smallest = np.array([[1.0, 5.0, 0.5], [2.0, -3.0, 8.0]])
    return [(smallest,), *((rng.normal(size=size),) for size in ((3, 5), (5, 2), (4, 4)))]


mean_of_features = FunctionExercise(
    _mean_of_features,
    _mean_of_features_cases,
    [
        Mistake(
            "mean of each tumor",
            lambda table: table.mean(axis=1),
            "This is the mean of each tumor. The axis you name is the one that disappears, not the one that stays.",
        ),
        Mistake(
            "mean of everything",
            lambda table: table.mean(),
            "This is one mean of the whole table, radius and area mixed. Say which axis should disappear.",
        ),
        Mistake(
            "sum for mean",
            lambda table: table.sum(axis=0),
            "These are the sums of the features. A mean is the sum divided by how many there are.",
        ),
        Mistake(
            "both axes kept",
            lambda table: table.mean(axis=0, keepdims=True),
            "The numbers are right, but the table still has two axes. A flat array with one mean a feature is wanted.",
        ),
        Mistake(
            "made a column",
            lambda table: table.mean(axis=0).reshape(-1, 1),
            "The numbers are right, but they stand in a column. A flat array, with one axis only, is wanted.",
        ),
        Mistake(
            "divided by features",
            lambda table: table.sum(axis=0) / table.shape[1],
            "The sums are right. You divided by the number of features, but each sum runs over the tumors.",
        ),
        Mistake(
            "divided by all",
            lambda table: table.sum(axis=0) / table.size,
            "`size` counts all the numbers in the table. Each sum has only as many terms as there are tumors.",
        ),
        Mistake(
            "divided by 3",
            lambda table: table.sum(axis=0) / 3,
            "You divided by 3: that is right for three tumors only. Ask the table how many it has.",
        ),
        Mistake(
            "always five features",
            lambda table: np.array([table[:, j].mean() for j in range(5)]),
            "Your loop counts five features, whatever the table. Ask the table how many columns it has.",
        ),
        Mistake(
            "median for mean",
            lambda table: np.median(table, axis=0),
            "This is the median, the value in the middle. The mean is the sum divided by the number of tumors.",
        ),
        Mistake(
            "first feature only",
            lambda table: table[:, 0].mean(),
            "This is the mean of the first feature only. If you have a loop, look where its `return` stands.",
        ),
        Mistake(
            "first tumor only",
            lambda table: table[0],
            "This is the first tumor, `table[0]`: no mean was taken.",
        ),
        Mistake(
            "first tumor's mean",
            lambda table: table[0].mean(),
            "This is the mean of `table[0]`, and `table[0]` is a row: the first tumor.",
        ),
        Mistake(
            "last tumor left out",
            lambda table: table[:-1].sum(axis=0) / len(table),
            "The last tumor is left out of the sums. `range(n)` already stops at n - 1, and `:-1` drops the last one.",
        ),
        Mistake(
            "first tumor left out",
            lambda table: table[1:].sum(axis=0) / len(table),
            "The first tumor is left out of the sums: NumPy counts from 0, not from 1.",
        ),
        Mistake(
            "table unchanged",
            lambda table: table,
            "You gave back the table as it came: no mean was taken.",
        ),
        Mistake(
            "not called",
            lambda table: table.mean,
            "`table.mean` without parentheses is the tool itself. Parentheses put it to work.",
        ),
    ],
    returns=("the result",),
)


shape_of = ValueExercise(
    "shape_of",
    {
        "X.T": (3, 5),
        "X[0]": (3,),
        "X[:, :1]": (5, 1),
        "X.sum(axis=0)": (3,),
        "X.T @ X": (3, 3),
        "np.zeros((4, 1))": (4, 1),
    },
    [
        Mistake("not transposed", {"X.T": (5, 3)}, "X.T: this is the shape of X. `.T` makes rows of the columns."),
        Mistake(
            "column for row",
            {"X[0]": (5,)},
            "X[0]: this is the length of a column. One number alone in the brackets names a row.",
        ),
        Mistake(
            "flat as column",
            {"X[0]": (3, 1)},
            "X[0]: a flat array is not a column. Choosing one row takes away an axis: how many are left?",
        ),
        Mistake(
            "flat as row",
            {"X[0]": (1, 3)},
            "X[0]: choosing one row takes away an axis, so the shape holds one number only.",
        ),
        Mistake(
            "no comma",
            {"X[0]": 3},
            "X[0]: for Python `(3)` is just the number 3. The shape of a flat array is written with a comma.",
        ),
        Mistake(
            "axis lost",
            {"X[:, :1]": (5,)},
            "X[:, :1]: that is the shape of X[:, 0]. `:1` is a slice, a short list of columns, and keeps both axes.",
        ),
        Mistake(
            "slice of rows",
            {"X[:, :1]": (1, 3)},
            "X[:, :1]: that is the shape of X[:1, :]. Here `:1` stands in the second place, where columns are counted.",
        ),
        Mistake(
            "two columns",
            {"X[:, :1]": (5, 2)},
            "X[:, :1]: a slice stops before its last number, so `:1` holds column 0 alone.",
        ),
        Mistake(
            "axis that stays",
            {"X.sum(axis=0)": (5,)},
            "X.sum(axis=0): you kept axis 0, which has length 5. The axis you name is the one that disappears.",
        ),
        Mistake(
            "no comma after sum",
            {"X.sum(axis=0)": 3},
            "X.sum(axis=0): for Python `(3)` is just the number 3. The shape of a flat array is written with a comma.",
        ),
        Mistake(
            "sum keeps axes",
            {"X.sum(axis=0)": (1, 3)},
            "X.sum(axis=0): that is its shape with `keepdims=True`. Without it the axis is gone.",
        ),
        Mistake(
            "sum of everything",
            {"X.sum(axis=0)": ()},
            "X.sum(axis=0): one number is what X.sum() leaves. With an axis named, only that axis disappears.",
        ),
        Mistake(
            "outer numbers of X",
            {"X.T @ X": (5, 5)},
            "X.T @ X: that is the shape of X @ X.T. Write both shapes side by side: the inner numbers vanish.",
        ),
        Mistake(
            "shape of X kept",
            {"X.T @ X": (5, 3)},
            "X.T @ X: a product keeps the first number of the left matrix and the last number of the right one.",
        ),
        Mistake(
            "shape of X.T kept",
            {"X.T @ X": (3, 5)},
            "X.T @ X: that is the shape of X.T alone. The inner numbers, 5 and 5, vanish.",
        ),
        Mistake(
            "flat zeros",
            {"np.zeros((4, 1))": (4,)},
            "np.zeros((4, 1)): the shape you ask for is the shape you get. (4,) has one axis, a column has two.",
        ),
        Mistake(
            "row of zeros",
            {"np.zeros((4, 1))": (1, 4)},
            "np.zeros((4, 1)): rows come first, then columns.",
        ),
    ],
    asked="its shape, such as (2, 4)",
)


quiz_1 = Choice(  # what is x with (2) above it? a the square, b the second feature, c example number 2
    "quiz_1",
    "c2",
    {
        "a": "The square is written without parentheses. Look in the notation table: what do parentheses number?",
        "b": "A feature is a row of X. Look in the notation table: what do parentheses number?",
        "1": "Layers have square brackets, as in W[1]. These are parentheses.",
        "3": "If it were a power, it would be the square. The parentheses say that it is not a power.",
    },
)

quiz_2 = Choice(  # what is n0? a number of examples, b number of inputs, c units of layer 1
    "quiz_2",
    "b3",
    {
        "a": "The number of examples is called m.",
        "c": "That is n1: the input is layer 0, and the layer after it is layer 1.",
        "1": "The small number below n counts layers, not examples.",
        "2": "The inputs of one example stand in one column, one below the other. So X has n0 rows.",
    },
)

quiz_3 = Choice(  # X is (30, 569): a 569 examples with 30 features, b the other way round, c 17,070 examples
    "quiz_3",
    "a2",
    {
        "b": "Then one example would be a row. In this course one example is one column: which number counts columns?",
        "c": "30 times 569 counts all the numbers in X. One example is a whole column of them.",
        "1": "The first number counts rows, and an example is a column here.",
        "3": "That is not a rule: above, X had shape (5, 3), and the smaller number counted the examples.",
    },
)

progress = progress_of(first_check, mean_of_features, shape_of, quiz_1, quiz_2, quiz_3)
