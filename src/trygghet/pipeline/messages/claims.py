"""Errors of the claims room in plain Swedish."""

from trygghet.pipeline.messages.message import Message

MESSAGES: dict[str, Message] = {
    "PAST-01": Message(
        vad="Påståendet ”{pastaende}” saknar bedömning, regel eller text.",
        var="Påståendet ”{pastaende}”",
        atgard="Skapa påståendet med någon av reglerna i programmet i stället för att skriva texten för hand.",
    ),
}
