"""Every sentence that the software writes about data comes from the claims room: statistical words elsewhere are found here."""

import ast
import re
from pathlib import Path

import pytest

from trygghet.claims.drafts import CAUSAL, STATISTICAL
from trygghet.claims.drafts.lexicon import DISCLAIMER
from trygghet.claims.wording import RULES, TEXTS

SOURCE = Path(__file__).parents[2] / "src" / "trygghet"
# Every room but the claims room itself, and the invented municipality whose questions are those of a questionnaire.
ROOMS = tuple(sorted(p.name for p in SOURCE.iterdir() if p.is_dir() and p.name not in {"claims", "datasets"}))
TEMPLATES = (".j2", ".html", ".txt", ".md")
# Texts that name a statistic without stating one: each with the reason why it may stay outside the claims room.
EXPLAINED = {
    "▲ högre och ▼ lägre än bland övriga invånare: skillnaden är säkerställd även när alla jämförelser i tabellen räknas med.": "legend "
    "of marks that claims.simultaneous decides",
    "Utan märke: skillnaden kan inte säkerställas.": "the same legend",
    "Säkerställt högre än bland övriga invånare: {where}.": "reads out the marks of the figure in its alt text",
    "Säkerställt lägre än bland övriga invånare: {where}.": "reads out the marks of the figure in its alt text",
    "Ingen skillnad mot övriga invånare är säkerställd.": "reads out that the figure has no marks",
    "En förändring är säkerställd bara om det sägs i texten": "reading help that sends the reader to the claims",
    "SÄKERT FRÄMST": "heading of the box of units whose whole rank set is place 1",
    "Gränsen mellan plats {m} och {next} är säkerställd": "label in the figure of ranks; ranking.TopSet.cutoff decides, words as in claims.cut_off",
    "Gränsen mellan plats {m} och {next} är inte säkerställd": "the same label",
    "avstått från (.+?)(?: på grund av": "pattern for the words of a question, not for readers",
    "felmarginal ska vara större än 0": "says what a cell of a table must hold",
    "störst först": "says how a figure is sorted",
    "Största svagheterna": "heading for the weaknesses of the survey itself",
}


def strings(path):
    """String constants of a module that are no docstrings, as (line, text)."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    documented = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documented:
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
    for explained in EXPLAINED:
        text = text.replace(explained, " ")
    parts = re.split(r"\||(?<=[.!?])\s+", text.strip())
    stated = [part for part in parts if " " in part and not part.endswith("?")]
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
    ],
)
def test_the_lint_bites(text):
    assert offends(text)


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


@pytest.mark.parametrize("text", ["Vilka områden vill flest prioritera?", "Bas: {n} svarande.", "färre svar"])
def test_the_lint_leaves_the_rest_alone(text):
    assert not offends(text)


def test_causal_verbs_stand_only_in_the_fixed_negation():
    sentences = [part for text in TEXTS.values() for part in re.split(r"(?<=[.:])\s", text.sv)]
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
    for key, text in (TEXTS | RULES).items():
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
