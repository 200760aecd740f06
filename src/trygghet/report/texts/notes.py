"""Sentences that a run has to print beside its results, whatever they are."""

from typing import Final

from trygghet.claims.wording.text import Text

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
    "weights.gap": Text(
        "Befolkningstabellerna skilde sig med upp till {gap} och jämkades till samma folkmängd.",
        "The population tables differed by up to {gap} and were fitted to one population size.",
    ),
    "weights.unplaced": Text(
        "Svarande som inte har uppgett {variables}, eller vars svar saknar befolkningstal, ingår i alla grupper i proportion till "
        "befolkningen. Ingen lämnas utanför.",
        "Respondents who did not state {variables}, or whose answer has no population figure, belong to every group in proportion to "
        "the population. Nobody is left out.",
    ),
    "weights.as_respondents": Text(
        "Svarande som inte har uppgett {variables}, eller vars svar saknar befolkningstal, räknas in i grupperna så som övriga "
        "svarande fördelar sig. Ingen lämnas utanför.",
        "Respondents who did not state {variables}, or whose answer has no population figure, are counted among the groups as the "
        "other respondents are distributed. Nobody is left out.",
    ),
    "weights.merged": Text(
        "I befolkningstabellen {tabell} är kategorier sammanslagna enligt en lista i befolkningsfilen: {sammanslagna}.",
        "In the population table {tabell}, categories are merged by a list in the population file: {sammanslagna}.",
    ),
    "weights.thin": Text(
        "Grupper med färre än {grans} svarande bland dem som viktningen bygger på: {antal}. Vikterna där vilar på ett litet antal personer.",
        "Groups with fewer than {grans} respondents among those that the weighting rests on: {antal}. The weights there rest on few people.",
    ),
    "weights.many": Text(
        "Viktningen bygger på {antal} befolkningstal, färre än {grans} svarande per tal. Felmarginalerna kan då vara för små.",
        "The weighting rests on {antal} population figures, fewer than {grans} respondents a figure. The margins of error may then be "
        "too small.",
    ),
    "weights.dates": Text(
        "Befolkningstabellerna gäller olika datum ({datum}).",
        "The population tables refer to different dates ({datum}).",
    ),
    "weights.old": Text(
        "Befolkningstalen gäller {datum}, {dagar} dagar från insamlingens slut.",
        "The population figures are of {datum}, {dagar} days from the end of the collection.",
    ),
    "weights.within": Text(
        "Inom minst ett område skiljer sig de svarandes sammansättning från befolkningens också efter viktningen.",
        "Within at least one area the make-up of the respondents differs from the population's after the weighting too.",
    ),
    "weights.uncrossed": Text(
        "Inga befolkningstal korsar {omrade} med ålder eller kön. Det går därför inte att se om rätt grupper har svarat inom varje "
        "område.",
        "No population figures cross {omrade} with age or sex. Whether the right groups answered within each area cannot be seen.",
    ),
    "note.ages": Text("{low}–{high} år", "aged {low}–{high}"),
    "note.older": Text("{low} år och äldre", "aged {low} and over"),
    "note.area": Text("område", "area"),
    "note.group": Text("grupp", "group"),
}
