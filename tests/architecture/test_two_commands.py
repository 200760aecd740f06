"""The two commands of the README are targets that do what it says, as `make -n` shows without doing it."""

import os
import re
import shlex
import shutil
import subprocess

import pytest
from source import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
RULE = re.compile(r"^(?P<target>[\w-]+):(?P<needs>[^=\n]*)\n(?P<lines>(?:\t.*\n)*)", re.MULTILINE)
RULES = {found["target"]: found for found in RULE.finditer(MAKEFILE)}


def fenced(heading, language):
    """The lines of the first block in a language after a heading, without what stands behind #."""
    block = README.split(heading, 1)[1].split(f"```{language}\n", 1)[1].split("```", 1)[0]
    return [line.partition("#")[0].strip() for line in block.splitlines() if line.strip()]


def dry(target):
    """What make would do, as if nothing had been installed yet."""
    if shutil.which("make") is None:
        pytest.skip("no make on this machine")
    command = ["make", "-n", "-B", "--no-print-directory", target]
    outer = {"MAKEFLAGS", "MFLAGS", "MAKELEVEL", "MAKEOVERRIDES"}  # these tests may themselves run under make
    plain = {name: value for name, value in os.environ.items() if name not in outer}
    done = subprocess.run(command, cwd=ROOT, env=plain, capture_output=True, text=True, check=True)
    return [line for line in done.stdout.replace("\\\n", " ").splitlines() if line.strip()]


def installs(lines):
    """Arguments of the pip installations among some lines."""
    found = [shlex.split(line, comments=True) for line in lines if " install " in line]
    return [words[words.index("install") + 1 :] for words in found]


def test_the_readme_names_two_commands_and_both_are_targets():
    commands = fenced("## Set-up: two commands", "sh")
    assert commands == ["make lagesbild", "make test"]
    assert {command.split()[1] for command in commands} <= set(RULES)


def test_every_target_that_a_document_names_exists():
    texts = [README, (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")]
    named = {target for text in texts for target in re.findall(r"`?\bmake ([a-z]+)\b(?=`|\s+#)", text)}
    assert {"lagesbild", "test", "check", "coverage", "bench"} <= named
    assert named <= set(RULES)
    phony = re.search(r"^\.PHONY: (.*)$", MAKEFILE, re.MULTILINE)[1].split()
    assert set(phony) == set(RULES)


def test_make_lagesbild_makes_the_environment_installs_what_is_pinned_and_runs_dvc():
    lines = dry("lagesbild")
    assert "-m venv .venv" in lines[0]
    (installed,) = installs(lines)
    assert installed[installed.index("-c") + 1] == "constraints.txt"
    assert installed[-2:] == ["-e", ".[dvc,dev]"]
    assert lines[-1] == ".venv/bin/dvc repro"
    assert dry("venv") == lines[:-1], "make venv makes the environment alone"


@pytest.mark.parametrize(
    ("target", "tools"),
    [
        ("test", ["pytest"]),
        ("check", ["ruff format --check", "ruff check", "mypy", "lint-imports", "numpydoc lint"]),
    ],
)
def test_make_test_and_make_check_do_what_is_said_of_them(target, tools):
    work = dry(target)[len(dry("venv")) :]
    assert len(work) == len(tools)
    for line, tool in zip(work, tools, strict=True):
        assert line.startswith(".venv/bin/")
        assert tool in line


def test_slow_simulations_and_benchmarks_are_kept_out_of_make_test():
    (line,) = dry("test")[len(dry("venv")) :]
    words = shlex.split(line)
    assert words[words.index("-m", words.index("pytest")) + 1] == "not slow"
    assert "--benchmark-disable" in words
    (slow,) = dry("coverage")[len(dry("venv")) :]
    assert slow.endswith("pytest -m slow")
    assert any("--benchmark-only" in line for line in dry("bench"))


def test_the_plain_commands_install_the_same_pins():
    """Without make, git or DVC, and on Windows: the same constraints, and `trygghet run`."""
    for language in ("sh", "bat"):
        lines = fenced("The plain commands", language)
        (installed,) = installs(lines)
        assert installed == ["-c", "constraints.txt", "-e", "."]
        assert lines[-1].endswith("trygghet run")
    tests = re.search(
        r'`pip install (-c constraints\.txt -e "\.\[dvc,dev\]")`, then `python -m (pytest[^`]*)`', README
    )
    assert shlex.split(tests[1]) == installs(dry("venv"))[0][-4:]
    assert shlex.split(tests[2]) == ["pytest", "-m", "not slow", "--benchmark-disable"]


def test_continuous_integration_runs_the_same_targets_in_a_fresh_environment():
    lines = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    made = [line.split()[1] for line in lines if line.startswith("make ")]
    assert made == ["venv", "check", "test"]
    assert "rm -rf .venv" in lines
