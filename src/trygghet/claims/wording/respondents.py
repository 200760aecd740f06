"""Sentences about people who chose themselves or were invited."""

from typing import Final

from trygghet.claims.wording.text import Text

TEXTS: Final[dict[str, Text]] = {
    "open.first": Text(
        "Bland de {n} som svarade valde flest {item} ({share}).",
        "Among the {n} who answered, most chose {item} ({share}).",
    ),
    "open.predicate": Text(
        "Bland de {n} som svarade {verb} {share} {rest}.", "Among the {n} who answered, {noun} is {share}."
    ),
    "open.noun": Text(
        "Bland de {n} som svarade är {noun} {share}.", "Among the {n} who answered, {noun} is {share}."
    ),
    "open.predicate.group": Text(
        "{where}bland de {n} som svarade, {verb} {share} {rest}.",
        "{where}among the {n} who answered, {noun} is {share}.",
    ),
    "open.noun.group": Text(
        "{where}bland de {n} som svarade, är {noun} {share}.",
        "{where}among the {n} who answered, {noun} is {share}.",
    ),
    "open.meaning": Text(
        "Svaren kommer från en öppen enkät som alla kunde fylla i. De visar vad de svarande tycker, men inte hur stor andel av "
        "invånarna som tycker så.",
        "The answers come from an open survey that anyone could fill in. They show what the respondents think, but not how many of "
        "the inhabitants think so.",
    ),
    "invited.meaning": Text(
        "Svaren kommer från inbjudna grupper, inte från ett slumpmässigt urval. De visar vad de svarande tycker, men inte hur stor "
        "andel av invånarna som tycker så.",
        "The answers come from invited groups, not from a random sample. They show what the respondents think, but not how many of "
        "the inhabitants think so.",
    ),
    "census.meaning": Text(
        "Alla i gruppen tillfrågades, men alla har inte svarat. Siffran gäller dem som svarade.",
        "Everyone in the group was asked, but not everyone answered. The figure holds for those who did.",
    ),
    "open.order": Text(
        "Ordningen mellan plats {m} och {next} ändras när svaren räknas om efter {variables}, så den bör inte tolkas.",
        "The order between {m} and {next} place changes when the answers are adjusted for {variables}, and should not be read.",
    ),
    "open.population": Text(
        "{noun} bland invånarna går inte att ange. Svaren kommer inte från ett slumpmässigt urval, så det finns ingen felmarginal.",
        "{noun} among the inhabitants cannot be given. The answers do not come from a random sample, so there is no margin of "
        "error.",
    ),
}
