"""Sentences that compare a group with the others, or two waves."""

from typing import Final

from trygghet.claims.wording.text import Text

TEXTS: Final[dict[str, Text]] = {
    "rest.predicate": Text(
        "{where} {verb} {share} {rest}, jämfört med {other} {others}.",
        "{where}, {noun} is {share}, against {other} {others}.",
    ),
    "rest.noun": Text(
        "{where} är {noun} {share}, jämfört med {other} {others}.",
        "{where}, {noun} is {share}, against {other} {others}.",
    ),
    "rest.bare": Text(
        "{where} jämförs {noun} med {others_gen}.", "{where}, {noun} is compared with {others_gen}."
    ),
    "rest.yes": Text(
        "Skillnaden är statistiskt säkerställd: {points} ({limits}){family}. Undersökningen säger inte vad skillnaden beror på.",
        "The difference is statistically established: {points} ({limits}){family}. The survey does not say what causes it.",
    ),
    "rest.no": Text(
        "Skillnaden är för liten för att säkerställas: {area} kan ligga allt från {gap}.",
        "The difference is too small to be established: {area} may be anything from {gap}.",
    ),
    "rest.opposite": Text(
        "Skillnaden går åt andra hållet: {points} {direction} ({limits}){family}.",
        "The difference goes the other way: {points} {direction} ({limits}){family}.",
    ),
    "rest.needed": Text(
        "Med så här många svar behöver skillnaden vara omkring {needed} för att normalt upptäckas.",
        "With this many answers the difference has to be about {needed} to be detected normally.",
    ),
    "needed.alike": Text(
        "Vad som hade behövts går inte att räkna fram, eftersom alla svarade lika.",
        "What it would have taken cannot be computed, since everybody gave the same answer.",
    ),
    "family.domains": Text(
        ", även när vi tar hänsyn till att {k} {groups} har jämförts",
        ", also when it is taken into account that {k} {groups} were compared",
    ),
    "family.comparisons": Text(
        ", även när vi tar hänsyn till att {k} jämförelser har gjorts",
        ", also when it is taken into account that {k} comparisons were made",
    ),
    "change.levels": Text(
        "{noun} var {new} {new_wave} och {old} {old_wave}.",
        "{noun} was {new} in {new_wave} and {old} in {old_wave}.",
    ),
    "change.levels.group": Text(
        "{where} var {noun} {new} {new_wave} och {old} {old_wave}.",
        "{where}, {noun} was {new} in {new_wave} and {old} in {old_wave}.",
    ),
    "change.yes": Text(
        "Skillnaden är statistiskt säkerställd: {what} har {moved} med {points} ({limits}){family}. Undersökningen säger inte vad "
        "förändringen beror på.",
        "The difference is statistically established: {what} has {moved} by {points} ({limits}){family}. The survey does not say "
        "what causes the change.",
    ),
    "change.no": Text(
        "Skillnaden är för liten för att vi ska kunna säga att {what} har {moved}: förändringen kan vara allt från {swing}. "
        "Det betyder inte att {what} är oförändrad.",
        "The difference is too small to say that {what} has {moved}: the change may be anything from {swing}. That does "
        "not mean that {what} is unchanged.",
    ),
    "change.opposite": Text(
        "{what} har inte {moved}. Tvärtom har {what} {opposite} med {points} ({limits}){family}.",
        "{what} has not {moved}. On the contrary, {what} has {opposite} by {points} ({limits}){family}.",
    ),
    "change.needed": Text(
        "Med så här många svar behöver förändringen vara omkring {needed} för att normalt upptäckas.",
        "With this many answers the change has to be about {needed} to be detected normally.",
    ),
    "change.break": Text(
        "{noun} kan inte jämföras mellan {new_wave} och {old_wave}: {why}.",
        "{noun} cannot be compared between {new_wave} and {old_wave}: {why}.",
    ),
    "change.absent": Text(
        "{noun} kan inte jämföras mellan {new_wave} och {old_wave}: för {absent} finns ingen sådan siffra.",
        "{noun} cannot be compared between {new_wave} and {old_wave}: there is no such figure for {absent}.",
    ),
    "change.one_wave": Text(
        "Om {what} har {moved} kan inte beläggas: det finns bara en mätning att utgå från.",
        "Whether {what} has {moved} cannot be shown: there is only one survey to go by.",
    ),
    "change.another": Text(
        "Det som behövs är en mätning till med samma fråga.",
        "It takes another survey with the same question.",
    ),
    "change.next": Text(
        "Är den lika stor som den här upptäcker den normalt en förändring på omkring {needed}.",
        "If it is as large as this one, it normally detects a change of about {needed}.",
    ),
}
