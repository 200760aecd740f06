"""Errors of the change room in plain Swedish."""

from trygghet.pipeline.messages.message import Message

MESSAGES: dict[str, Message] = {
    "JMF-01": Message(
        vad="En förändring kan bara räknas fram mellan två slumpmässiga urval. Här finns i stället {typ}.",
        var="Jämförelsen mellan två mätningar",
        atgard="Jämför de slumpmässiga urvalen. Svar från en öppen enkät beskrivs var för sig.",
    ),
    "JMF-02": Message(
        vad="De två mätningarna innehåller olika slags tal ({nu} och {da}).",
        var="Jämförelsen mellan två mätningar",
        atgard="Räkna fram samma sak för båda åren.",
    ),
    "JMF-03": Message(
        vad="De två mätningarna har inga gemensamma uppgifter att jämföra ({antal:uppgift|uppgifter} gicks igenom).",
        var="Kodböckerna för de två åren",
        atgard="Använd samma namn på frågor och områden i båda årens kodböcker.",
    ),
    "JMF-04": Message(
        vad="Frågan ”{fraga}” är inte densamma {nu} och {da}. En skillnad skulle blanda ihop den nya frågan med en verklig "
        "förändring.",
        var="Frågan ”{fraga}” i de två årens kodböcker (version, svarsalternativ, bas eller urval)",
        atgard="Ta bort frågan ur jämförelsen, eller redovisa åren var för sig.",
    ),
    "JMF-05": Message(
        vad="Sambandet mellan urvalen är angivet som ”{samples}”, som programmet inte känner till.",
        var="Anropet change(…, samples=…)",
        atgard='Skriv samples="independent" (två urval som är dragna var för sig).',
    ),
    "JMF-06": Message(
        vad="Gränsen {marginal} för vad som räknas som oförändrat går inte att använda. Ingen undersökning kan visa att en förändring "
        "är exakt noll.",
        var="params.yaml, claims: margins",
        atgard="Bestäm i förväg en gräns större än noll, till exempel 0.05 (fem procentenheter).",
    ),
    "JMF-07": Message(
        vad="Filen {fil} saknar kolumnerna {kolumner}.",
        var="Filen {fil}, fliken Publicerade tal",
        atgard="Utgå från mallen och behåll rubrikerna.",
    ),
    "JMF-08": Message(
        vad="Rad {rad} går inte att använda: {fel}.",
        var="Filen {fil}, fliken Publicerade tal, rad {rad}",
        atgard="Rätta raden, eller töm dess siffra så hoppas den över.",
    ),
    "JMF-09": Message(
        vad="Namnet ”{namn}” finns inte i kodboken för {nu}, så det finns inget att jämföra siffran med.",
        var="Filen {fil}, fliken Publicerade tal, kolumnen namn",
        atgard="Rätta namnet, eller töm radens siffra så hoppas den över.{forslag}",
    ),
}
