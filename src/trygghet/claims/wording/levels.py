"""Sentences about one share, also against a threshold."""

from typing import Final

from trygghet.claims.wording.text import Text

TEXTS: Final[dict[str, Text]] = {
    "level.fraction": Text(
        "Ungefär {fraction} invånare {verb} {rest_one} ({share}, felmarginal {limits}).",
        "{noun} is {share} (margin of error {limits}), about {fraction}.",
    ),
    "level.predicate": Text(
        "{share} av invånarna {verb} {rest} (felmarginal {limits}).",
        "{noun} is {share} (margin of error {limits}).",
    ),
    "level.domain": Text(
        "{where} {verb} {share} {rest} (felmarginal {limits}).",
        "{where}, {noun} is {share} (margin of error {limits}).",
    ),
    "level.noun": Text(
        "{noun} är {share} (felmarginal {limits}).", "{noun} is {share} (margin of error {limits})."
    ),
    "level.noun.group": Text(
        "{where} är {noun} {share} (felmarginal {limits}).",
        "{where}, {noun} is {share} (margin of error {limits}).",
    ),
    "threshold.low.yes": Text(
        "Det är lägre än den nivå som kommunen själv har satt som låg ({threshold}).",
        "That is below the level that the municipality itself has set as low ({threshold}).",
    ),
    "threshold.high.yes": Text(
        "Det är högre än den nivå som kommunen själv har satt som hög ({threshold}).",
        "That is above the level that the municipality itself has set as high ({threshold}).",
    ),
    "threshold.low.no": Text(
        "Det är inte lågt: det ligger säkert över den nivå som kommunen själv har satt som låg ({threshold}).",
        "That is not low: it is safely above the level that the municipality itself has set as low ({threshold}).",
    ),
    "threshold.high.no": Text(
        "Det är inte högt: det ligger säkert under den nivå som kommunen själv har satt som hög ({threshold}).",
        "That is not high: it is safely below the level that the municipality itself has set as high ({threshold}).",
    ),
    "threshold.open": Text(
        "Undersökningen kan inte avgöra på vilken sida det ligger om den nivå som kommunen själv har satt som {word} ({threshold}): "
        "avståndet är för litet.",
        "The survey cannot tell on which side it is of the level that the municipality itself has set as {word} ({threshold}): the "
        "distance is too small.",
    ),
    "threshold.distance": Text(
        "Med så här många svar behöver avståndet till gränsen vara omkring {needed} för att normalt upptäckas.",
        "With this many answers the distance to the limit has to be about {needed} to be detected normally.",
    ),
    "threshold.never": Text(
        "Med så här få svar går det normalt inte att avgöra, hur långt från gränsen andelen än ligger.",
        "With so few answers it can normally not be told, however far from the limit the share lies.",
    ),
    "threshold.answers": Text(
        "Stämmer den uppmätta andelen hade omkring {n} svar behövts.",
        "If the measured share is right, it would have taken about {n} answers.",
    ),
}
