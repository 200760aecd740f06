"""Texts of the figures, their alternative texts and their tables."""

from typing import Final

from trygghet.claims.wording.text import Text

FIGURE_TEXTS: Final[dict[str, Text]] = {
    # The figure of priorities.
    "prio.title": Text(
        "Vilka {m} områden vill flest prioritera?", "Which {m} areas do most people want prioritised?"
    ),
    "prio.title.one": Text(
        "Vilket område vill flest prioritera?", "Which area do most people want prioritised?"
    ),
    "prio.title.open": Text(
        "Vad vill de som svarade prioritera?", "What do those who answered want prioritised?"
    ),
    "prio.subtitle": Text(
        "Andel {population} som valde området, procent. Strecket visar felmarginalen ({level}).",
        "Share of {population} who chose the area, per cent. The line shows the margin of error ({level}).",
    ),
    "prio.subtitle.open": Text(
        "Andel bland de svarande som valde området, procent. Visar vad de svarande tycker, inte invånarna.",
        "Share of the respondents who chose the area, per cent. Shows what the respondents think, not the residents.",
    ),
    "prio.choose": Text(
        "Varje person fick välja högst {k} områden.", "Each person could choose at most {k} areas."
    ),
    "prio.hidden": Text("REDOVISAS INTE (för få svar)", "NOT SHOWN (too few answers)"),
    "one.neuter": Text("ett", "one"),
    # The figure of problems.
    "bars.title.problem": Text("Hur vanliga är problemen?", "How common are the problems?"),
    "bars.title.open.problem": Text(
        "Hur vanliga är problemen bland de som svarade?",
        "How common are the problems among those who answered?",
    ),
    "bars.title.item": Text("Så svarade invånarna", "How the residents answered"),
    "bars.title.open.item": Text("Så svarade de som deltog", "How those who took part answered"),
    "measure.problem": Text(
        "som ser detta som ett stort problem där de bor", "who see this as a large problem where they live"
    ),
    "measure.item": Text("som uppger detta", "who say this"),
    "problem.subtitle": Text(
        "Andel {population} {measure}, procent. Strecket visar felmarginalen ({level}).",
        "Share of {population} {measure}, per cent. The line shows the margin of error ({level}).",
    ),
    "problem.subtitle.open": Text(
        "Andel bland de svarande {measure}, procent. Visar vad de svarande tycker, inte invånarna.",
        "Share of the respondents {measure}, per cent. Shows what the respondents think, not the residents.",
    ),
    "problem.reading": Text(
        "Felmarginalerna gäller en stapel i taget. Staplar nära varandra kan vara lika stora i verkligheten.",
        "The margins of error hold for one bar at a time. Bars close to each other may be equal in reality.",
    ),
    "question": Text("Fråga: ”{question}”", "Question: “{question}”"),
    # The figure of heat table.
    "heat.title.problem": Text("Var är problemen störst?", "Where are the problems largest?"),
    "heat.title.open.problem": Text(
        "Var är problemen störst bland de som svarade?",
        "Where are the problems largest among those who answered?",
    ),
    "heat.title.item": Text("Hur skiljer sig områdena?", "How do the areas differ?"),
    "heat.title.open.item": Text(
        "Hur skiljer sig områdena bland de som svarade?", "How do the areas differ among those who answered?"
    ),
    "heat.title.groups": Text("Hur skiljer sig grupperna?", "How do the groups differ?"),
    "heat.subtitle": Text(
        "Andel {population} {measure}, procent, efter {area}. Mörkare ruta = större andel.",
        "Share of {population} {measure}, per cent, by {area}. Darker cell = larger share.",
    ),
    "heat.subtitle.open": Text(
        "Andel bland de svarande {measure}, procent, efter {area}. Mörkare ruta = större andel.",
        "Share of the respondents {measure}, per cent, by {area}. Darker cell = larger share.",
    ),
    "heat.signs": Text(
        "(34) osäkert värde · .. redovisas inte, för få svar · . frågan ställdes inte",
        "(34) uncertain · .. not shown, too few answers · . not asked",
    ),
    # The figure of response and weights.
    "response.title": Text("Vilka svarade?", "Who answered?"),
    "response.subtitle.both": Text(
        "Fördelning före och efter viktning, jämfört med befolkningen, procent. Svar från: {stream}.",
        "Distribution before and after weighting, against the population, per cent. Answers from: {stream}.",
    ),
    "response.subtitle.weighted": Text(
        "Fördelning före och efter viktning, procent. Svar från: {stream}.",
        "Distribution before and after weighting, per cent. Answers from: {stream}.",
    ),
    "response.subtitle.population": Text(
        "Fördelning bland de svarande, jämfört med befolkningen, procent. Svar från: {stream}.",
        "Distribution of the respondents, against the population, per cent. Answers from: {stream}.",
    ),
    "response.subtitle.answered": Text(
        "Fördelning bland de svarande, procent. Svar från: {stream}.",
        "Distribution of the respondents, per cent. Answers from: {stream}.",
    ),
    "response.answered": Text("de svarande", "those who answered"),
    "response.before": Text("före viktning", "before weighting"),
    "response.after": Text("efter viktning", "after weighting"),
    "response.population": Text("befolkningen", "the population"),
    "response.count": Text("antal svar", "answers"),
    "response.stream": Text("{name}: {answered} svar ({how})", "{name}: {answered} answers ({how})"),
    "response.stream.rate": Text(
        "{name}: {answered} svar av {invited} tillfrågade, {rate} ({how})",
        "{name}: {answered} answers of {invited} asked, {rate} ({how})",
    ),
    "response.stream.net": Text(
        "{name}: {answered} svar. Nettosvarsfrekvens {rate}: {invited} tillfrågade, varav {ineligible} inte längre hörde till "
        "befolkningen ({how})",
        "{name}: {answered} answers. Net response rate {rate}: {invited} asked, of whom {ineligible} no longer belonged to the "
        "population ({how})",
    ),
    "response.unweighted": Text("Svaren är inte viktade.", "The answers are not weighted."),
    # The figure of what weighting does.
    "balance.title": Text("Vad gör viktningen?", "What does the weighting do?"),
    "balance.subtitle": Text(
        "Hur långt de svarandes sammansättning ligger från befolkningens, i procent av en standardavvikelse. Svar från: {stream}.",
        "How far the composition of those who answered lies from the population's, in per cent of a standard deviation. Answers from: {stream}.",
    ),
    "balance.reading": Text(
        "Noll betyder att gruppens andel är som i befolkningen. Streckad linje: {notable}, varifrån en skevhet brukar räknas som "
        "märkbar.",
        "Zero means that the group's share is the population's. Dashed line: {notable}, from which an imbalance usually counts as "
        "notable.",
    ),
    "alt.balance": Text(
        "Punktdiagram: avståndet mellan de svarandes och befolkningens sammansättning, grupp för grupp, före och efter viktning.",
        "Dot plot: the distance between the composition of those who answered and of the population, before and after weighting.",
    ),
    # The figure of development.
    "trend.title": Text("Hur har det utvecklats?", "How has it developed?"),
    "trend.subtitle": Text(
        "Andel {population}, procent. Lodräta streck visar felmarginalen ({level}).",
        "Share of {population}, per cent. Vertical lines show the margin of error ({level}).",
    ),
    "trend.base": Text(
        "Bas: svarande i det slumpmässiga urvalet ({stream}) i varje mätning; antalet (n) står under varje punkt.",
        "Base: respondents in the random sample ({stream}) in each wave; their number (n) stands below each point.",
    ),
    "trend.reading": Text(
        "Linje dras bara mellan mätningar som går att jämföra. Minsta upptäckbara: så stor måste en förändring vara för att "
        "normalt synas.",
        "A line joins only waves that can be compared. Smallest detectable: how large a change has to be to normally show.",
    ),
    "trend.break": Text("går inte att jämföra", "not comparable"),
    "trend.units": Text("procentenhet|procentenheter", "percentage point|percentage points"),
    "trend.column.points": Text("Förändring, procentenheter", "Change, percentage points"),
    "trend.column.low": Text("Förändring från", "Change from"),
    "trend.column.high": Text("Förändring till", "Change to"),
    "trend.column.margin": Text("Förändringens felmarginal", "Margin of error of the change"),
    "trend.column.sign": Text("Förändringens tecken", "Sign of the change"),
    "alt.trend": Text(
        "Linjediagram med felmarginaler, en rad för varje uppgift, mätningarna {waves}.",
        "Line charts with margins of error, one row an item, waves {waves}.",
    ),
    # Bases and streams.
    "base": Text("Bas: {n} svarande {stream}{when}.", "Base: {n} respondents {stream}{when}."),
    "base.columns": Text(
        "Bas: svarande {stream}{when}; antalet (n) står över varje kolumn.",
        "Base: respondents {stream}{when}; their number (n) stands above each column.",
    ),
    "base.random": Text("i det slumpmässiga urvalet ({name})", "in the random sample ({name})"),
    "base.open": Text("i den öppna enkäten ({name})", "in the open survey ({name})"),
    "base.census": Text("i totalundersökningen ({name})", "in the census ({name})"),
    "population": Text("av invånarna", "the residents"),
    "population.ages": Text("av invånarna {ages}", "the residents {ages}"),
    "how.persons": Text("slumpmässigt urval av personer", "random sample of persons"),
    "how.households": Text("slumpmässigt urval av hushåll", "random sample of households"),
    "how.census": Text("alla i gruppen tillfrågades", "everyone in the group was asked"),
    "how.self_selected": Text("öppen enkät, vem som helst kunde svara", "open survey, anyone could answer"),
    "how.invited": Text("inbjudna, inget slumpmässigt urval", "invited, no random sample"),
    # Alternative texts.
    "alt.prio": Text(
        "Liggande stapeldiagram i tre rutor med felmarginaler ({level}).",
        "Horizontal bar chart in three boxes with margins of error ({level}).",
    ),
    "alt.hidden": Text("{label} redovisas inte", "{label} is not shown"),
    "alt.not_asked": Text("{label} ställdes inte", "{label} was not asked"),
    "alt.uncertain": Text(", osäkert", ", uncertain"),
    "alt.heat": Text(
        "Tabell med skuggade rutor: {items} rader, en kolumn var för {domains}.",
        "Table of shaded cells: {items} rows, a column each for {domains}.",
    ),
    "alt.heat.hidden": Text(
        "{count} rutor redovisas inte, för få svar.", "{count} cells are not shown, too few answers."
    ),
    "alt.response.both": Text(
        "Punktdiagram: varje grupps andel bland de svarande före och efter viktning, jämfört med befolkningen.",
        "Dot plot: the share of each group among those who answered before and after weighting, against the population.",
    ),
    "alt.response.weighted": Text(
        "Punktdiagram: varje grupps andel bland de svarande före och efter viktning.",
        "Dot plot: the share of each group among those who answered before and after weighting.",
    ),
    "alt.response.population": Text(
        "Punktdiagram: varje grupps andel bland de svarande, jämfört med befolkningen. {shares}.",
        "Dot plot: the share of each group among those who answered, against the population. {shares}.",
    ),
    "alt.response.answered": Text(
        "Punktdiagram: varje grupps andel bland de svarande. {shares}.",
        "Dot plot: the share of each group among those who answered. {shares}.",
    ),
    # Tables beside the figures.
    "box.hidden": Text("Redovisas inte", "Not shown"),
    "column.box": Text("Hör dit?", "Belongs?"),
    "column.area": Text("Område att prioritera", "Area to prioritise"),
    "column.problem": Text("Problem", "Problem"),
    "column.item": Text("Uppgift", "Item"),
    "column.domain": Text("Grupp", "Group"),
    "column.share": Text("Andel, procent", "Share, per cent"),
    "column.share.open": Text("Andel bland de svarande, procent", "Share of the respondents, per cent"),
    "column.low": Text("Felmarginal från", "Margin from"),
    "column.high": Text("Felmarginal till", "Margin to"),
    "column.n": Text("Antal svarande", "Respondents"),
    "column.sign": Text("Tecken", "Sign"),
    "column.mark": Text("Anmärkning", "Note"),
    "column.places": Text("Möjlig placering", "Possible places"),
    "column.against": Text("Mot övriga invånare", "Against the rest"),
    "column.stream": Text("Svar från", "Answers from"),
    "column.wave": Text("Mätning", "Wave"),
    "column.family": Text("Indelning", "Grouping"),
    "column.group": Text("Grupp", "Group"),
    "column.answered": Text("Antal svar", "Answers"),
    "column.effective": Text("Motsvarar antal svar med lika vikt", "Equal to answers of equal weight"),
    "column.before": Text("Före viktning, procent", "Before weighting, per cent"),
    "column.after": Text("Efter viktning, procent", "After weighting, per cent"),
    "column.population": Text("Befolkningen, procent", "Population, per cent"),
    "column.asd.before": Text(
        "Avstånd före viktning, procent av en standardavvikelse",
        "Distance before weighting, per cent of a standard deviation",
    ),
    "column.asd.after": Text(
        "Avstånd efter viktning, procent av en standardavvikelse",
        "Distance after weighting, per cent of a standard deviation",
    ),
    "column.move": Text("Viktningen ändrar, procentenheter", "Weighting changes, percentage points"),
    "column.beyond": Text("Jämfört med felmarginalen", "Against the margin of error"),
    "column.net": Text("Tillfrågade (nettourval)", "Asked (net sample)"),
    "drawn.all": Text("Alla", "All"),
    "move.question": Text("Slags fråga", "Kind of question"),
    "move.question.problem": Text("problem", "problem"),
    "move.question.choices": Text("flerval", "several answers"),
    "move.question.other": Text("övrig", "other"),
    "column.municipality": Text("Kommun", "Municipality"),
    "column.diarienummer": Text("Diarienummer", "Registry number"),
    "column.date": Text("Framtagen", "Made"),
    "column.watermark": Text("Märkning", "Marking"),
    "mark.withheld": Text("redovisas inte, för få svar", "not shown, too few answers"),
    "mark.uncertain": Text("osäkert värde", "uncertain value"),
    "mark.not_asked": Text("frågan ställdes inte", "not asked"),
}
