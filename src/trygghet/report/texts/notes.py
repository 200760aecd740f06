"""Sentences that a run has to print beside its results, whatever they are."""

from typing import Final

from trygghet.report.texts.text import Text

NOTE_TEXTS: Final[dict[str, Text]] = {
    "note.printed": Text(
        "Det som sägs om {wave} är beräknat från publicerade tal i en tryckt rapport; felmarginalen för förändringen är ungefärlig.",
        "What is said of {wave} is computed from published figures in a printed report; the margin of error of the change is approximate.",
    ),
    "note.supplied": Text(
        "Institutets vikter används som de är; felmarginalerna är ungefärliga.",
        "The institute's weights are used as they are; the margins of error are approximate.",
    ),
    "note.unweighted": Text(
        "Svaren är inte vägda; resultaten speglar dem som svarade, inte kommunens sammansättning.",
        "The answers are not weighted; the results mirror those who answered, not the make-up of the municipality.",
    ),
    "note.undeclared": Text(
        "Det är inte angivet hur svaren kom in. De räknas därför som självvalda: de beskriver dem som svarade.",
        "Nobody has stated how the answers came in. They count as self-selected: they describe those who answered.",
    ),
    "note.population": Text(
        "Befolkningstabell saknas; rapporten kan inte visa om svaren speglar kommunens invånare.",
        "There is no population table; the report cannot show whether the answers mirror the residents.",
    ),
    "note.outside": Text(
        "{count} svar från personer som inte bor i kommunen ingår inte i resultaten för invånarna.",
        "{count} answers of persons who do not live in the municipality are not in the results for the residents.",
    ),
    "note.ages": Text("{low}–{high} år", "aged {low}–{high}"),
    "note.older": Text("{low} år och äldre", "aged {low} and over"),
    "note.area": Text("område", "area"),
}
