"""Reading the package's own source."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "trygghet"


def modules() -> list[Path]:
    return sorted(SOURCE.rglob("*.py"))


def name_of(path: Path) -> str:
    return str(path.relative_to(SOURCE))


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def functions(node: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for child in ast.walk(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
            yield child


def docstring_lines(node: ast.AST) -> set[int]:
    lines: set[int] = set()
    for child in ast.walk(node):
        if (
            isinstance(child, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
            and child.body
        ):
            first = child.body[0]
            if (
                isinstance(first, ast.Expr)
                and isinstance(first.value, ast.Constant)
                and isinstance(first.value.value, str)
            ):
                lines.update(range(first.lineno, (first.end_lineno or first.lineno) + 1))
    return lines


def code_lines(path: Path, node: ast.AST | None = None) -> int:
    """Count lines that hold code: no blank lines, comments or docstrings."""
    whole = tree(path)
    text = path.read_text(encoding="utf-8").splitlines()
    left_out = docstring_lines(whole)
    first, last = (1, len(text)) if node is None else (node.lineno, node.end_lineno)
    return sum(
        1
        for number in range(first, last + 1)
        if number not in left_out
        and text[number - 1].strip()
        and not text[number - 1].lstrip().startswith("#")
    )
