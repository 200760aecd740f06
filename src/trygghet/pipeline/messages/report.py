"""Swedish messages of the report room."""

from trygghet.pipeline.messages.message import Message

MESSAGES: dict[str, Message] = {
    "RAPP-01": Message(
        vad="Figuren {figur} har ingen alternativtext och ingen tabell, så den går inte att lämna ut.",
        var="figuren {figur}",
        atgard="Använd en av dessa figurer: {finns}.",
    ),
    "RAPP-02": Message(
        vad="Tabellen över vilka som svarade saknar kolumnerna {saknas}.",
        var="tabellen över vilka som svarade",
        atgard="Ge den kolumnerna {kolumner}.",
    ),
    "RAPP-03": Message(
        vad="Något som inte har röjandekontrollerats ({typ}) var på väg att skrivas ut.",
        var="utskriften av figurer och tabeller",
        atgard="Röjandekontrollera först: screen({{namn: resultat}}, regler).",
    ),
}
