"""Swedish messages for lines that are no command."""

from trygghet.pipeline.messages.message import Message

_SEE = "Se vad som går att skriva med: {kommando} --hjälp."

MESSAGES: dict[str, Message] = {
    "KOM-01": Message(
        vad="Kommandot ”{namn}” finns inte.{forslag}",
        var="{kommando}",
        atgard="Se vilka kommandon som finns med: {kommando} --hjälp.",
    ),
    "KOM-02": Message(vad="Valet ”{namn}” finns inte.{forslag}", var="{kommando}", atgard=_SEE),
    "KOM-03": Message(vad="{namn} saknas på raden.", var="{kommando}", atgard=_SEE),
    "KOM-04": Message(vad="Det som står för {namn} går inte att använda.", var="{kommando}", atgard=_SEE),
    "KOM-05": Message(
        vad="Raden går inte att läsa: det står för mycket eller för lite på den.",
        var="{kommando}",
        atgard="Sätt citattecken om namn med mellanslag, till exempel ”Trygghet 2026”. " + _SEE,
    ),
    "KOM-06": Message(
        vad="Kommandot avbröts, eller så saknades ett svar. Inget mer har gjorts.",
        var="kommandofönstret",
        atgard="Kör igen. Svaren kan också skrivas som val på raden: se --hjälp.",
    ),
}
