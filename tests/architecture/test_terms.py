"""One word for one thing in Swedish: a wave is a *mätning*; *undersökning* is the survey as evidence, *enkät* the questionnaire and its file."""

import ast
import re

import pytest
from source import SOURCE, modules, name_of, tree

WAVE = re.compile(r"(?<![a-zåäö])våg(?:en|ens|or|orna|ornas)?(?![a-zåäö])", re.IGNORECASE)
COUNTED = re.compile(
    r"\b(?:två|flera|förra|föregående|tidigare|nästa|bara en)\s+undersökning(?:ar|en)?\b|undersökningarna",
    re.IGNORECASE,
)


def texts():
    """Every text in the code and the package's YAML and HTML files, with its place."""
    for path in modules():
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield f"{name_of(path)}:{node.lineno}", node.value
    for path in sorted(SOURCE.rglob("*")):
        if path.suffix in {".yaml", ".html", ".md"}:
            yield name_of(path), path.read_text(encoding="utf-8")


TEXTS = list(texts())


@pytest.mark.parametrize("pattern", [WAVE, COUNTED], ids=["våg", "undersökning for a wave"])
def test_a_wave_has_one_name(pattern):
    assert [where for where, text in TEXTS if pattern.search(text)] == []


def test_the_patterns_find_what_they_look_for():
    assert WAVE.search("Vågen 2026 finns inte")
    assert not WAVE.search("en bokhylla och en vågig linje")
    assert COUNTED.search("jämför två undersökningar")
    assert not COUNTED.search("Undersökningen kan inte avgöra vilka fyra")
    assert sum("mätning" in text for _, text in TEXTS) > 20
