"""Reading R: formulas, vectors, calls, and the few expressions that stand inside them."""

import operator as op
import re
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

OPERATORS = {"==": op.eq, "!=": op.ne, ">": op.gt, "<": op.lt, ">=": op.ge, "<=": op.le}


class Unsupported(Exception):  # noqa: N818 -- it is an answer, not an error
    """A call that has no counterpart; the text is the reason that the registry prints."""


@dataclass(frozen=True)
class Call:
    verb: str
    args: tuple[str, ...] = ()
    named: dict[str, str] = field(default_factory=dict)

    def get(self, name, position=None, default=None):
        if name in self.named:
            return self.named[name]
        return self.args[position] if position is not None and position < len(self.args) else default


def split(text, separator=","):
    parts, depth, quote, current = [], 0, "", ""
    for char in text:
        if quote:
            quote = "" if char == quote else quote
        elif char in "'\"`":
            quote = char
        elif char in "([{":
            depth += 1
        elif char in ")]}":
            depth -= 1
        if char == separator and not depth and not quote:
            parts.append(current.strip())
            current = ""
        else:
            current += char
    return [*parts, current.strip()] if current.strip() else parts


def parse(text):
    text = text.strip()
    match = re.match(r"^([A-Za-z_.][\w.]*)\((.*)\)$", text, re.DOTALL)
    if not match:
        return Call("", (text,))
    args, named = [], {}
    for part in split(match.group(2)):
        pair = re.match(r"^([A-Za-z_.][\w.]*|`[^`]+`)\s*=(?!=)\s*(.*)$", part, re.DOTALL)
        if pair:
            named[pair.group(1).strip("`")] = pair.group(2)
        else:
            args.append(part)
    return Call(match.group(1), tuple(args), named)


def of(record):
    """The parsed call of a case."""
    if "verb" not in record:
        return Call("", (record.get("text", ""),))
    return Call(record["verb"], tuple(record["args"]), dict(record["named"]))


def terms(formula):
    """Terms of the right-hand side of a formula."""
    right = formula.split("~", 1)[1]
    return [term for term in split(right, "+") if term]


def response(formula):
    return formula.split("~", 1)[0].strip()


def text(value):
    return value.strip().strip("'\"")


def number(value):
    return float(value)


def truth(value):
    return value is not None and value.strip() in {"TRUE", "T"}


def vector(value):
    inner = re.match(r"^c\((.*)\)$", value.strip(), re.DOTALL)
    items = split(inner.group(1)) if inner else [value]
    return [text(i) if i[0] in "'\"" else float(re.sub(r"^[A-Za-z_.]+\s*=\s*", "", i)) for i in items]


def evaluate(expression, frame):  # noqa: PLR0911 -- one return a kind of expression
    """Value of an R expression on the columns of a table, as a Series."""
    expression = expression.strip()
    if expression in frame.columns:
        return frame[expression]
    call = parse(expression)
    if call.verb in {"I", "as.numeric", "as.integer"} and len(call.args) == 1:
        inner = evaluate(call.args[0], frame)
        return inner if call.verb == "I" else inner.astype(float)
    if call.verb == "factor":
        return evaluate(call.args[0], frame)
    if call.verb == "is.na":
        return evaluate(call.args[0], frame).isna()
    if call.verb == "ifelse":
        test, yes, no = (evaluate(arg, frame) for arg in call.args)
        return pd.Series(np.where(test.astype(bool), yes, no), index=frame.index)
    if re.fullmatch(r"-?[\d.]+(e-?\d+)?", expression):
        return pd.Series(float(expression), index=frame.index)
    if expression[0] in "'\"":
        return pd.Series(text(expression), index=frame.index)
    return _binary(expression, frame)


def _binary(expression, frame):
    for operator in ("|", "&", "!", "%in%", "==", "!=", ">=", "<=", ">", "<"):
        if operator == "!":
            if expression.startswith("!"):
                return ~evaluate(expression[1:], frame).astype(bool)
            continue
        left, right = _cut(expression, operator)
        if right is None:
            continue
        a = evaluate(left, frame)
        if operator == "%in%":
            return a.astype(object).isin(vector(right))
        b = evaluate(right, frame)
        if operator in {"&", "|"}:
            return a.astype(bool) & b.astype(bool) if operator == "&" else a.astype(bool) | b.astype(bool)
        missing = a.isna() | b.isna()
        same = operator in {"==", "!="}
        compared = OPERATORS[operator](a.astype(object) if same else a, b.astype(object) if same else b)
        return compared.astype(float).where(~missing) if missing.any() else compared
    raise Unsupported(f"R expression {expression!r} is not read")


def _cut(expression, operator):
    depth, quote = 0, ""
    for place, char in enumerate(expression):
        if quote:
            quote = "" if char == quote else quote
        elif char in "'\"":
            quote = char
        elif char == "(":
            depth += 1
        elif char == ")":
            depth -= 1
        if not depth and not quote and expression.startswith(operator, place) and place:
            if operator in {">", "<"} and expression[place + 1 : place + 2] == "=":
                continue
            return expression[:place], expression[place + len(operator) :]
    return expression, None
