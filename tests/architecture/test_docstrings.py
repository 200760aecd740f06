"""Public docstrings tell every parameter, what comes back, and which errors are raised by the function itself."""

import ast
from itertools import pairwise

import pytest
from source import functions, modules, name_of, tree

EACH_MODULE = pytest.mark.parametrize("path", modules(), ids=name_of)


def public(module):
    """Functions at the top of a module, and methods of public classes."""
    for node in module.body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            yield node
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            yield from (m for m in node.body if isinstance(m, ast.FunctionDef) and not m.name.startswith("_"))


def decorated(function, *names):
    texts = [ast.unparse(d) for d in function.decorator_list]
    return any(name in text for text in texts for name in names)


def documented(text, section):
    lines = [line.strip() for line in text.splitlines()]
    return any(a == section and set(b) == {"-"} for a, b in pairwise(lines))


def gives(function):
    return function.returns is not None and ast.unparse(function.returns) not in {"None", "Never", "NoReturn"}


@EACH_MODULE
def test_functions_tell_their_parameters_and_results(path):
    for function in public(tree(path)):
        text = ast.get_docstring(function) or ""
        if decorated(
            function, "overload", "command", "property", "validator", "serializer", "setter", "fixture"
        ):
            continue
        assert text, function.name
        arguments = [
            a.arg for a in function.args.args + function.args.kwonlyargs if a.arg not in {"self", "cls"}
        ]
        if arguments and len(text.splitlines()) > 1:
            assert documented(text, "Parameters"), function.name
        if gives(function) and len(text.splitlines()) > 1:
            assert documented(text, "Returns") or documented(text, "Yields"), function.name


@EACH_MODULE
def test_a_function_that_raises_our_errors_says_so(path):
    for function in public(tree(path)):
        raised = [n for n in ast.walk(function) if isinstance(n, ast.Raise) and n.exc is not None]
        inner = {id(n) for f in functions(function) if f is not function for n in ast.walk(f)}
        ours = [n for n in raised if id(n) not in inner and "Error(" in ast.unparse(n.exc)]
        if ours:
            assert documented(ast.get_docstring(function) or "", "Raises"), function.name
