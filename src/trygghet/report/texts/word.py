"""Texts of the Word draft; several prompts are separated by a bar."""

from typing import Final

from trygghet.claims.wording.text import Text

WORD_TEXTS: Final[dict[str, Text]] = {
    "word.title": Text("Lägesbild {wave} – {municipality}", "Situation picture {wave} – {municipality}"),
    "word.draft": Text("UTKAST", "DRAFT"),
    "word.page": Text("Sida", "Page"),
    "word.fill": Text("Fyll i", "Fill in"),
    "word.question": Text("Fråga", "Question"),
    "word.answer": Text("Svar", "Answer"),
    "word.cover.prompts": Text(
        "Beslutande nämnd och datum.|Ansvarig handläggare.|Vilka som har deltagit i arbetet (kommun, polis, andra).",
        "Deciding committee and date.|Responsible officer.|Who took part (municipality, police, others).",
    ),
    "word.styles": Text(
        "Så läses utkastet: text i formatmallen ”Programtext” är gjord av programmet ur undersökningen. Gula rutor och tomma gula "
        "celler fylls i av er, i formatmallen ”Egen text”. Ta bort rutorna när de är besvarade.",
        "How to read the draft: text in the style “Programtext” was made by the program from the survey. Yellow boxes and empty "
        "yellow cells are for you to fill in, in the style “Egen text”. Remove the boxes when they are answered.",
    ),
    "word.summary": Text("Sammanfattning", "Summary"),
    "word.crime": Text("1 Kartläggning av brottsligheten", "1 Mapping of crime"),
    "word.crime.prompts": Text(
        "Anmälda brott: antal, antal per 100\N{NO-BREAK SPACE}000 invånare, utveckling de senaste fem åren (källa: Brå).|Vilka brottstyper "
        "är vanligast, och var och när sker de?|Utsatthet och anmälningsbenägenhet (källa: NTU, egen undersökning).|"
        "Konsekvenser för enskilda, företag och kommunen.",
        "Recorded crime: number, number per 100,000 inhabitants, the last five years (source: Brå).|Which kinds are most "
        "common, and where and when do they happen?|Exposure and reporting (source: NTU, own survey).|Consequences for "
        "individuals, businesses and the municipality.",
    ),
    "word.safety": Text("2 Trygghet och oro", "2 Safety and worry"),
    "word.safety.table": Text("Trygghet, oro och utsatthet", "Safety, worry and exposure"),
    "word.item": Text("Uppgift", "Item"),
    "word.margin": Text("Felmarginal", "Margin of error"),
    "word.safety.problems": Text("Problem där man bor", "Problems where people live"),
    "word.areas": Text("3 Områden", "3 Areas"),
    "word.areas.missing": Text(
        "Saknas: undersökningen är inte redovisad efter område.", "Missing: the survey is not shown by area."
    ),
    "word.areas.prompts": Text(
        "Var i kommunen är problemen, enligt polisen, EST och dialoger?",
        "Where in the municipality are the problems, by the police, incident reports and dialogues?",
    ),
    "word.children": Text("4 Barn och unga", "4 Children and young people"),
    "word.children.have": Text(
        "{n} barn och unga har svarat ({name}). Deras svar redovisas för sig och är inte ihopslagna med de vuxnas.",
        "{n} children and young people answered ({name}). Their answers are shown apart and are not pooled with the adults'.",
    ),
    "word.children.missing": Text(
        "Saknas: undersökningen har ingen egen del för barn och unga.",
        "Missing: the survey has no part of its own for children and young people.",
    ),
    "word.children.prompts": Text(
        "Vad vet ni om barns och ungas trygghet från skola, socialtjänst och fritid?|Vilka källor har ni använt?",
        "What do you know about children's safety from schools, social services and leisure?|Which sources did you use?",
    ),
    "word.change": Text("5 Jämförelse och utveckling", "5 Comparison and development"),
    "word.change.table": Text(
        "Förändring från {old} till {new}, procentenheter", "Change from {old} to {new}, percentage points"
    ),
    "word.change.item": Text("Uppgift", "Item"),
    "word.change.points": Text("Förändring", "Change"),
    "word.change.margin": Text("Felmarginal", "Margin of error"),
    "word.change.detectable": Text("Minsta upptäckbara förändring", "Smallest detectable change"),
    "detectable.jointly": Text(
        "Kravet på säkerhet är detsamma som när rapporten bedömer utvecklingen för alla huvudindikatorer tillsammans.",
        "The certainty asked for is that by which the report judges the development of all headline indicators together.",
    ),
    "word.change.missing": Text(
        "Saknas: det finns ingen tidigare mätning att jämföra med.",
        "Missing: there is no earlier wave to compare with.",
    ),
    "word.change.prompts": Text(
        "Jämförelse med andra kommuner eller riket (källa: NTU, Kolada): samma fråga, samma år?|Vad har hänt sedan förra "
        "lägesbilden som kan påverka?",
        "Comparison with other municipalities or the country (source: NTU, Kolada): same question, same year?|What has happened "
        "since the last situation picture that may matter?",
    ),
    "word.analysis": Text("6 Analys", "6 Analysis"),
    "word.analysis.intro": Text(
        "Undersökningen visar vad och hur mycket, men inte varför. Fyll i ett blad för varje område som kan bli aktuellt.",
        "The survey shows what and how much, but not why. Fill in a sheet for each area that may come into question.",
    ),
    "word.analysis.blank": Text("Problemblad", "Problem sheet"),
    "word.analysis.area": Text("Vilket område gäller det?", "Which area is it about?"),
    "word.analysis.sheet": Text("Problemblad: {area}", "Problem sheet: {area}"),
    "word.analysis.questions": Text(
        "Vad är problemet?|Var sker det?|När sker det?|Vilka berörs, och vilka ligger bakom?|Orsaker (brottsutsatta, "
        "gärningspersoner, platser)|Hur mycket?",
        "What is the problem?|Where does it happen?|When does it happen?|Who is affected, and who is behind it?|Causes (victims, "
        "offenders, places)|How much?",
    ),
    "word.focus": Text("7 Förslag till fokusområden", "7 Proposed focus areas"),
    "word.focus.table": Text("Utgångsläge för fokusområden", "Baseline of focus areas"),
    "word.focus.area": Text("Område", "Area"),
    "word.focus.missing": Text(
        "Saknas: undersökningen frågade inte vad som ska prioriteras.",
        "Missing: the survey did not ask what should be prioritised.",
    ),
    "word.focus.box": Text("Hör dit?", "Belongs?"),
    "word.focus.start": Text("{share}, {n} svarande", "{share}, {n} respondents"),
    "word.focus.baseline": Text(
        "Utgångsläge (andel, felmarginal, svarande)", "Baseline (share, margin, respondents)"
    ),
    "word.focus.share": Text("Andel bland de svarande, antal", "Share of the respondents, number"),
    "word.focus.detectable": Text(
        "Minsta upptäckbara förändring, procentenheter", "Smallest detectable change, percentage points"
    ),
    "word.focus.target": Text("Mål (fyll\N{NO-BREAK SPACE}i)", "Target (fill\N{NO-BREAK SPACE}in)"),
    "word.focus.reading": Text(
        "Ett mål som är mindre än den minsta upptäckbara förändringen går normalt inte att följa upp med en lika stor "
        "undersökning.",
        "A target smaller than the smallest detectable change cannot normally be followed up by a survey of the same size.",
    ),
    "word.focus.prompts": Text(
        "Vilka områden väljer ni, och varför?|Ansvarig (kommun, polis eller båda).|Aktivitet, tidplan och uppföljning.",
        "Which areas do you choose, and why?|Responsible (municipality, police or both).|Activity, schedule and follow-up.",
    ),
    "word.sources": Text("Bilaga: Källförteckning", "Annex: Sources"),
    "word.sources.table": Text("Källor", "Sources"),
    "word.sources.source": Text("Källa", "Source"),
    "word.sources.how": Text("Hur uppgifterna kom in", "How the data came in"),
    "word.sources.when": Text("När", "When"),
    "word.sources.n": Text("Antal svar", "Answers"),
    "word.sources.use": Text("Använt eller valt bort, och varför", "Used or not, and why"),
    "word.sources.used": Text("använt i figurerna", "used in the figures"),
    "word.sources.apart": Text("redovisas för sig", "shown apart"),
    "word.sources.more": Text(
        "Anmälda brott (Brå)|Nationella trygghetsundersökningen (Brå)|Lägesrapporter (EST)|Trygghetsvandringar och dialoger",
        "Recorded crime (Brå)|Swedish Crime Survey (Brå)|Incident reports (EST)|Safety walks and dialogues",
    ),
    "word.refused": Text(
        "Bilaga: Meningar som inte fick skrivas", "Annex: Sentences that may not be written"
    ),
    "word.refused.table": Text("Prövade meningar, besked och regel", "Tried sentences, verdict and rule"),
    "word.method": Text("Bilaga: Metod", "Annex: Method"),
    "word.method.table": Text("Mätningen i korthet", "The survey in brief"),
    "word.diarienummer": Text("Diarienummer {diarienummer}", "Registry number {diarienummer}"),
    "word.moves.question": Text("Slags fråga", "Kind of question"),
    "word.moves.item": Text("Uppgift", "Item"),
    "word.moves.before": Text("Före", "Before"),
    "word.moves.after": Text("Efter", "After"),
    "word.moves.move": Text("Skillnad", "Difference"),
    "word.moves.margin": Text("Mot felmarginalen", "Against margin"),
    "word.moves.n": Text("Svar", "n"),
    "tab.contents": Text("Innehåll", "Contents"),
    "tab.levels": Text("Trygghet och oro", "Safety and worry"),
    "tab.moves": Text("Uppgifter före och efter", "Items before and after"),
    "tab.changes": Text("Förändringar", "Changes"),
    "tab.changes.title": Text(
        "Förändring sedan förra mätningen, procentenheter", "Change since the wave before, percentage points"
    ),
}
