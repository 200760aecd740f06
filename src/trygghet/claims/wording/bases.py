"""The line under a sentence, and refusals for want of answers."""

from typing import Final

from trygghet.claims.wording.text import Text

TEXTS: Final[dict[str, Text]] = {
    "base": Text("Bas: {n} svarande {where}, {when}.", "Base: {n} respondents {where}, {when}."),
    "base.undated": Text("Bas: {n} svarande {where}.", "Base: {n} respondents {where}."),
    "base.choose": Text(
        "Varje person fick välja högst {choose} {many}.", "Each person could choose at most {choose} {many}."
    ),
    "base.dont_know": Text(
        "Här ingår de som svarat ”vet ej”.", "Those who answered “don't know” are included."
    ),
    "base.approximate": Text("Felmarginalerna är ungefärliga.", "The margins of error are approximate."),
    "base.published": Text(
        "Det äldre årets siffra är beräknad från publicerade tal.",
        "The earlier year's figure is computed from published numbers.",
    ),
    "base.same": Text(
        "Bas: {n} svarande respektive år {where}, samma fråga och samma insamlingssätt.",
        "Base: {n} respondents each year {where}, same question and same mode of collection.",
    ),
    "base.waves": Text(
        "Bas: {new_n} svarande {new_wave} och {old_n} svarande {old_wave} {where}, samma fråga och samma insamlingssätt.",
        "Base: {new_n} respondents in {new_wave} and {old_n} in {old_wave} {where}, same question and same mode of collection.",
    ),
    "base.least": Text(
        "Bas: minst {n} svarande respektive år {where}, samma fråga och samma insamlingssätt.",
        "Base: at least {n} respondents each year {where}, same question and same mode of collection.",
    ),
    "base.pair": Text(
        "Bas: {n} respektive {other_n} svarande {where}, {when}. {Area} ingår inte i jämförelsetalet.",
        "Base: {n} and {other_n} respondents {where}, {when}. {Area} is not part of what it is compared with.",
    ),
    "refused.base": Text(
        "{noun} kan inte redovisas{where}: ingen eller för få har svarat.",
        "{noun} cannot be given{where}: nobody or too few answered.",
    ),
}
