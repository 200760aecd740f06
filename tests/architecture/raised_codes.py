"""Which error codes the source can raise, also where a code goes through a name or a function before it reaches its Problem."""

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

MAKER = "Problem"


@dataclass(frozen=True)
class Raised:
    """One code at one place; ``keys`` are those of its facts where they stand there, ``code`` is None where nobody can tell it."""

    where: str
    code: str | None
    keys: frozenset[str] | None


def raised(trees: Mapping[str, ast.Module]) -> Iterator[Raised]:
    """Every code of every ``Problem(...)``, by the name of its file and its line; records that are read back are left out."""
    for name, tree in trees.items():
        for scope, call in _calls(tree, MAKER):
            given = {keyword.arg: keyword.value for keyword in call.keywords}
            if None in given and "code" not in given and not call.args:
                continue  # Problem(**stored): written from a Problem that was looked at where it was made
            code = given.get("code") or (call.args[0] if call.args else None)
            keys = _keys(given.get("facts"))
            for found in _codes(code, scope, tree, trees=trees) or [None]:
                yield Raised(f"{name}:{call.lineno}", found, keys)


def _calls(tree: ast.Module, wanted: str) -> Iterator[tuple[ast.AST, ast.Call]]:
    """Calls of a function with the innermost function that each stands in, or the module."""
    stack: list[tuple[ast.AST, ast.AST]] = [(tree, tree)]
    while stack:
        scope, node = stack.pop()
        inside = node if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) else scope
        if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) == wanted:
            yield scope, node
        stack += [(inside, child) for child in ast.iter_child_nodes(node)]


def _keys(facts: ast.expr | None) -> frozenset[str] | None:
    if not isinstance(facts, ast.Dict) or not all(isinstance(key, ast.Constant) for key in facts.keys):
        return None
    return frozenset(key.value for key in facts.keys if isinstance(key, ast.Constant))


def _codes(
    node: ast.expr | None, scope: ast.AST, tree: ast.Module, *, trees: Mapping[str, ast.Module]
) -> list[str]:
    """Every text that an expression can be; nothing where it cannot be told."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value]
    if isinstance(node, ast.IfExp):
        parts = [_codes(part, scope, tree, trees=trees) for part in (node.body, node.orelse)]
        return [code for part in parts for code in part] if all(parts) else []
    if not isinstance(node, ast.Name):
        return []
    values = [*_assigned(node.id, scope), *(_assigned(node.id, tree) if scope is not tree else ())]
    if not values and isinstance(scope, ast.FunctionDef):
        return _passed(node.id, scope, tree, trees=trees)
    parts = [_codes(value, scope, tree, trees=trees) for value in values]
    return [code for part in parts for code in part] if values and all(parts) else []


def _assigned(name: str, scope: ast.AST) -> Iterator[ast.expr]:
    """What a name is set to in a function, or in a module outside its functions; also together with others."""
    for child in scope.body if isinstance(scope, ast.Module) else ast.walk(scope):
        if not isinstance(child, ast.Assign):
            continue
        for target in child.targets:
            if isinstance(target, ast.Name) and target.id == name:
                yield child.value
            elif isinstance(target, ast.Tuple) and isinstance(child.value, ast.Tuple):
                pairs = zip(target.elts, child.value.elts, strict=True)
                yield from (value for part, value in pairs if isinstance(part, ast.Name) and part.id == name)


def _passed(
    name: str, function: ast.FunctionDef, home: ast.Module, *, trees: Mapping[str, ast.Module]
) -> list[str]:
    """What callers give a parameter; nothing where it is none or a caller cannot be read."""
    positional = [argument.arg for argument in function.args.args]
    if name not in positional and name not in {argument.arg for argument in function.args.kwonlyargs}:
        return []
    found: list[str] = []
    module = next(path for path, tree in trees.items() if tree is home).removesuffix(".py").replace("/", ".")
    for tree in trees.values():
        if tree is not home and not _imports(tree, module, function.name):
            continue
        for scope, call in _calls(tree, function.name):
            given = {keyword.arg: keyword.value for keyword in call.keywords}
            place = positional.index(name) if name in positional else len(call.args)
            node = given.get(name) or (call.args[place] if place < len(call.args) else None)
            codes = _codes(node, scope, tree, trees=trees)
            if not codes:
                return []
            found += codes
    return found


def _imports(tree: ast.Module, module: str, name: str) -> bool:
    """Whether a module takes a name from another; a function of the same name elsewhere is not meant."""
    return any(
        isinstance(node, ast.ImportFrom)
        and (node.module or "").endswith(module)
        and any(alias.name == name for alias in node.names)
        for node in ast.walk(tree)
    )
