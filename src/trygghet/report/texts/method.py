"""Texts of the method annex: what families of statements can show, and what may not be shown."""

from typing import Final

from trygghet.claims.wording.text import Text

METHOD_TEXTS: Final[dict[str, Text]] = {
    "interval.wilson-korn-graubard": Text(
        "Wilson; Korn och Graubard där svaret är sällsynt eller underlaget litet",
        "Wilson; Korn and Graubard where few said so or the base is small",
    ),
    "interval.wilson": Text("Wilson", "Wilson"),
    "interval.logit": Text("på logitskala", "on the logit scale"),
    "interval.t": Text("t-intervall", "t interval"),
    "interval.korn-graubard": Text("Korn och Graubard", "Korn and Graubard"),
    "interval.beta": Text("betafördelningen", "beta distribution"),
    "interval.log": Text("på logaritmisk skala", "on the log scale"),
    "interval.arcsine": Text("på arcussinusskala", "on the arcsine scale"),
    "interval.likelihood": Text("ur likelihoodkvoten", "from the likelihood ratio"),
    "table.power": Text(
        "Vad undersökningar av olika storlek kan visa", "What surveys of different sizes can show"
    ),
    "tab.power": Text("Styrka", "Power"),
    "column.claims": Text("Familj av påståenden", "Family of statements"),
    "column.comparisons": Text("Antal prövade", "Number tested"),
    "column.answers": Text("Antal svar", "Answers"),
    "column.detectable": Text("Normalt synlig skillnad", "Difference normally seen"),
    "column.power": Text("Chans om den är {points}", "Chance if it is {points}"),
    "power.never": Text("ingen", "none"),
    "power.hardly": Text("under\N{NO-BREAK SPACE}1", "below\N{NO-BREAK SPACE}1"),
    "power.nearly": Text("över\N{NO-BREAK SPACE}99", "above\N{NO-BREAK SPACE}99"),
    "power.note": Text(
        "Skillnader i procentenheter, chanser att upptäcka dem i procent. "
        "Beräknat i förväg för en andel på {share}, designeffekten {deff} och lika stora områden, med familjens krav på säkerhet "
        "({level}) och i den riktning som är svårast att visa. Normalt: i åtta undersökningar av tio. Ordningen mellan "
        "prioriteringar gäller två alternativ som aldrig väljs av samma person, det svåraste fallet.",
        "Differences in percentage points, chances of detecting them in per cent. "
        "Computed beforehand for a share of {share}, a design effect of {deff} and areas of equal size, at the family's level "
        "({level}) and in the direction that is hardest to show. Normally: in eight surveys of ten. The order of priorities concerns "
        "two options that the same person never chooses, the hardest case.",
    ),
    "disclosure.floor": Text(
        "Uppgifter som bygger på färre än {floor} svar redovisas inte. Gränsen är {sensitive} svar för frågor som är utpekade som "
        "känsliga (antal sådana: {count}).",
        "Figures based on fewer than {floor} answers are not shown. The limit is {sensitive} answers for questions marked as "
        "sensitive (number of them: {count}).",
    ),
    "disclosure.floor.plain": Text(
        "Uppgifter som bygger på färre än {floor} svar redovisas inte.",
        "Figures based on fewer than {floor} answers are not shown.",
    ),
    "disclosure.floor.children": Text(
        "Gränsen är {children} svar där barn har svarat ({who}).",
        "The limit is {children} answers where children answered ({who}).",
    ),
    "disclosure.numerator": Text(
        "Inte heller redovisas andelar där 1–{numerator} personer har svarat ja, eller 1–{numerator} har svarat något annat.",
        "Nor are shares where 1–{numerator} persons said yes, or 1–{numerator} said something else.",
    ),
    "disclosure.zero": Text(
        "Bygger andelen på färre än {zero} svar får 0 till {numerator} personer samma tecken, till exempel <8\N{NO-BREAK SPACE}% (tecknet >92\N{NO-BREAK SPACE}% på "
        "motsvarande sätt), så att det inte går att se om ingen eller alla har svarat ja.",
        "On fewer than {zero} answers, 0 to {numerator} persons share one sign, such as <8% (and >92% likewise), so that nobody can "
        "see whether no one or everyone said yes.",
    ),
    "disclosure.secondary": Text(
        "Ytterligare uppgifter döljs när en dold uppgift annars skulle gå att räkna ut ur summor, skillnader, befolkningstal eller tidigare "
        "utgåvor. Vid kontrollen ska ett dolt antal vara okänt inom minst {protection} personer, och en andel som är dold för sitt "
        "lilla antal svar inom minst {share} procentenheter.",
        "More figures are withheld when a withheld one could otherwise be computed from sums, differences, population counts or earlier "
        "editions. The check demands that a withheld count stays unknown within at least {protection} persons, and a share withheld for "
        "its small base within at least {share} percentage points.",
    ),
    "disclosure.exposed": Text(
        "Antal uppgifter som är dolda här men som tidigare utgåvor redan visar, eller gör att de går att räkna ut: {exposed}. "
        "Det går inte att ändra i efterhand; risken ska ha bedömts av den som ansvarar för personuppgifter innan rapporten lämnas ut.",
        "Number of figures withheld here that earlier editions show already, or let be computed: {exposed}. That cannot be "
        "changed afterwards; whoever is responsible for the personal data shall have judged the risk before the report leaves.",
    ),
    "disclosure.rounding": Text(
        "Andelar är avrundade till {unit} procentenheter innan de lämnas ut.",
        "Shares are rounded to {unit} percentage points before they leave.",
    ),
    "disclosure.uncertain": Text(
        "Inom parentes står uppgifter som är osäkra men inte hemliga: färre än {uncertain} svar, felmarginal över {half} "
        "procentenheter åt vardera hållet, eller ett medelfel som är mer än {cv} procent av värdet (för en andel: av det minsta av "
        "andelen och resten upp till hundra procent).",
        "Figures in parentheses are uncertain but not secret: fewer than {uncertain} answers, a margin above {half} percentage "
        "points either way, or a standard error of more than {cv} per cent of the value (of a share: of the smaller of the share and "
        "what it lacks to a hundred per cent).",
    ),
    "method.signs": Text(
        "Tecken: 0 noll · .. redovisas inte · (34) osäkert · . frågan ställdes inte.",
        "Signs: 0 zero · .. not shown · (34) uncertain · . not asked.",
    ),
}
