"""Sentences about an order: which are the largest, and where the line is drawn."""

from typing import Final

from trygghet.claims.wording.text import Text

TEXTS: Final[dict[str, Text]] = {
    "among.some": Text(
        "{sure} hör med god säkerhet till de {m} {many} som flest {wanted}{detail}.",
        "{sure} can safely be counted among the {m} {many} that most people {wanted}{detail}.",
    ),
    "among.open": Text(
        "Därefter ligger {k} {many} så nära varandra att undersökningen inte kan avgöra {which} av dem som också hör dit: "
        "{maybe}. Valet mellan de {k} är er bedömning, inte ett mätresultat.",
        "After that {k} {many} are so close to each other that the survey cannot tell which {left} of them also belong there: "
        "{maybe}. Choosing among the {k} is your judgement, not a finding.",
    ),
    "among.all": Text(
        "De {m} {many} som flest {wanted} är med god säkerhet {sure}. Gränsen till plats {next} är statistiskt säkerställd.",
        "The {m} {many} that most people {wanted} are, safely, {sure}. The line to {next} place is statistically established.",
    ),
    "among.none": Text(
        "Undersökningen kan inte avgöra vilka {m} {many} som flest {wanted}.",
        "The survey cannot tell which {m} {many} most people {wanted}.",
    ),
    "among.near": Text(
        "{k} {many} ligger så nära varandra att de kan höra dit: {maybe}. Valet mellan dem är er bedömning, inte ett mätresultat.",
        "{k} {many} are so close to each other that they may belong there: {maybe}. Choosing among them is your judgement, not a "
        "finding.",
    ),
    "cutoff.secure": Text(
        "Gränsen mellan plats {m} och {next} är statistiskt säkerställd.",
        "The line between {m} and {next} place is statistically established.",
    ),
    "cutoff.open": Text(
        "Gränsen mellan plats {m} och {next} är inte statistiskt säkerställd: {k} {many} ligger för nära varandra för att "
        "undersökningen ska kunna dra den.",
        "The line between {m} and {next} place is not statistically established: {k} {many} are too close to each other for the "
        "survey to draw it.",
    ),
    "largest.yes": Text(
        "Det {one} som flest {wanted_one} är {item} ({share}, felmarginal {limits}). Skillnaden mot de andra är statistiskt "
        "säkerställd.",
        "The {one} that most people {wanted_one} is {item} ({share}, margin of error {limits}). The difference from the others is "
        "statistically established.",
    ),
    "largest.no": Text(
        "Undersökningen kan inte avgöra vilket {one} som flest {wanted_one}: {candidates} kan ligga först.",
        "The survey cannot tell which {one} most people {wanted_one}: {candidates} may come first.",
    ),
    "largest.not": Text(
        "{item} är inte det {one} som flest {wanted_one}: {ahead} ligger säkert före.",
        "{item} is not the {one} that most people {wanted_one}: {ahead} comes before it for certain.",
    ),
    "ranked.needed": Text(
        "Med så här många svar behöver skillnaden mellan två {many} vara omkring {needed} för att normalt upptäckas.",
        "With this many answers the difference between two {many} has to be about {needed} to be detected normally.",
    ),
    "ranked.few": Text(
        "Det krävs fler svar, eller fler {many} att jämföra; hur många går inte att räkna fram ur den här undersökningen.",
        "It takes more answers, or more {many} to compare; how many cannot be computed from this survey.",
    ),
    "ranked.item": Text("{item} ({share})", "{item} ({share})"),
    "ranked.detail": Text(" ({share}, felmarginal {limits})", " ({share}, margin of error {limits})"),
}
