"""Every error that the code can raise has a Swedish text, and every fact that the text names is given."""

import ast
import re
import string

import pytest
from raised_codes import raised
from source import modules, name_of, tree

from trygghet.errors import Problem, TrygghetError
from trygghet.pipeline.messages import catalogue, render

RAISED = list(raised({name_of(path): tree(path) for path in modules()}))


def placeholders(message):
    texts = (message.vad, message.var, message.atgard)
    return {name for text in texts for _, name, _, _ in string.Formatter().parse(text) if name}


def test_there_are_errors_to_look_at():
    assert len(RAISED) > 20


@pytest.mark.parametrize("found", RAISED, ids=[f"{each.code}@{each.where}" for each in RAISED])
def test_a_raised_error_has_its_swedish_text(found):
    texts = catalogue()
    assert found.code in texts, found.where
    if found.keys is not None:
        assert placeholders(texts[found.code]) <= found.keys, found.where


def test_no_text_is_left_of_an_error_that_nobody_raises():
    assert set(catalogue()) - {each.code for each in RAISED} == set()


SOURCES = {
    "a literal": ('Problem(code="A-01", what="")', {"A-01"}),
    "the first argument": ('Problem("A-01", "")', {"A-01"}),
    "one of two": ('Problem(code="A-01" if x else "A-02", what="")', {"A-01", "A-02"}),
    "a constant": ('C = "A-01"\ndef f():\n    return Problem(code=C, what="")', {"A-01"}),
    "a name": ('def f():\n    c, w = "A-01", ""\n    return Problem(code=c, what=w)', {"A-01"}),
    "a parameter": (
        'def f(c):\n    return Problem(code=c, what="")\nf("A-01")\nf(c="A-02")',
        {"A-01", "A-02"},
    ),
    "a keyword": ('def f(*, c):\n    return Problem(code=c, what="")\nf(c="A-01")', {"A-01"}),
    "two functions": (
        'def f(c):\n    return Problem(code=c, what="")\ndef g(k):\n    return f(k)\ng("A-01")',
        {"A-01"},
    ),
    "a name of another function": (
        'def g():\n    c = table\ndef f():\n    c = "A-01"\n    return Problem(code=c, what="")',
        {"A-01"},
    ),
    "an unread caller": ('def f(c):\n    return Problem(code=c, what="")\nf("A-01")\nf(table[0])', {None}),
    "a table": ('Problem(code=table["x"], what="")', {None}),
    "what was stored": ("Problem(**stored)", set()),
}


@pytest.mark.parametrize("how", SOURCES)
def test_a_code_is_followed_to_where_it_is_written(how):
    """None where it cannot be told; then the first test above fails, since no text has that code."""
    text, expected = SOURCES[how]
    assert {each.code for each in raised({"a.py": ast.parse(text)})} == expected


@pytest.mark.parametrize("code", sorted(catalogue()))
def test_a_text_says_what_where_and_what_to_do(code):
    message = catalogue()[code]
    assert message.vad
    assert message.var
    assert message.atgard
    facts = dict.fromkeys(placeholders(message), "x")
    shown = render(TrygghetError(Problem(code=code, what="what", facts=facts)))
    assert code in shown
    assert not re.search(r"\{\w*\}", shown)


def templates():
    return [text for message in catalogue().values() for text in (message.vad, message.var, message.atgard)]


def test_one_is_no_plural():
    """What is bent after its number somewhere is bent everywhere."""
    plurals = {plural for text in templates() for plural in re.findall(r"\|(\w+)\}", text)}
    assert {"personer", "rader", "kategorier", "värden"} <= plurals
    bare = {
        (plural, text)
        for text in templates()
        for plural in re.findall(r"\{\w+\} (\w+)", text)
        if plural in plurals
    }
    assert bare == set()


def test_numbers_bend_what_follows_them():
    def told(code, **facts):
        return render(TrygghetError(Problem(code=code, what="what", facts=facts)))

    alone = told("INL-41", rows=1, names="kön och ålder")
    assert "1\u00a0person är ensam om sin kombination av kön och ålder" in alone
    assert "1\u00a0200\u00a0personer är ensamma" in told("INL-41", rows=1200, names="kön")
    assert "1\u00a0person valde fler än 3 alternativ; svaren räknas med." in told(
        "INL-18", rows=1, choose=3, rule="svaren räknas med", name="prio"
    )
    assert "1 svarande har inte uppgett kön, eller" in told("VIKT-54", antal="1", variabel="kön")


def test_no_two_rooms_share_a_code():
    from importlib import import_module
    from pkgutil import iter_modules

    from trygghet.pipeline import messages

    codes = [
        code
        for module in iter_modules(messages.__path__)
        if module.name != "message"
        for code in import_module(f"{messages.__name__}.{module.name}").MESSAGES
    ]
    assert len(codes) == len(set(codes))
