"""Texts of the promise draft; several prompts are separated by a bar."""

from typing import Final

from trygghet.report.texts.text import Text

PROMISE_TEXTS: Final[dict[str, Text]] = {
    "promise.title": Text(
        "Underlag till medborgarlöfte – {municipality}", "Input to a citizen promise – {municipality}"
    ),
    "promise.intro": Text(
        "Gjort ur undersökningen {wave}, diarienummer {diarienummer}. Kommunen och polisen väljer fokusområden, mål och "
        "aktiviteter; gula fält är tomma för det. Svar från olika håll står var för sig.",
        "Made from the survey {wave}, registry number {diarienummer}. The municipality and the police choose focus areas, targets "
        "and activities; yellow fields are left for that. Answers of different streams stand apart.",
    ),
    "promise.box.surely": Text("Säkert bland de prioriterade", "Surely among the prioritised"),
    "promise.box.maybe": Text("Områden att välja bland", "Areas to choose among"),
    "promise.box.respondents": Text("Mest valt bland de svarande", "Most chosen by the respondents"),
    "promise.choose": Text(
        "Det finns plats för {places} av dessa {areas}. Undersökningen kan inte avgöra vilka: valet är er bedömning.",
        "There is room for {places} of these {areas}. The survey cannot decide which: the choice is your judgement.",
    ),
    "promise.evidence": Text("Vad de svarande vill: {area}", "What the respondents want: {area}"),
    "promise.candidates": Text("Mått som kan följa upp: {area}", "Indicators that can follow up: {area}"),
    "promise.fields": Text("Löfte: {area}", "Promise: {area}"),
    "promise.stream": Text("Svar från", "Answers from"),
    "promise.share": Text("Andel", "Share"),
    "promise.margin": Text("Felmarginal", "Margin of error"),
    "promise.margin.none": Text("ingen, inte slumpmässigt", "none, not random"),
    "promise.n": Text("Svarande", "Respondents"),
    "promise.when": Text("När", "When"),
    "promise.indicator": Text("Mått", "Indicator"),
    "promise.field": Text("Fält", "Field"),
    "promise.field.indicator": Text("Mått (välj ett ovan)", "Indicator (choose one above)"),
    "promise.field.direction": Text("Riktning", "Direction"),
    "promise.field.detectable": Text("Minsta upptäckbara förändring", "Smallest detectable change"),
    "promise.field.district": Text("… i {area}", "… in {area}"),
    "promise.field.target": Text("Mål", "Target"),
    "promise.field.owner": Text(
        "Ansvarig (kommun, polis eller båda)", "Owner (municipality, police or both)"
    ),
    "promise.field.activity": Text("Aktivitet", "Activity"),
    "promise.field.date": Text("Uppföljning, datum", "Follow-up, date"),
    "promise.field.forum": Text("Forum för uppföljning", "Forum of the follow-up"),
    "promise.field.channel": Text("Hur invånarna får veta", "How citizens are told"),
    "promise.direction.decrease": Text("ska minska", "shall decrease"),
    "promise.direction.increase": Text("ska öka", "shall increase"),
    "promise.detectable.value": Text("{points} procentenheter", "{points} percentage points"),
    "promise.detectable.unknown": Text(
        "räknas ut när måttet är valt (bara för slumpmässiga urval)",
        "computed when the indicator is chosen (random samples only)",
    ),
    "promise.follow": Text("Uppföljning", "Follow-up"),
    "promise.follow.prompts": Text(
        "Vem följer upp, när och i vilket forum?|Hur och när berättar ni för invånarna?|Vad gör ni om målet inte nås?",
        "Who follows up, when and in which forum?|How and when do you tell the citizens?|What do you do if the target is missed?",
    ),
}
