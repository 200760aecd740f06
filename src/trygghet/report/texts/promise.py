"""Texts of the promise draft; several prompts are separated by a bar."""

from typing import Final

from trygghet.claims.wording.text import Text

PROMISE_TEXTS: Final[dict[str, Text]] = {
    "promise.title": Text(
        "Underlag till medborgarlöfte – {municipality}", "Input to a citizen promise – {municipality}"
    ),
    "promise.intro": Text(
        "Gjort ur mätningen {wave}, diarienummer {diarienummer}. Kommunen och polisen väljer fokusområden, mål och "
        "aktiviteter; gula fält är tomma för det. Svar från olika håll står var för sig.",
        "Made from the survey {wave}, registry number {diarienummer}. The municipality and the police choose focus areas, targets "
        "and activities; yellow fields are left for that. Answers of different streams stand apart.",
    ),
    "promise.evidence": Text("Vad de svarande vill: {area}", "What the respondents want: {area}"),
    "promise.candidates": Text("Mått som kan följa upp: {area}", "Indicators that can follow up: {area}"),
    "promise.candidates.none": Text(
        "Undersökningen har inget mått som hör till området. Följ upp med en annan källa, eller välj ett mått bland de övriga.",
        "The survey has no indicator of this area. Follow up by another source, or choose one of the other indicators.",
    ),
    "promise.source": Text("Svar från {source}, {when}.", "Answers from {source}, {when}."),
    "promise.targets": Text("Utgångsläge och mål: {indicator}", "Baseline and target: {indicator}"),
    "promise.place": Text("Område", "Area"),
    "promise.whole": Text("Hela kommunen", "The whole municipality"),
    "promise.now": Text("Utgångsläge (felmarginal)", "Baseline (margin of error)"),
    "promise.now.open": Text("Andel bland de svarande", "Share of the respondents"),
    "promise.detectable": Text(
        "Minsta upptäckbara förändring (procentenheter)", "Smallest detectable change (percentage points)"
    ),
    "promise.target": Text("Mål (procentenheter)", "Target (percentage points)"),
    "promise.fields": Text("Löfte: {area}", "Promise: {area}"),
    "promise.stream": Text("Svar från", "Answers from"),
    "promise.share": Text("Andel", "Share"),
    "promise.margin": Text("Felmarginal", "Margin of error"),
    "promise.margin.none": Text("ingen, inte slumpmässigt", "none, not random"),
    "promise.n": Text("Svarande", "Respondents"),
    "promise.when": Text("När", "When"),
    "promise.indicator": Text("Mått", "Indicator"),
    "promise.field": Text("Fält", "Field"),
    "promise.field.chosen": Text("Blir ett fokusområde (ja eller nej)", "Becomes a focus area (yes or no)"),
    "promise.field.indicator": Text("Mått", "Indicator"),
    "promise.field.direction": Text("Riktning", "Direction"),
    "promise.chosen.yes": Text("ja", "yes"),
    "promise.chosen.no": Text("nej", "no"),
    "promise.field.owner": Text(
        "Ansvarig (kommun, polis eller båda)", "Owner (municipality, police or both)"
    ),
    "promise.field.activity": Text("Aktivitet", "Activity"),
    "promise.field.date": Text("Uppföljning, datum", "Follow-up, date"),
    "promise.field.forum": Text("Forum för uppföljning", "Forum of the follow-up"),
    "promise.field.channel": Text("Hur invånarna får veta", "How citizens are told"),
    "promise.direction.decrease": Text("ska minska", "shall decrease"),
    "promise.direction.increase": Text("ska öka", "shall increase"),
    "promise.detectable.unknown": Text("kan inte anges", "cannot be given"),
    "promise.figures": Text("Bilaga: Figurer", "Annex: Figures"),
    "promise.figures.files": Text(
        "Figurerna finns också som filer i mappen figures: {files}.",
        "The figures are also files in the folder figures: {files}.",
    ),
    "promise.follow": Text("Uppföljning", "Follow-up"),
    "promise.follow.prompts": Text(
        "Vem följer upp, när och i vilket forum?|Hur och när berättar ni för invånarna?|Vad gör ni om målet inte nås?",
        "Who follows up, when and in which forum?|How and when do you tell the citizens?|What do you do if the target is missed?",
    ),
}
