"""Errors of the claims room in plain Swedish."""

from trygghet.pipeline.messages.message import Message

MESSAGES: dict[str, Message] = {
    "PAST-01": Message(
        vad="Påståendet ”{pastaende}” saknar bedömning, regel eller text.",
        var="Påståendet ”{pastaende}”",
        atgard="Skapa påståendet med någon av reglerna i programmet i stället för att skriva texten för hand.",
    ),
    "PAST-02": Message(
        vad="Säkerhetsnivån {niva} går inte att använda. Den ska ligga mellan 0,5 och 1.",
        var="params.yaml, estimate: level",
        atgard="Skriv en nivå som 0.95.",
    ),
    "PAST-03": Message(
        vad="”{namn}” finns inte bland det som är rangordnat, så inget kan sägas om ordningen.",
        var="params.yaml, ranking",
        atgard="Använd ett av namnen i rangordningen, eller rangordna en fråga som har besvarats.",
    ),
    "PAST-04": Message(
        vad="Rangordningen av {antal:område|områden} gäller ett område i taget och kan inte visa vilket som är störst.",
        var="params.yaml, ranking: joint",
        atgard="Skriv joint: true.",
    ),
    "PAST-05": Message(
        vad="En grupp skulle jämföras med övriga, men resultatet innehåller något annat ({slag}).",
        var="Jämförelsen med resten av kommunen",
        atgard="Räkna först fram skillnaden mot resten.",
    ),
    "PAST-06": Message(
        vad="En ökning eller minskning skulle bedömas, men resultatet gäller inte två mätningar ({slag}).",
        var="Jämförelsen mellan två mätningar",
        atgard="Räkna först fram förändringen mellan de två mätningarna.",
    ),
    "PAST-07": Message(
        vad="Familjen ”{familj}” har {antal:huvudindikator|huvudindikatorer}. Fler än {hogst} går inte att bedöma tillsammans med rimlig säkerhet.",
        var="params.yaml, claims: families",
        atgard="Behåll högst {hogst}. Övriga finns kvar i tabellerna, utan meningar.",
    ),
    "PAST-08": Message(
        vad="”{namn}” står i två familjer av samma slag.",
        var="params.yaml, claims: families",
        atgard="Behåll det i en av dem.",
    ),
    "PAST-09": Message(
        vad="{namn} finns inte precis en gång i resultatet, så jämförelsen går inte att göra.",
        var="Jämförelsen mellan två andelar eller två områden",
        atgard="Räkna fram båda på en gång, för samma grupp.",
    ),
    "PAST-10": Message(
        vad="Det behövs en andel av alla, och en andel bland just dem, för att visa att två saker gäller samtidigt. Här finns {antal} "
        "andelar som inte hör ihop så.",
        var="Jämförelsen av två frågor hos samma personer",
        atgard="Räkna fram den andra andelen enbart bland dem som den första gäller.",
    ),
    "PAST-11": Message(
        vad="Urvalet är gjort av en tabell utan kodbok, så programmet vet inte vad kolumnerna betyder.",
        var="Granskningen av textutkastet",
        atgard="Läs in undersökningen med dess kodbok.",
    ),
    "PAST-12": Message(
        vad="Rangordningen är gjord på nivån {niva}, men påståendena om den ska gälla på nivån {familj}.",
        var="Resultaten från steget rank",
        atgard="Kör alla steg igen: trygghet run. Steget rank sätter rätt nivå.",
    ),
}
