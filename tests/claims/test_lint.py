"""Every sentence that the software writes about data comes from the claims room: statistical words elsewhere are found here.

What is looked at: every string constant and f-string of every room but ``claims`` (the rule) and ``datasets`` (an invented municipality,
whose words are those of its questionnaire), and every template of a document, in Swedish. Files of questions and of settings (YAML) are none.

What is a sentence about data: one that is true or false of a survey's answers. It is written in ``claims/wording``: what a report says in
``TEXTS``, what its figures, tables, drafts and first screen say in ``SHOWN``. What is none, and may stand elsewhere:

- a question (it ends with a question mark) and a pattern to search with (an argument of ``re``): neither states anything;
- an error text, ``pipeline/messages``: what is wrong with a file or a setting and what to do about it, keyed by the error's code. They
  speak of files, settings and computations; a test of its own forbids causes there too;
- a rule, a legend or a method note: it holds whatever the answers are. Its words are in ``EXPLAINED``, each with its reason, unless the
  word bounds a number ("högst {k}", "färre än {floor} svar"), asks ("hur många") or names a quantity ("minsta upptäckbara
  förändring"), which the list of words itself leaves alone.
"""

import ast
import re
from pathlib import Path

import pytest

from trygghet.claims.drafts import CAUSAL, STATISTICAL
from trygghet.claims.drafts.lexicon import DISCLAIMER
from trygghet.claims.wording import RULES, TEXTS
from trygghet.claims.wording.shown import SHOWN

SOURCE = Path(__file__).parents[2] / "src" / "trygghet"
# Every room but the claims room itself, and the invented municipality whose questions are those of a questionnaire.
ROOMS = tuple(sorted(p.name for p in SOURCE.iterdir() if p.is_dir() and p.name not in {"claims", "datasets"}))
TEMPLATES = (".j2", ".html", ".txt", ".md")
# Texts that name a statistic without stating one: each with the reason why it may stay outside the claims room.
EXPLAINED = {
    "Mörkare ruta = större andel.": "legend of the colours of a table",
    "osäkert värde": "what the mark (34) means",
    "Säkert bland de {m}: hela intervallet ligger på plats {place} eller högre.": "method note: what the box means, whatever is in it",
    "av det minsta av andelen och resten upp till hundra procent": "rule for the mark (34): what an error is divided by",
    "Variansen är den större av två:": "method note: which variance judges",
    "Ett mål som är mindre än den minsta upptäckbara förändringen": "advice on targets that are still to be set",
    "felmarginal ska vara större än 0": "what a cell of a table must hold",
    "Största svagheterna": "heading; each weakness comes from the claims room",
}
# Constants that are nothing but such a word: names of gaps in the error texts of raking, not words for readers.
NAMES = frozenset({"minst", "mest"})


def strings(path):
    """String constants of a module that are neither docstrings nor patterns to search with, as (line, text); an f-string is one text."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    documented = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func).startswith("re."):
            documented |= {id(part) for part in ast.walk(node)}
        elif isinstance(node, ast.JoinedStr) and id(node) not in documented:
            documented |= {id(part) for part in node.values}
            parts = (part.value if isinstance(part, ast.Constant) else "{}" for part in node.values)
            yield node.lineno, "".join(parts)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documented:
            yield node.lineno, node.value


def texts():
    for room in ROOMS:
        for path in sorted((SOURCE / room).rglob("*.py")):
            if "messages" not in path.parts:
                yield from ((f"{path.relative_to(SOURCE)}:{line}", text) for line, text in strings(path))
        for path in sorted(p for p in (SOURCE / room).rglob("*") if p.suffix in TEMPLATES):
            template = re.sub(
                r"<style.*?</style>|{[{%#].*?[}%#]}|<[^>]*>",
                " ",
                path.read_text(encoding="utf-8"),
                flags=re.DOTALL,
            )
            yield from ((str(path.relative_to(SOURCE)), line) for line in template.splitlines())


def offends(text):
    if text in NAMES:
        return False
    for explained in EXPLAINED:
        text = text.replace(explained, " ")
    parts = re.split(r"\||(?<=[.!?])\s+", DISCLAIMER.sub(" ", text).strip())
    stated = [part for part in parts if not part.endswith("?")]
    return any(pattern.search(part) for part in stated for pattern in STATISTICAL)


def test_no_statistical_words_outside_the_claims_room():
    found = [f"{where}: {text[:90]}" for where, text in texts() if offends(text)]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    "text",
    [
        "Otryggheten har ökat i {area}.",
        "Skillnaden är säkerställd.",
        "Otryggheten beror på droger.",
        "Flest vill prioritera narkotika.",
        "Fler är otrygga i Norr och högre än i resten.",
        "Otryggheten minskade i {area}.",
        "Otryggheten ökar.",
        "Tryggheten har stigit och oron sjunkit.",
        "Många är oroliga för {item}.",
        "Få känner till löftet.",
        "Minst otrygga är de äldre.",
        "Högst är andelen i Lunden, lägst i Byn.",
        "Invånarna är relativt trygga.",
        "Kännedomen är låg.",
        "Det är hög otrygghet i {area}.",
        "Färre är otrygga.",
        "De flesta är trygga.",
        "Vanligast är oro för inbrott.",
        "STÖRST PROBLEM",
        "Flest",
        "Undersökningen säger inte vad den beror på, men otryggheten leder till flytt.",
        "Otryggheten har ökat på grund av droger.",
        "Tack vare insatsen är det lugnt.",
    ],
)
def test_the_lint_bites(text):
    assert offends(text)


@pytest.mark.parametrize(
    "source",
    [
        'x = f"{area}: {share} ökade"',
        "x = f\"Otryggheten har {'ökat' if up else 'minskat'}\"",
        'x = ["Mest"]',
    ],
)
def test_the_lint_reads_texts_that_are_put_together(source, tmp_path):
    path = tmp_path / "made.py"
    path.write_text(source, encoding="utf-8")
    assert any(offends(text) for _, text in strings(path))


def test_error_texts_name_no_causes():
    found = [
        text
        for path in sorted((SOURCE / "pipeline" / "messages").glob("*.py"))
        for _, text in strings(path)
        if CAUSAL.search(DISCLAIMER.sub(" ", text))
    ]
    assert found == []


def test_an_explained_text_excuses_nothing_beside_it():
    assert offends("Största svagheterna. Otryggheten har ökat i Lunden.")


def test_the_lint_reads_every_room_that_writes_for_readers():
    assert {"report", "promise", "disclosure", "pipeline", "waves", "ranking", "estimate"} <= set(ROOMS)
    read = {where.partition(":")[0] for where, _ in texts()}
    assert "report/templates/lagesbild.html.j2" in read
    assert {"report/word.py", "report/word_parts.py", "promise/seed.py", "pipeline/cli.py"} <= read


def test_every_explained_text_is_still_written():
    written = [text for _, text in texts()]
    assert [part for part in EXPLAINED if not any(part in text for text in written)] == []


@pytest.mark.parametrize(
    "text",
    [
        "Vilka områden vill flest prioritera?",
        "Bas: {n} svarande.",
        "Uppgifter som bygger på färre än {floor} svar redovisas inte.",
        "Varje person fick välja högst {k} områden, minst ett.",
        "En uppgift redovisas inte: för få har svarat.",
        "Hur många svarade av dem som tillfrågades",
        "Minsta upptäckbara förändring, procentenheter",
        "Ni kan få hjälp.",
        "Undersökningen säger inte vad skillnaden beror på.",
    ],
)
def test_the_lint_leaves_the_rest_alone(text):
    assert not offends(text)


def test_causal_verbs_stand_only_in_the_fixed_negation():
    sentences = [
        part for text in (*TEXTS.values(), *SHOWN.values()) for part in re.split(r"(?<=[.:])\s", text.sv)
    ]
    causal = [sentence for sentence in sentences if CAUSAL.search(sentence)]
    allowed = re.compile(
        r"säger inte vad \w+ beror på|säger inget om vad den beror på|Om den beror på insatsen avgörs"
    )
    assert causal
    assert [sentence for sentence in causal if not allowed.search(sentence)] == []
    assert [
        sentence for sentence in causal if "säger in" in sentence and not DISCLAIMER.search(sentence)
    ] == []


def test_both_languages_have_the_same_gaps_where_they_need_them():
    for key, text in (TEXTS | RULES | SHOWN).items():
        gaps = [set(re.findall(r"{(\w+)}", part)) for part in text]
        assert gaps[1] <= gaps[0] | {"left", "noun"}, key


def test_texts_follow_swedish_number_forms_and_say_percentage_points_through_values():
    for key, text in TEXTS.items():
        assert not re.search(r"\d+ ?%|\d\.\d", text.sv), key
        assert "procent" not in text.sv, key


def test_every_rule_is_used_and_every_used_rule_is_told():
    source = "\n".join(path.read_text(encoding="utf-8") for path in (SOURCE / "claims").glob("*.py"))
    used = set(re.findall(r'rule="(\w+)"', source)) | set(re.findall(r'\), "(\w+)"\)', source))
    assert used <= set(RULES)
