import re
from dataclasses import replace
from string import Formatter

import pytest

from trygghet.report.lettering import broken, width_of
from trygghet.report.texts import TEXTS

PLACEHOLDER = Formatter()


def fields(text):
    return {name for _, name, _, _ in PLACEHOLDER.parse(text) if name}


@pytest.mark.parametrize("key", sorted(TEXTS))
def test_both_languages_have_the_same_placeholders(key):
    assert fields(TEXTS[key].sv) == fields(TEXTS[key].en)


@pytest.mark.parametrize("key", sorted(TEXTS))
def test_no_text_is_empty_or_has_straight_quotes(key):
    for text in TEXTS[key]:
        assert text.strip() == text
        assert text
        assert '"' not in text


def test_every_text_that_is_asked_for_exists_and_every_text_is_asked_for():
    from pathlib import Path

    import trygghet.report

    folder = Path(trygghet.report.__file__).parent
    code = "".join(
        path.read_text(encoding="utf-8")
        for path in [*folder.glob("*.py"), *folder.glob("templates/*"), *folder.parent.glob("pipeline/*.py")]
    )
    code = code.replace("['", '["').replace("']", '"]')
    asked = set(re.findall(r'words\["([a-z_.]+)"', code))
    assert asked <= set(TEXTS)
    families = set(re.findall(r'words\[f"([a-z_.]+)\{', code))
    unused = [
        key
        for key in TEXTS
        if f'"{key}"' not in code and not any(key.startswith(family) for family in families)
    ]
    assert unused == []


def test_lines_fit_and_hard_spaces_hold():
    text = "Andel av invånarna 16–84\N{NO-BREAK SPACE}år som valde området, procent, 1\N{NO-BREAK SPACE}101 svarande"
    lines = broken(text, 1.5)
    assert " ".join(lines) == text
    assert all(width_of(line) <= 1.5 for line in lines)


def test_a_word_that_is_too_long_is_divided():
    lines = broken("Samhällsstörningsförebyggandeverksamhet i centrum", 1.2)
    assert all(width_of(line) <= 1.2 for line in lines)
    assert "".join(line.rstrip("-") for line in lines).replace(" ", "").startswith("Samhällsstörnings")


def test_no_text_hides_another_with_the_same_key():
    from trygghet.report import texts

    assert len(texts.TEXTS) == sum(len(part) for part in texts._PARTS)


@pytest.mark.parametrize(
    ("change", "said"),
    [(0.012, "+1 procentenhet ("), (-0.01, "−1 procentenhet ("), (0.03, "+3 procentenheter ("), (0.0, "0 procentenheter (")],
)  # fmt: skip
def test_one_percentage_point_is_no_plural(change, said):
    from trygghet.report.reading import Reading
    from trygghet.report.trend import Step, step_text
    from trygghet.report.wording import Wording

    moved = Reading("Otrygg", "otrygg", "Alla", change, change - 0.05, change + 0.05, 400, "ok")
    told = step_text(Step(moved, 0.07), "2024", Wording("sv")).replace("\u00a0", " ")
    assert said in told
    unsure = step_text(Step(replace(moved, status="uncertain"), 0.07), "2024", Wording("sv")).replace(
        "\u00a0", " "
    )
    assert said.replace(" procent", ") procent", 1) in unsure
    assert f"({said[0]}" in unsure
