"""Sentences that need something declared beforehand: a margin, a word's meaning, a reference, a comparison."""

from typing import Final

from trygghet.claims.wording.text import Text

TEXTS: Final[dict[str, Text]] = {
    # one thing against another, same persons
    "more.yes": Text(
        "{First} är större än {second}: {share} mot {other}. Skillnaden är statistiskt säkerställd: {points} ({limits}){family}.",
        "{First} is larger than {second}: {share} against {other}. The difference is statistically established: {points} "
        "({limits}){family}.",
    ),
    "more.opposite": Text(
        "{First} är inte större än {second}: {share} mot {other}. Tvärtom är skillnaden säkerställd åt andra hållet: {points} "
        "({limits}){family}.",
        "{First} is not larger than {second}: {share} against {other}. On the contrary, the difference is established the other way: "
        "{points} ({limits}){family}.",
    ),
    "more.no": Text(
        "Undersökningen kan inte avgöra om {first} är större än {second}: {share} mot {other}, och skillnaden kan vara allt från "
        "{gap}.",
        "The survey cannot tell whether {first} is larger than {second}: {share} against {other}, and the difference may be anything "
        "from {gap}.",
    ),
    "more.persons": Text(
        "Samma personer har svarat på båda frågorna.", "The same persons answered both questions."
    ),
    # unchanged within a margin
    "same.yes": Text(
        "{what} är i stort sett oförändrad: förändringen är säkert mindre än {margin}, som bestämdes i förväg ({swing}).",
        "{what} is practically unchanged: the change is safely smaller than {margin}, as was decided beforehand ({swing}).",
    ),
    "same.not": Text(
        "{what} är inte oförändrad: förändringen är säkert större än {margin}, som bestämdes i förväg ({swing}).",
        "{what} is not unchanged: the change is safely larger than {margin}, as was decided beforehand ({swing}).",
    ),
    "same.no": Text(
        "Om {what} är oförändrad kan inte beläggas: förändringen kan vara allt från {swing}, och gränsen för oförändrad bestämdes i "
        "förväg till {margin}.",
        "Whether {what} is unchanged cannot be shown: the change may be anything from {swing}, and the limit for unchanged was set "
        "beforehand at {margin}.",
    ),
    "same.needed": Text(
        "Med så här många svar går det normalt att visa att inget har ändrats först inom omkring {needed}.",
        "With this many answers it can normally be shown that nothing changed only within about {needed}.",
    ),
    # words with a declared meaning
    "word.yes": Text(
        "Kommunen har i förväg bestämt att ”{word}” betyder {bound} {threshold}; det är uppfyllt.",
        "The municipality has decided beforehand that “{word}” means {bound} {threshold}; that is met.",
    ),
    "word.not": Text(
        "Kommunen har i förväg bestämt att ”{word}” betyder {bound} {threshold}; det är säkert inte uppfyllt.",
        "The municipality has decided beforehand that “{word}” means {bound} {threshold}; that is certainly not met.",
    ),
    "word.no": Text(
        "Kommunen har i förväg bestämt att ”{word}” betyder {bound} {threshold}; undersökningen kan inte avgöra om det är uppfyllt.",
        "The municipality has decided beforehand that “{word}” means {bound} {threshold}; the survey cannot tell whether that is met.",
    ),
    "word.undefined": Text(
        "Vad ”{word}” betyder är inte bestämt i förväg, så siffran får tala: {level}",
        "What “{word}” means has not been decided beforehand, so the figure must speak: {level}",
    ),
    # both in the same people
    "both.yes": Text(
        "{level} Bland dem {verb} {share} {rest} (felmarginal {limits}). Båda sakerna gäller alltså samtidigt för en del av "
        "invånarna.",
        "{level} Among them, {noun} is {share} (margin of error {limits}). Both therefore hold at once for some of the inhabitants.",
    ),
    "both.none": Text(
        "{level} Om någon av dem också hör till {noun} kan undersökningen inte visa.",
        "{level} Whether any of them also belong to {noun} cannot be shown.",
    ),
    "both.needed": Text(
        "Med så här många svar behöver det gälla minst en av {k} av dem för att normalt upptäckas.",
        "With this many answers it has to hold for at least one in {k} of them to be detected normally.",
    ),
    # a reference
    "reference.yes": Text(
        "{Noun} är {share}, {side} än {reference} ({other}). Skillnaden är statistiskt säkerställd: {points} ({limits}){family}.",
        "{Noun} is {share}, {side} than {reference} ({other}). The difference is statistically established: {points} "
        "({limits}){family}.",
    ),
    "reference.no": Text(
        "{Noun} är {share} och {reference} {other}. Undersökningen kan inte avgöra om det är en skillnad.",
        "{Noun} is {share} and {reference} {other}. The survey cannot tell whether there is a difference.",
    ),
    "reference.opposite": Text(
        "{Noun} är {share}, alltså {side} än {reference} ({other}): {points} ({limits}){family}.",
        "{Noun} is {share}, that is {side} than {reference} ({other}): {points} ({limits}){family}.",
    ),
    "reference.uncertain": Text(
        "Jämförelsetalet räknas som säkert, eftersom ingen felmarginal är angiven för det.",
        "The figure that it is compared with counts as certain, since no margin of error is given for it.",
    ),
    "national.same": Text(
        "{what} har utvecklats på samma sätt som {reference}: skillnaden i förändring är säkert mindre än {margin}, som bestämdes i "
        "förväg.",
        "{what} has developed like {reference}: the difference in change is safely smaller than {margin}, as was decided beforehand.",
    ),
    "national.differs": Text(
        "{what} har inte utvecklats som {reference}: skillnaden i förändring är statistiskt säkerställd, {points} ({limits}).",
        "{what} has not developed like {reference}: the difference in change is statistically established, {points} ({limits}).",
    ),
    "national.no": Text(
        "Om {what} har utvecklats som {reference} kan inte beläggas: skillnaden i förändring kan vara allt från {gap}.",
        "Whether {what} has developed like {reference} cannot be shown: the difference in change may be anything from {gap}.",
    ),
    "national.needed": Text(
        "Med så här många svar går det normalt att visa att utvecklingen är densamma först inom omkring {needed}.",
        "With this many answers it can normally be shown that the development is the same only within about {needed}.",
    ),
    # effect
    "effect.yes": Text(
        "{where} har {what} {moved} mer än {others}: skillnaden i förändring är statistiskt säkerställd, {points} ({limits}). "
        "Om den beror på insatsen avgörs av hur lika områdena var från början; det kan undersökningen inte visa.",
        "{where}, {what} has {moved} more than {others}: the difference in change is statistically established, {points} ({limits}). "
        "Whether that is due to the measure depends on how alike the areas were to begin with, which the survey cannot show.",
    ),
    "effect.no": Text(
        "{where} går det inte att se någon annan utveckling än {others}: skillnaden i förändring kan vara allt från {gap}. Effekten kan "
        "inte avgöras.",
        "{where}, no other development can be seen than {others}: the difference in change may be anything from {gap}. The effect "
        "cannot be judged.",
    ),
    "effect.opposite": Text(
        "{where} har {what} inte {moved} mer än {others}. Skillnaden i förändring går säkert åt andra hållet: {points} ({limits}).",
        "{where}, {what} has not {moved} more than {others}. The difference in change certainly goes the other way: {points} "
        "({limits}).",
    ),
    "effect.needed": Text(
        "Med så här många svar behöver skillnaden i förändring vara omkring {needed} för att normalt upptäckas.",
        "With this many answers the difference in change has to be about {needed} to be detected normally.",
    ),
    "effect.alone": Text(
        "Effekten kan inte avgöras: en förändring från ett år till ett annat säger inget om vad den beror på när inget jämförbart område "
        "finns angivet.",
        "The effect cannot be judged: a change from one year to another does not say what caused it when no comparable area is stated.",
    ),
    "effect.lacking": Text(
        "Det som saknas är ett jämförbart område som har pekats ut i förväg och mätts på samma sätt före och efter insatsen.",
        "What is lacking is a comparable area that was named beforehand and measured in the same way before and after the measure.",
    ),
}
