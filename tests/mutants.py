"""Small corruptions of a function's source: the answers that a tired student could write."""

import ast
import copy
import inspect
import itertools
import sys
import textwrap

OPERATORS = {ast.Add: [ast.Sub], ast.Sub: [ast.Add], ast.Mult: [ast.Div, ast.MatMult], ast.Div: [ast.Mult],
             ast.MatMult: [ast.Mult], ast.Pow: [ast.Mult]}  # fmt: skip
COMPARISONS = {ast.Lt: ast.LtE, ast.LtE: ast.Gt, ast.Gt: ast.GtE, ast.GtE: ast.Lt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq}
TOTALS = {"mean": "sum", "sum": "mean", "max": "min", "min": "max", "argmax": "argmin", "argmin": "argmax"}


def mutants(function):
    """Yield (description, function) for each small corruption of ``function``, always in one order, no two alike."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(function))).body[0]
    seen = {ast.unparse(tree)}
    for what, mutant in itertools.chain(_corrupted(tree), _exchanged(tree)):
        source = ast.unparse(mutant)
        if source not in seen:
            seen.add(source)
            yield f"{tree.name}: {what}", _compiled(source, tree.name, function)


def _compiled(source, name, function):
    scope = {}
    exec(compile(source, f"<mutant of {name}>", "exec"), sys.modules[function.__module__].__dict__, scope)
    return scope[name]


# Corruptions of one node


def _corrupted(tree):
    """Yield (what, mutant) for each change of one expression or statement in the body."""
    for k, node in enumerate(ast.walk(tree)):
        if node is tree or isinstance(node, (ast.arguments, ast.arg)):
            continue
        for what, changed in _changes(node):
            yield what, _with(tree, k, changed)


def _with(tree, k, changed):
    """Return a copy of ``tree`` where ``changed`` stands for the node of place ``k``."""
    mutant = copy.deepcopy(tree)
    old = next(itertools.islice(ast.walk(mutant), k, None))

    class Exchange(ast.NodeTransformer):
        def visit(self, node):
            return copy.deepcopy(changed) if node is old else self.generic_visit(node)

    return ast.fix_missing_locations(Exchange().visit(mutant))


def _changes(node):
    """Return [(what, other node)] for ``node``; None deletes it."""
    found = CHANGES.get(type(node), lambda node: [])(node)
    return [(what.format(old=ast.unparse(node)), other) for what, other in found]


def _binary(node):
    yield "{old} without its right", node.left
    yield "{old} without its left", node.right
    for operator in OPERATORS.get(type(node.op), []):
        yield f"{{old}} with {operator.__name__}", ast.BinOp(node.left, operator(), node.right)
    if isinstance(node.op, (ast.Sub, ast.Div, ast.MatMult)):
        yield "{old} turned", ast.BinOp(node.right, node.op, node.left)


def _minus(node):
    if isinstance(node.op, (ast.USub, ast.Not, ast.Invert)):
        yield "{old} without its sign", node.operand


def _comparison(node):
    other = COMPARISONS.get(type(node.ops[0]))
    if other:
        yield "{old} compared otherwise", ast.Compare(node.left, [other(), *node.ops[1:]], node.comparators)


def _constant(node):
    if type(node.value) in (int, float):
        yield "{old} plus 1", ast.Constant(node.value + 1)


def _attribute(node):
    if node.attr == "T":
        yield "{old} without .T", node.value
    if node.attr in TOTALS:
        yield f"{TOTALS[node.attr]} for {{old}}", ast.Attribute(node.value, TOTALS[node.attr], node.ctx)


def _subscript(node):
    if not isinstance(node.slice, (ast.Slice, ast.Tuple, ast.Constant)):
        for operator in (ast.Sub, ast.Add):
            index = ast.BinOp(node.slice, operator(), ast.Constant(1))
            yield f"{{old}} at {ast.unparse(index)}", ast.Subscript(node.value, index, node.ctx)


def _call(node):
    for k, keyword in enumerate(node.keywords):
        others = node.keywords[:k] + node.keywords[k + 1 :]
        yield f"{{old}} without {keyword.arg}", ast.Call(node.func, node.args, others)
    if isinstance(node.func, ast.Name) and node.func.id == "range":
        yield from _ranges(node)
    if len(node.args) == 1 and not isinstance(node.args[0], ast.Starred):
        yield "{old} without the call", node.args[0]
    elif isinstance(node.func, ast.Attribute) and not node.args:
        yield "{old} without the call", node.func.value


def _ranges(node):
    bounds = node.args if len(node.args) > 1 else [ast.Constant(0), *node.args]
    for k, operator in itertools.product(range(2), (ast.Sub, ast.Add)):
        args = [*bounds]
        args[k] = ast.BinOp(bounds[k], operator(), ast.Constant(1))
        yield f"{{old}} as range({', '.join(map(ast.unparse, args))})", ast.Call(node.func, args, [])


def _keyword(node):
    value = getattr(node.value, "value", None)
    if node.arg == "axis" and value in (0, 1):
        yield "{old} exchanged", ast.keyword("axis", ast.Constant(1 - value))
    if node.arg == "keepdims":
        yield "{old} exchanged", ast.keyword("keepdims", ast.Constant(not value))


def _returned(node):
    value = node.value
    for k, part in enumerate(value.elts if isinstance(value, ast.Tuple) else [value]):
        minus = ast.UnaryOp(ast.USub(), part)
        parts = [*value.elts[:k], minus, *value.elts[k + 1 :]] if isinstance(value, ast.Tuple) else []
        yield f"-({ast.unparse(part)}) in {{old}}", ast.Return(ast.Tuple(parts, ast.Load()) if parts else minus)
    if isinstance(value, ast.Tuple):
        yield "{old} turned", ast.Return(ast.Tuple(value.elts[::-1], ast.Load()))


def _statement(node):
    yield "no {old}", ast.Pass()


CHANGES = {
    ast.BinOp: _binary, ast.UnaryOp: _minus, ast.Compare: _comparison, ast.Constant: _constant,
    ast.Attribute: _attribute, ast.Subscript: _subscript, ast.Call: _call, ast.keyword: _keyword,
    ast.Return: _returned, ast.Assign: _statement, ast.AugAssign: _statement,
}  # fmt: skip


# Two arguments exchanged


def _exchanged(tree):
    """Yield (what, mutant) for each pair of arguments that take each other's place in the body."""
    names = [argument.arg for argument in tree.args.args]
    for one, other in itertools.combinations(names, 2):
        mutant = copy.deepcopy(tree)
        for node in ast.walk(mutant):
            if isinstance(node, ast.Name) and node.id in (one, other):
                node.id = other if node.id == one else one
        yield f"{one} and {other} exchanged", mutant
