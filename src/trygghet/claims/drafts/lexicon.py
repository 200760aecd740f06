"""Swedish words that make a sentence a statistical claim, by kind of claim."""

import re
from typing import Final, Literal

Kind = Literal[
    "cause",
    "effect",
    "count",
    "share",
    "same_as_reference",
    "source",
    "both",
    "increased",
    "decreased",
    "unchanged",
    "largest",
    "more_than",
    "low",
    "high",
    "described",
    "area",
    "goal",
]


_SAFE: Final = r"(?<!\w)trygga?\b"
_WORRIED: Final = r"(?<!\w)(?:orolig\w*|oroa[rd]\w*|känner (?:\w+ )?oro)\b"
_GOOD: Final = r"(?:trygghet|förtroende|tillit|kännedom)\w*[^.;]{0,40}?"
_BAD: Final = r"(?:otrygg|oro|problem|utsatt|läge)\w*[^.;]{0,40}?"
_WORSE: Final = r"(?<!\w)försämra[td]\w*"
_BETTER: Final = r"(?<!\w)förbättra[td]\w*"
_AND: Final = r"[^.;]{0,60}?(?<!\w)(?:men|och|fast|ändå|samtidigt)\b[^.;]{0,40}?"


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{pattern})", re.IGNORECASE)


_THEN = r"än (?:år )?(?:\d{4}|förra|föregående|tidigare|senast|den förra|vid den förra)\b"
SINCE: Final = re.compile(rf"(?<!\w){_THEN}", re.IGNORECASE)
CAUSAL: Final = _words(
    r"ber(?:or|odde|ott|o) (?:\w+ ){0,3}på\b|grunda(?:r|de|t) sig (?:\w+ ){0,2}(?:i|på)\b|grunda(?:s|des|ts) (?:\w+ )?i\b|"
    r"le(?:der|dde|tt|da) (?:(?!fram\b)\w+ ){0,2}till\b|orsaka\w*|orsak(?:en|erna)? till\b|på grund av|p\. ?g\. ?a\.?|pga\b|"
    r"till följd av|tack vare|(?:har|hade|haft) sin grund i\b|(?:en|som) följd av|ett resultat av|resulter(?:ar|ade|at) i\b|"
    r"förklaras (?:\w+ )?av\b|bid(?:rar|rog|ragit) (?:\w+ )?till\b|(?:ger|gav|gett|givit) upphov till|"
    r"därför att\b|\w+relatera[dt]\w*"
)
DISCLAIMER: Final = re.compile(
    r"säger inte (?:\w+ ){0,2}vad \w+(?: \w+)? beror på|säger inget om vad \w+ beror på|kan undersökningen inte visa|"
    r"om den beror på insatsen avgörs av hur lika områdena var från början",
    re.IGNORECASE,
)
PATTERNS: Final[tuple[tuple[Kind, re.Pattern[str]], ...]] = (
    ("effect", _words(r"effekt(?:en|er|erna)?\b|gett resultat|haft verkan|gjort skillnad")),
    ("count", _words(r"besvarades av (?P<number>\d[\d\s]*)")),
    ("share", re.compile(r"(?P<number>\d+(?:,\d+)?)\s?(?:%|procent\b)", re.IGNORECASE)),
    (
        "same_as_reference",
        _words(r"samma (?:sak|bild|utveckling|mönster|riktning)\b.{0,40}(?:nationel|riket)"),
    ),
    (
        "source",
        _words(r"(?:mätningar|undersökningar|studier|\w*undersökning(?:en)?|\w*statistik(?:en)?) visar"),
    ),
    (
        "both",
        _words(
            rf"fastän|trots att|samtidigt som|objektivt|men ändå|{_SAFE}{_AND}{_WORRIED}|{_WORRIED}{_AND}{_SAFE}"
        ),
    ),
    ("unchanged", _words(r"oförändra\w+|stabil\w*\b|(?:ligger )?kvar på samma nivå|på samma nivå")),
    (
        "increased",
        _words(
            rf"ökad\w*|ökat|ökar|ökning\w*|ökande|stigit|stiger|allt fler|blivit fler|{_BAD}{_WORSE}|{_GOOD}{_BETTER}|"
            rf"(?:fler|större|mer|högre|oftare|vanligare)\b(?: \w+){{0,5}} {_THEN}"
        ),
    ),
    (
        "decreased",
        _words(
            rf"minskad\w*|minskat|minskar|minskning\w*|minskande|sjunkit|sjunker|allt färre|blivit färre|{_GOOD}{_WORSE}|{_BAD}{_BETTER}|"
            rf"(?:färre|mindre|lägre|ovanligare)\b(?: \w+){{0,5}} {_THEN}"
        ),
    ),
    (
        "largest",
        _words(
            r"flest\b|främst\b|framför ?allt|högst\w* (?:otrygg|oro|problem)|störst\w*|vanligast\w*|mest\b"
        ),
    ),
    ("more_than", _words(r"(?:fler|större|mer|högre|oftare)\b(?: \w+){0,5} än\b")),
    ("low", _words(r"låg(?:a|t)?\b|lite (?:kännedom|brottslighet)")),
    ("high", _words(r"hög(?:a|t)?\b|utbredd\w*")),
    (
        "described",
        _words(
            r"många\b|(?<!att )(?<!ska )(?<!kan )(?<!vill )få\b|flertalet|(?:de )?flesta\b|relativt \w+|förhållandevis \w+|positiv bild|negativ bild|ofta\b|vanlig\w*"
        ),
    ),
)
GOAL: Final = _words(
    r"(?:ska|skall|bör|måste|vill|kommer att) (?:\w+ ){0,3}(?:öka|minska|bli|förbättra)\w*|"
    r"(?:arbeta|arbetar|verka|verkar|insatser|åtgärder) för (?:\w+ ){0,2}(?:ökad|minskad|att öka|att minska|öka|minska)|"
    r"(?:mål(?:et)?|syfte(?:t)?) (?:är|med)\b|för att (?:öka|minska)"
)
ACTIVITY: Final = _words(
    r"(?:ökad|ökat|minskad|minskat|mer) (?:\w+ )?(?:närvaro|samverkan|tillsyn|belysning|bevakning|information|kunskap|kommunikation|delaktighet)"
)
PLACE: Final = re.compile(r"(?:[Ff]rämst|[Ff]ramför ?allt|[Mm]est) i [A-ZÅÄÖ]")
MEASURED: Final = _words(r"oro(?:n|ar|lig\w*)?\b|otrygg\w*|problem\w*|utsatta? för")
INFINITIVE: Final = re.compile(r"^\W*(?:öka|minska|stärka|förbättra)\b", re.IGNORECASE)
TIME: Final = _words(r"mörka timmar|\w*kväll\w*|\w*natt\w*|nätter\w*|dygn\w*|dagtid")
REGISTER: Final = _words(
    r"brottsstatistik\w*|anmälda brott|polisanmälningar|anmälningsstatistik\w*|registrerade brott"
)
YOUNG: Final = _words(r"elev\w*|högstadie\w*|gymnasi\w*|skola\w*|ungdom\w*|unga\b|barn\w*|årskurs\w*")
GROUP: Final = _words(
    r"kvinnor\w*|män\b|männen|flickor\w*|pojkar\w*|äldre\b|pensionärer\w*|utrikes födda|inrikes födda|småbarnsföräldrar\w*"
)
PEOPLE: Final = _words(r"(?:\w*invånar|medborgar|boende|svarande|människor)\w*|priorit\w*|fokusområd\w*")
NAMED_SOURCE: Final = re.compile(
    r"\b(?:n\s?=\s?\d|(?:bas|svarande|svar)\b.{0,20}\d|\d[\d\s]* (?:svar|svarande|elever|personer))",
    re.IGNORECASE,
)

# Words that compare, count or judge; not where they bound a number ("högst tre", "färre än {floor} svar"), ask ("hur många"), are verbs
# ("kan få") or name a quantity of the method ("minsta upptäckbara förändring").
_NUMBER = r"(?! (?:\d|\{|(?:en|ett|två|tre|fyra|fem|sex|sju|åtta|nio|tio|elva|tolv|hälften)\b))"
PLAIN: Final[tuple[re.Pattern[str], ...]] = (
    _words(
        r"öka[rdt]\w*|ökande|ökning\w*|stig(?:er|it|ande)|minska[rdt]\w*|minskande|minskning\w*|sjunk(?:er|it|ande)"
    ),
    _words(r"(?:försämra|förbättra)[rdt]\w*"),
    _words(r"(?<!hur )(?<!så )(?<!lika )(?<!för )många\b"),
    _words(r"(?<!för )(?<!att )(?<!ska )(?<!kan )(?<!vill )(?<!du )(?<!ni )få\b"),
    _words(r"(?:de )?flesta?\b|flertalet|fler\b|färre\b(?! än (?:\{\w+\}|\d+) svar)"),
    _words(rf"högre|lägre|högst\b{_NUMBER}|högsta\b|lägsta?\b|hög(?:a|t)?\b|låg(?:a|t)?\b"),
    _words(
        rf"mest\b|minst\b{_NUMBER}|största?\b|minsta\b(?! upptäckbara)|större|mindre|främsta?\b|framför ?allt"
    ),
    _words(
        r"relativt|förhållandevis|(?:o)?vanlig(?:a|t|are|ast|aste)?\b|utbredd\w*|ofta\b|oftare|oftast|sällan"
    ),
    _words(r"säkert\b"),
)
STATISTICAL: Final[tuple[re.Pattern[str], ...]] = (
    CAUSAL,
    *PLAIN,
    _words(r"säkerställ[dt]\w*"),
    _words(r"signifikan\w+"),
    _words(r"effekt(?:en|er|erna)?\b"),
    _words(r"oförändra\w+"),
)
