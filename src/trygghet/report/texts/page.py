"""Texts of the page: first screen, method box, sections, annex."""

from typing import Final

from trygghet.claims.wording.text import Text

PAGE_TEXTS: Final[dict[str, Text]] = {
    "page.skip": Text("Hoppa till innehållet", "Skip to content"),
    "page.title": Text(
        "Underlag till lägesbild {wave} – {municipality}",
        "Input to the situation picture {wave} – {municipality}",
    ),
    "page.made": Text("Framtagen {date}", "Made {date}"),
    "page.part": Text(
        "Detta är ett underlag från en undersökning, inte hela lägesbilden.",
        "This is input from a survey, not the whole situation picture.",
    ),
    "known.heading": Text("Det här vet vi", "What we know"),
    "unknown.heading": Text("Det här kan vi inte säga (och varför)", "What we cannot say (and why)"),
    "method.heading": Text("Hur gjordes mätningen?", "How was the survey done?"),
    "method.asked": Text("Vilka tillfrågades", "Who was asked"),
    "method.answered": Text("Hur många svarade", "How many answered"),
    "method.when": Text("När", "When"),
    "method.who": Text("Vem gjorde den", "Who did it"),
    "method.weak": Text("Största svagheterna", "Largest weaknesses"),
    "method.asked.persons": Text(
        "Ett slumpmässigt urval av personer{ages}{frame}", "A random sample of persons{ages}{frame}"
    ),
    "method.asked.households": Text(
        "Ett slumpmässigt urval av hushåll{ages}{frame}", "A random sample of households{ages}{frame}"
    ),
    "method.asked.census": Text("Alla i gruppen ({name})", "Everyone in the group ({name})"),
    "method.asked.self_selected": Text(
        "Alla som ville: enkäten var öppen på nätet", "Whoever wanted: the survey was open on the web"
    ),
    "method.asked.invited": Text(
        "Särskilt inbjudna, inget slumpmässigt urval", "Specially invited, no random sample"
    ),
    "method.frame": Text(", ur {frame}", ", from {frame}"),
    "method.unknown": Text("saknas: skrivs in i kodboken", "missing: to be written in the codebook"),
    "method.separate": Text(
        "Svaren från olika håll är inte sammanslagna. Figurerna visar svaren från {focus}.",
        "Answers from different streams are not pooled. The figures show the answers from {focus}.",
    ),
    "links.heading": Text("Mer på sidan", "More on this page"),
    "links.missing": Text("Ingår inte i detta underlag: {parts}.", "Not part of this input: {parts}."),
    "missing.priorities": Text("prioriteringar (frågan ställdes inte)", "priorities (not asked)"),
    "missing.problems": Text("problem (frågan ställdes inte)", "problems (not asked)"),
    "missing.areas": Text("områden (uppgift saknas)", "areas (not stated)"),
    "missing.reference": Text("jämförelse med andra kommuner", "comparison with other municipalities"),
    "missing.register": Text(
        "anmälda brott och lägesrapporter (EST)", "recorded crime and incident reports (EST)"
    ),
    "section.priorities": Text("Prioriteringar", "Priorities"),
    "section.problems": Text("Problem", "Problems"),
    "section.items": Text("Trygghet och oro", "Safety and worry"),
    "section.areas": Text("Områden", "Areas"),
    "section.groups": Text("Grupper", "Groups"),
    "section.trend": Text("Utveckling", "Development"),
    "section.response": Text("Vilka svarade", "Who answered"),
    "section.drawn": Text("Svarsfrekvens", "Response rate"),
    "section.balance": Text("Balans före och efter", "Balance before and after"),
    "section.weighting": Text("Vad gör viktningen?", "What does the weighting do?"),
    "section.method": Text("Metod", "Method"),
    "section.tried": Text("Alla påståenden som har prövats", "All statements that were tried"),
    "table.priorities": Text(
        "Prioriteringar: andelar och möjlig placering", "Priorities: shares and possible places"
    ),
    "table.open.priorities": Text(
        "Prioriteringar: andelar bland de svarande", "Priorities: shares of the respondents"
    ),
    "table.open.problems": Text("Problem: andelar bland de svarande", "Problems: shares of the respondents"),
    "table.problems": Text("Problem: andelar", "Problems: shares"),
    "table.items": Text("Trygghet och oro: andelar", "Safety and worry: shares"),
    "table.open.items": Text(
        "Trygghet och oro: andelar bland de svarande", "Safety and worry: shares of the respondents"
    ),
    "table.areas": Text("Andel efter {area}, procent", "Share by {area}, per cent"),
    "table.trend": Text("Utveckling: andelar och förändringar", "Development: shares and changes"),
    "table.response": Text("Svarande efter grupp", "Respondents by group"),
    "table.drawn": Text(
        "Hur många svarade av dem som tillfrågades, procent", "How many answered of those asked, per cent"
    ),
    "table.balance": Text(
        "De svarandes sammansättning, avstånd till befolkningen",
        "Composition of those who answered, distance to the population",
    ),
    "table.moves": Text("Varje uppgift före och efter viktning", "Each item before and after weighting"),
    "table.tried": Text("Påståenden med besked och regel", "Statements with verdict and rule"),
    "table.streams": Text("Svar från olika håll", "Answers by stream"),
    "table.scroll": Text("Tabell, kan rullas i sidled", "Table, scrolls sideways"),
    "column.statement": Text("Text", "Text"),
    "column.verdict": Text("Besked", "Verdict"),
    "column.rule": Text("Regel", "Rule"),
    "column.streams": Text("Svar från", "Answers from"),
    "column.how": Text("Hur de tillfrågades", "How they were asked"),
    "column.invited": Text("Tillfrågade", "Asked"),
    "column.ineligible": Text("Naturligt bortfall", "Ineligible"),
    "column.rate": Text("Svarsandel, procent", "Response rate, per cent"),
    "verdict.supported": Text("belagt", "supported"),
    "verdict.not_supported": Text("motsägs av svaren", "contradicted by the answers"),
    "verdict.cannot_be_shown": Text("går inte att avgöra", "cannot be decided"),
    "verdict.not_allowed": Text("får inte skrivas", "may not be written"),
    "verdict.describes_respondents": Text("gäller de svarande", "holds for the respondents"),
    "method.intervals": Text(
        "Felmarginal: intervallet täcker det sanna värdet i {times} av 100 undersökningar av samma slag (konfidensintervall, "
        "{method}). Det räknar med slumpen i urvalet, inte med bortfall eller mätfel.",
        "Margin of error: the interval covers the true value in {times} of 100 surveys of the same kind (confidence interval, "
        "{method}). It counts the chance in sampling, not nonresponse or measurement error.",
    ),
    "method.ranks": Text(
        "Prioriteringar: ”möjlig placering” är simultana rangintervall ({level}) ur andelarnas gemensamma kovarians "
        "(Mogstad, Romano, Shaikh och Wilhelm 2024), {draws} dragningar, frö {seed}. Säkert bland de {m}: hela intervallet "
        "ligger på plats {place} eller högre. Kan höra dit: intervallet går över gränsen. Hör inte dit: hela intervallet ligger "
        "under.",
        "Priorities: “possible places” are simultaneous rank sets ({level}) from the joint covariance of the shares "
        "(Mogstad, Romano, Shaikh and Wilhelm 2024), {draws} draws, seed {seed}. Surely among the {m}: the whole set is at "
        "place {place} or better. May belong: the set crosses the cut. Not among them: the whole set is below.",
    ),
    "method.contrasts": Text(
        "▲ och ▼: skillnaden mot övriga invånare, där den egna gruppen inte ingår, prövad med Holms metod över alla "
        "jämförelser i tabellen ({level}). Variansen är den större av två: den vid de skattade andelarna och den som gäller om andelarna "
        "vore lika.",
        "▲ and ▼: the difference from the other residents, without the group itself, tested by Holm's method over "
        "all comparisons in the table ({level}). The variance is the larger of two: at the estimated shares, and as if the shares "
        "were equal.",
    ),
    "method.weighting.none": Text("Svaren är inte viktade.", "The answers are not weighted."),
    "method.weighting.supplied": Text(
        "Viktning: institutets egna vikter. {told}",
        "Weighting: the institute's own weights. {told}",
    ),
    "method.weighting.supplied+calibrate": Text(
        "Viktning: institutets egna vikter har anpassats till befolkningstalen ({method}). {told}",
        "Weighting: the institute's own weights were fitted to the population totals ({method}). {told}",
    ),
    "method.weighting.own": Text(
        "Viktning: varje svar står från början för lika många invånare som andra svar ur samma del av urvalet{nonresponse} och har sedan "
        "anpassats till befolkningstalen ({method}). {told}",
        "Weighting: each answer at first stands for as many residents as others of its stratum{nonresponse} and was then fitted to "
        "the population totals ({method}). {told}",
    ),
    "method.nonresponse.classes": Text(
        ", har räknats upp för bortfall efter svarsandelen i grupper ({by})",
        ", was weighted up for nonresponse by the response rate in groups ({by})",
    ),
    "method.nonresponse.propensities": Text(
        ", har räknats upp för bortfall efter skattad benägenhet att svara ({by})",
        ", was weighted up for nonresponse by estimated response propensity ({by})",
    ),
    "method.calibration.raking": Text(
        "raking, multiplikativ kalibrering", "raking, multiplicative calibration"
    ),
    "method.calibration.linear": Text("linjär kalibrering, GREG", "linear calibration, GREG"),
    "method.calibration.logit": Text("logitkalibrering", "logit calibration"),
    "method.calibration.sinh": Text("kalibrering med hyperbolisk sinus", "hyperbolic sine calibration"),
    "method.bounded": Text("med gränser för uppräkningen", "with bounds on the factors"),
    "method.rates": Text(
        "Svarsfrekvens ({name}): bruttourval {gross}, naturligt bortfall {ineligible}, nettourval {net}. Svarade: {answered}. "
        "Avböjde: {refused}. Anträffades inte: {silent}. Annat bortfall: {other}. Okänt om de hörde till befolkningen: {unknown}. "
        "Nettosvarsfrekvens {rate} (AAPOR: RR1 {rr1}, RR2 {rr2}, RR3 {rr3}, RR5 {rr5}).",
        "Response ({name}): gross sample {gross}, ineligible {ineligible}, net sample {net}. Answered: {answered}. Refused: "
        "{refused}. Not reached: {silent}. Other: {other}. Unknown eligibility: {unknown}. Net response rate {rate} (AAPOR: RR1 "
        "{rr1}, RR2 {rr2}, RR3 {rr3}, RR5 {rr5}).",
    ),
}
