"""Swedish texts of what the disclosure control can stop for."""

from trygghet.pipeline.messages.message import Message

MESSAGES: dict[str, Message] = {
    "SEK-01": Message(
        vad="Ett resultat som inte har röjandekontrollerats var på väg ut.",
        var="Steget screen.",
        atgard="Kör röjandekontrollen på allt som ska publiceras tillsammans, och exportera det som den lämnar.",
    ),
}
