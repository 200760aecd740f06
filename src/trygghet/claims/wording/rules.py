"""The rule behind each kind of statement, for the method annex."""

from typing import Final

from trygghet.claims.wording.text import Text

RULES: Final[dict[str, Text]] = {
    "among_largest": Text(
        "Simultana rangintervall ({level}) ur den gemensamma kovariansen: säkert bland de {m} om hela intervallet ligger "
        "inom plats 1–{last}, kan höra dit om det går över gränsen.",
        "Simultaneous rank sets ({level}) from the joint covariance: surely among the {m} if the whole set is within places "
        "1–{last}, may belong there if it crosses the cut.",
    ),
    "cut_off": Text(
        "Gränsen är säkerställd när de simultana rangintervallen ({level}) visar vilka {m} som hör dit.",
        "The cut is established when the simultaneous rank sets ({level}) show which {m} belong there.",
    ),
    "largest": Text(
        "Störst skrivs bara när hela det simultana rangintervallet ({level}) är plats 1.",
        "Largest is written only when the whole simultaneous rank set ({level}) is place 1.",
    ),
    "above_rest": Text(
        "Skillnad mot resten, där den egna gruppen inte ingår; felrisken ({level}) gäller hela familjen av jämförelser "
        "({method}).",
        "Difference from the rest, which leaves out the group itself; the risk of error ({level}) holds for the whole family of "
        "comparisons ({method}).",
    ),
    "change": Text(
        "Skillnad mellan oberoende urval, {level} intervall utan ändlighetskorrektion; felrisken gäller alla förändringar som "
        "prövas ({method}).",
        "Difference between independent samples, {level} interval without finite population correction; the risk of error holds "
        "for all changes that are tried ({method}).",
    ),
    "threshold": Text(
        "Lågt eller högt skrivs bara när hela intervallet ({level}) ligger på ena sidan av den gräns som är fastställd i förväg.",
        "Low or high is written only when the whole interval ({level}) lies on one side of the limit that was set beforehand.",
    ),
    "level": Text(
        "Skattning med felmarginal ({level}); ingen jämförelse görs.",
        "Estimate with its margin of error ({level}); nothing is compared.",
    ),
    "respondents": Text(
        "Självvalda eller inbjudna svar beskrivs bland de svarande, utan felmarginal.",
        "Self-selected or invited answers are described among those who answered, without a margin of error.",
    ),
    "not_random": Text(
        "Ett påstående om invånarna kräver ett slumpmässigt urval.",
        "A statement about the residents takes a random sample.",
    ),
    "break": Text(
        "Två mätningar jämförs bara när fråga, svarsalternativ, bas, åldrar och insamlingssätt är desamma.",
        "Two surveys are compared only when question, answers, base, ages and mode of collection are the same.",
    ),
    "base": Text(
        "Ett påstående kräver att någon har svarat och att felmarginalen går att beräkna.",
        "A statement requires that someone answered and that the margin of error can be computed.",
    ),
    "more_than": Text(
        "Skillnad mellan två andelar bland samma personer, ur den gemensamma kovariansen; felrisken ({level}) gäller alla par som "
        "prövas ({method}).",
        "Difference between two shares of the same persons, from the joint covariance; the risk of error ({level}) holds for all "
        "pairs that are tried ({method}).",
    ),
    "unchanged": Text(
        "Ekvivalenstest (två ensidiga test) mot en gräns som är fastställd i förväg; felrisken ({level}) gäller alla som prövas "
        "(Holms metod). Att en förändring inte är säkerställd räcker inte.",
        "Equivalence test (two one-sided tests) against a limit that was set beforehand; the risk of error ({level}) holds for all "
        "that are tried (Holm's method). It is not enough that a change is not established.",
    ),
    "word": Text(
        "Ordet skrivs bara med en betydelse som är fastställd i förväg, och när hela intervallet ({level}) uppfyller den.",
        "The word is written only with a meaning that was set beforehand, and when the whole interval ({level}) meets it.",
    ),
    "both": Text(
        "Andel av andel bland samma personer, {level} felmarginal.",
        "Share of a share of the same persons, {level} margin of error.",
    ),
    "reference": Text(
        "Skillnad mot ett angivet jämförelsetal, med dess osäkerhet när den är känd ({level}, {method}).",
        "Difference from a stated reference figure, with its uncertainty when that is known ({level}, {method}).",
    ),
    "same_as_national": Text(
        "Skillnad i förändring mot ett angivet jämförelsetal: ekvivalenstest mot en gräns som är fastställd i förväg "
        "({level}).",
        "Difference in change from a stated reference figure: equivalence test against a limit that was set beforehand ({level}).",
    ),
    "effect": Text(
        "Ordet effekt kräver en angiven jämförelse: skillnad i förändring mot jämförelseområdet ({level}, {method}).",
        "The word effect requires a stated comparison: difference in change from the comparison area ({level}, {method}).",
    ),
}
