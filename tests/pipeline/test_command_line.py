"""The command line speaks Swedish, also of itself and to lines that it does not understand."""

import re

import click
import pytest
from click.testing import CliRunner

from trygghet.pipeline.cli import main

ENGLISH = re.compile(
    r"\b(Usage|Options|OPTIONS|Commands|COMMAND|ARGS|Show|Error|Missing|default|required|PATH|FILE|DIRECTORY|Try)\b"
)


def every_command(group=main, words=()):
    yield words
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from every_command(command, (*words, name))
        else:
            yield (*words, name)


@pytest.mark.parametrize("words", list(every_command()), ids=" ".join)
def test_help_is_in_swedish(words):
    told = CliRunner().invoke(main, [*words, "--hjälp"])
    assert told.exit_code == 0
    assert told.output.startswith("Så här: ")
    assert not ENGLISH.search(told.output), told.output
    assert "Visa den här hjälpen." in told.output


def test_commands_stand_in_the_order_of_the_work():
    told = CliRunner().invoke(main, [])
    names = re.findall(r"^  (\w+)  +\S", told.output, flags=re.MULTILINE)
    assert names == [
        "init", "codebook", "margins", "doctor", "run", "promise", "granska", "verify", "release", "gallra",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "code", "word"),
    [
        ("doctro", "KOM-01", "Menade du ”doctor”?"),
        ("codebook publishd", "KOM-01", "Menade du ”published”?"),
        ("run --rot x", "KOM-02", "Menade du ”--root”?"),
        ("init", "KOM-03", "MAPP saknas"),
        ("margins fetch --year 2025", "KOM-03", "--kommun saknas"),
        ("init x --kommun Malå --datum 5", "KOM-04", "--datum"),
        ("run Trygghet 2026", "KOM-05", "citattecken"),
        ("run --root", "KOM-05", "trygghet --hjälp"),
    ],
)
def test_a_line_that_is_no_command_is_told_like_every_other_error(line, code, word, *, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    told = CliRunner().invoke(main, line.split(" "), prog_name="trygghet")
    assert told.exit_code == 2
    assert re.search(rf"\[STOPP\] .+\n +Var: .+\n +Gör så här: .+ \({code}\)", told.stderr, re.DOTALL)
    assert word in told.stderr
    assert not ENGLISH.search(told.stderr)
    assert not list(tmp_path.iterdir())


def test_a_question_without_an_answer_writes_nothing(tmp_path):
    told = CliRunner().invoke(main, ["init", str(tmp_path / "ny")], input="")
    assert told.exit_code == 1
    assert "(KOM-06)" in told.stderr
    assert not (tmp_path / "ny").exists()
