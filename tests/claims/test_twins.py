"""Every statement has an English twin that says the same: the same numbers, the same verdict, and what it would have taken."""

import re

import pytest
from grammar import everything

from trygghet.claims.wording import TEXTS

NUMBERS = {
    2: "två varannan two second",
    3: "tre tredje three third",
    4: "fyra fjärde four fourth",
    5: "fem femte five fifth",
    6: "sex sjätte six sixth",
    7: "sju sjunde seven seventh",
    8: "åtta åttonde eight eighth",
    9: "nio nionde nine ninth",
    10: "tio tionde ten tenth",
    11: "elva elfte eleven eleventh",
    12: "tolv tolfte twelve twelfth",
}
IN_WORDS = {word: number for number, words in NUMBERS.items() for word in words.split()}
# What tells a verdict, in both languages: a mark that stands in the one twin stands in the other.
MARKS = {
    "supported": [
        ("hör med god säkerhet till", "can safely be counted"),
        ("är med god säkerhet", "are, safely,"),
        ("är statistiskt säkerställd", "is statistically established"),
        ("Det är lägre än den nivå", "That is below the level"),
        ("Det är högre än den nivå", "That is above the level"),
        ("; det är uppfyllt", "; that is met"),
        ("Båda sakerna gäller alltså", "Both therefore hold"),
        ("i stort sett oförändrad", "practically unchanged"),
        (
            "har utvecklats på samma sätt som",
            "has developed like .*: the difference in change is safely smaller",
        ),
        (r"\(.*felmarginal \d", r"\(.*margin of error \d"),
    ],
    "not_supported": [
        ("Det är inte lågt", "That is not low"),
        ("Det är inte högt", "That is not high"),
        ("det är säkert inte uppfyllt", "that is certainly not met"),
        ("är inte det område", "is not the area"),
        ("är inte större än", "is not larger than"),
        ("går .*åt andra hållet", "goes the other way"),
        ("Tvärtom har", "On the contrary, .* has"),
        ("är inte oförändrad", "is not unchanged"),
        ("alltså (?:högre|lägre) än", "that is (?:higher|lower) than"),
        ("har inte utvecklats som", "has not developed like"),
    ],
    "cannot_be_shown": [
        (r"kan inte avgöra\b|inte kan avgöra\b", "cannot tell"),
        ("är inte statistiskt säkerställd", "is not statistically established"),
        ("för liten för att säkerställas", "too small to be established"),
        ("för liten för att vi ska kunna säga", "too small to say"),
        ("kan inte beläggas|hör till .* kan undersökningen inte visa", "cannot be shown"),
        ("går det inte att se någon annan utveckling", "no other development can be seen"),
    ],
    "not_allowed": [
        ("kan inte redovisas|går inte att ange", "cannot be given"),
        ("är inte bestämt i förväg", "has not been decided beforehand"),
        ("kan inte jämföras", "cannot be compared"),
        ("Effekten kan inte avgöras", "effect cannot be judged"),
    ],
    "describes_respondents": [("som svarade", "who answered")],
}
SENTENCES = {key: text for key, text in TEXTS.items() if not key.startswith("families.")}


def numbers(text):
    """Numbers in digits and in words, one left out: it is an article as well."""
    joined = re.sub(r"(?<=\d)[\N{NO-BREAK SPACE},](?=\d{3})", "", text)
    found = [int(each) for each in re.findall(r"\d+", joined)]
    found += [IN_WORDS[word] for word in re.findall(r"[^\W\d]+", joined.lower()) if word in IN_WORDS]
    return sorted(number for number in found if number != 1)


def says(text, template):
    """Whether the fixed parts of a template stand in a text, one after the other."""
    at = 0
    for part in re.split(r"{\w+}", template.lower()):
        at = text.lower().find(part, at)
        if at < 0:
            return False
        at += len(part)
    return True


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_list_of_statements_holds_every_sentence_of_the_catalogue(language):
    said = {
        " ".join((claim.text, claim.base) if language == "sv" else (claim.text_en, claim.base_en))
        for claim in everything()
    }
    unsaid = [
        key
        for key, text in SENTENCES.items()
        if not any(says(each, getattr(text, language)) for each in said)
    ]
    assert unsaid == []


def test_every_statement_says_the_same_numbers_in_both_languages():
    pairs = [
        (swedish, english)
        for claim in everything()
        for swedish, english in (
            (claim.text, claim.text_en),
            (claim.base, claim.base_en),
            (claim.needed, claim.needed_en),
            (claim.rule, claim.rule_en),
        )
    ]
    assert [pair for pair in pairs if bool(pair[0]) != bool(pair[1])] == []
    assert [pair for pair in pairs if numbers(pair[0]) != numbers(pair[1])] == []
    assert all(claim.text_en and claim.rule_en for claim in everything())


def test_every_statement_tells_the_same_verdict_in_both_languages():
    wrong = []
    for claim in everything():
        told = {
            verdict: [
                (re.search(swedish, claim.text) is not None, re.search(english, claim.text_en) is not None)
                for swedish, english in marks
            ]
            for verdict, marks in MARKS.items()
        }
        same = all(swedish == english for found in told.values() for swedish, english in found)
        if not same or (True, True) not in told[claim.verdict]:
            wrong.append((claim.verdict, claim.text, claim.text_en))
    assert wrong == []


def test_every_statement_that_cannot_be_shown_says_what_it_would_have_taken():
    found = [claim for claim in everything() if claim.verdict == "cannot_be_shown"]
    assert len(found) > 30
    for claim in found:
        assert claim.needed, claim.text
        assert claim.text.endswith(claim.needed)
        assert claim.text_en.endswith(claim.needed_en)
    shown = [claim for claim in everything() if claim.verdict in {"supported", "not_supported"}]
    assert [claim.needed for claim in shown if claim.needed] == []


def test_the_marks_and_the_numbers_bite():
    assert (
        numbers("fem områden, 1\N{NO-BREAK SPACE}101 svar, 24 %")
        == numbers("24% of 1,101, five areas")
        == [5, 24, 1101]
    )
    assert numbers("var åttonde") == numbers("one in eight")
    assert numbers("fyra") != numbers("five")
