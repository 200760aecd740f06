"""Every error that the code can raise has a Swedish text, and every fact that the text names is given."""

import ast
import re
import string

import pytest
from source import modules, name_of, tree

from trygghet.errors import Problem, TrygghetError
from trygghet.pipeline.messages import catalogue, render


def raised():
    """Each ``Problem(code="…", facts={…})`` in the source: where, code, and the keys of its facts if they stand there."""
    for path in modules():
        for node in ast.walk(tree(path)):
            if (
                isinstance(node, ast.Call)
                and getattr(node.func, "id", getattr(node.func, "attr", "")) == "Problem"
            ):
                given = {k.arg: k.value for k in node.keywords}
                code = given.get("code") or (node.args[0] if node.args else None)
                facts = given.get("facts")
                keys = {ast.literal_eval(k) for k in facts.keys if k} if isinstance(facts, ast.Dict) else None
                if isinstance(code, ast.Constant):
                    yield f"{name_of(path)}:{node.lineno}", code.value, keys


RAISED = list(raised())


def placeholders(message):
    texts = (message.vad, message.var, message.atgard)
    return {name for text in texts for _, name, _, _ in string.Formatter().parse(text) if name}


def test_there_are_errors_to_look_at():
    assert len(RAISED) > 20


@pytest.mark.parametrize(("where", "code", "keys"), RAISED, ids=[f"{c}@{w}" for w, c, _ in RAISED])
def test_a_raised_error_has_its_swedish_text(where, code, keys):
    texts = catalogue()
    assert code in texts, where
    if keys is not None:
        assert placeholders(texts[code]) <= keys, where


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
