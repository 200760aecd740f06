"""Swedish messages of the promise room."""

from trygghet.pipeline.messages.message import Message

MESSAGES: dict[str, Message] = {
    "LOFTE-01": Message(
        vad="Inget fokusområde kan redovisas: frågan om prioriteringar har för få svar eller ställdes inte.",
        var="underlaget till medborgarlöfte",
        atgard="Välj fokusområden med annat underlag och skriv promises.yaml för hand.",
    ),
    "LOFTE-02": Message(
        vad="Filen {fil} går inte att läsa: raden är fel indragen eller saknar ett kolon.",
        var="{fil}, rad {rad}",
        atgard="Jämför radens indrag med raderna runt omkring.",
    ),
    "LOFTE-04": Message(
        vad="Filen {fil} är inte sparad som UTF-8, så å, ä och ö går inte att läsa.",
        var="{fil}",
        atgard="Öppna filen i Anteckningar, välj Spara som och kodningen UTF-8.",
    ),
    "LOFTE-03": Message(
        vad="Fältet {falt} i {fil} finns inte, eller så passar inte värdet.",
        var="{fil}, {falt}",
        atgard="Rätta fältet. Datum skrivs ÅÅÅÅ-MM-DD, mål i procentenheter med punkt som decimaltecken.",
    ),
}
