"""The one catalogue of sentences about data, in Swedish and English; gaps are filled by :mod:`trygghet.claims.said`."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

from trygghet.claims.said import Language, Said


class Text(NamedTuple):
    """A template in both languages, with the same gaps."""

    sv: str
    en: str


TEXTS: Final[dict[str, Text]] = {
    # which are the m largest
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
        "Undersökningen kan inte avgöra vilka {m} {many} som flest {wanted}. {k} {many} ligger så nära varandra att de kan höra "
        "dit: {maybe}. Valet mellan dem är er bedömning, inte ett mätresultat.",
        "The survey cannot tell which {m} {many} most people {wanted}. {k} {many} are so close to each other that they may belong "
        "there: {maybe}. Choosing among them is your judgement, not a finding.",
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
    "ranked.item": Text("{item} ({share})", "{item} ({share})"),
    "ranked.detail": Text(" ({share}, felmarginal {limits})", " ({share}, margin of error {limits})"),
    # a group against the others
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
    "family.domains": Text(
        ", även när vi tar hänsyn till att {k} {groups} har jämförts",
        ", also when it is taken into account that {k} {groups} were compared",
    ),
    "family.comparisons": Text(
        ", även när vi tar hänsyn till att {k} jämförelser har gjorts",
        ", also when it is taken into account that {k} comparisons were made",
    ),
    # two waves
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
    "change.one_wave": Text(
        "Om {what} har {moved} kan inte beläggas: det finns bara en undersökning att utgå från.",
        "Whether {what} has {moved} cannot be shown: there is only one survey to go by.",
    ),
    # levels
    "level.fraction": Text(
        "Ungefär {fraction} invånare {verb} {rest_one} ({share}, felmarginal {limits}).",
        "{noun} is {share} (margin of error {limits}).",
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
        "felmarginalen går över gränsen.",
        "The survey cannot tell on which side it is of the level that the municipality itself has set as {word} ({threshold}): the "
        "margin of error crosses it.",
    ),
    "threshold.needed": Text(
        "För att avgöra det skulle omkring {n} svar ha behövts.",
        "It would have taken about {n} answers to tell.",
    ),
    # people who chose to answer
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
        "{noun} bland invånarna går inte att ange: svaren kommer inte från ett slumpmässigt urval, så det finns ingen felmarginal.",
        "{noun} among the inhabitants cannot be given: the answers do not come from a random sample, so there is no margin of "
        "error.",
    ),
    # bases
    "base": Text("Bas: {n} svarande {where}, {when}.", "Base: {n} respondents {where}, {when}."),
    "base.undated": Text("Bas: {n} svarande {where}.", "Base: {n} respondents {where}."),
    "base.choose": Text(
        "Varje person fick välja högst {choose} {many}.", "Each person could choose at most {choose} {many}."
    ),
    "base.dont_know": Text(
        "Här ingår de som svarat ”vet ej”.", "Those who answered “don't know” are included."
    ),
    "base.approximate": Text("Felmarginalerna är ungefärliga.", "The margins of error are approximate."),
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
    # refusals
    "refused.base": Text(
        "{noun} kan inte redovisas{where}: ingen eller för få har svarat.",
        "{noun} cannot be given{where}: nobody or too few answered.",
    ),
}

RULES: Final[dict[str, str]] = {
    "among_largest": "Simultana rangintervall ({level}) ur den gemensamma kovariansen: säkert bland de {m} om hela intervallet ligger "
    "inom plats 1–{m}, kan höra dit om det går över gränsen.",
    "cut_off": "Gränsen är säkerställd när de simultana rangintervallen ({level}) visar vilka {m} som hör dit.",
    "largest": "Störst skrivs bara när hela det simultana rangintervallet ({level}) är plats 1.",
    "above_rest": "Skillnad mot resten, där den egna gruppen inte ingår; felrisken ({level}) gäller hela familjen av jämförelser "
    "({method}).",
    "change": "Skillnad mellan oberoende urval, {level} intervall utan ändlighetskorrektion; felrisken gäller {method}.",
    "threshold": "Lågt eller högt skrivs bara när hela felmarginalen ({level}) ligger på ena sidan av den gräns som är fastställd i förväg.",
    "level": "Skattning med felmarginal ({level}); ingen jämförelse görs.",
    "respondents": "Självvalda eller inbjudna svar beskrivs bland de svarande, utan felmarginal.",
    "not_random": "Ett påstående om invånarna kräver ett slumpmässigt urval.",
    "break": "Två undersökningar jämförs bara när fråga, svarsalternativ, bas, åldrar och insamlingssätt är desamma.",
    "base": "Ett påstående kräver att någon har svarat och att felmarginalen går att beräkna.",
}


@dataclass(frozen=True, slots=True)
class Sentence:
    """A template with its gaps filled.

    Parameters
    ----------
    key : str
        Key of :data:`TEXTS`.
    gaps : mapping of str to Said
        What stands in each gap.
    """

    key: str
    gaps: Mapping[str, Said]

    def say(self, language: Language) -> str:
        """Write the sentence.

        Parameters
        ----------
        language : {"sv", "en"}
            Language.

        Returns
        -------
        str
            The sentence, beginning with a capital letter.
        """
        said = {name: gap.say(language) for name, gap in self.gaps.items()}
        template: str = getattr(TEXTS[self.key], language)
        return template.format(**said)


def paragraph(sentences: tuple[Sentence, ...], language: Language) -> str:
    """Write sentences after one another, each with a capital letter.

    Parameters
    ----------
    sentences : tuple of Sentence
        The sentences.
    language : {"sv", "en"}
        Language.

    Returns
    -------
    str
        The paragraph.
    """
    written = (sentence.say(language) for sentence in sentences)
    return " ".join(text[:1].upper() + text[1:] for text in written)
