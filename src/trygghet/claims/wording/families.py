"""Sentences on how the risk of a false statement is divided."""

from typing import Final

from trygghet.claims.wording.text import Text

TEXTS: Final[dict[str, Text]] = {
    "families.shared": Text(
        "Risken att rapporten innehåller någon felaktig mening om ordning, skillnader, utveckling eller gränser är högst {risk}. Den "
        "delas lika mellan {k} familjer av påståenden, som bestämdes innan någon såg resultaten: {names}. Varje familj prövas på nivån "
        "{level}, och inom familjen räknas alla jämförelser med. Felmarginalen runt en andel gäller den andelen för sig. Det som inte "
        "hör till någon familj står bara i tabellerna och får inga meningar.",
        "The risk that the report holds any false statement on an order, a difference, a development or a threshold is at most {risk}. "
        "It is divided evenly among {k} families of statements, decided before anybody saw the results: {names}. Each family is tested "
        "at the level {level}, counting all of its comparisons. The margin of error of a share holds for that share alone. What belongs "
        "to no family stands in the tables only and gets no sentences.",
    ),
    "families.one": Text(
        "Risken att rapporten innehåller någon felaktig mening om {names} är högst {risk}; alla jämförelser räknas med. Felmarginalen "
        "runt en andel gäller den andelen för sig. Det övriga står bara i tabellerna och får inga meningar.",
        "The risk that the report holds any false statement on {names} is at most {risk}, counting all comparisons. The margin of error "
        "of a share holds for that share alone. Everything else stands in the tables only and gets no sentences.",
    ),
}
