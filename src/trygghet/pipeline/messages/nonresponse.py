"""Swedish texts of the errors and notes of the frame file and of those who did not answer (VIKT)."""

from trygghet.pipeline.messages.message import Message

_STAGE = "Steget weight"

MESSAGES: dict[str, Message] = {
    "VIKT-48": Message(
        vad="{antal:person|personer} i urvalet saknar resultat eller har en kod som inte är angiven ({koder}). Ingen räknas som svarande utan uppgift.",
        var="Urvalsfilen, kolumnen {kolumn}",
        atgard="Ange vad varje kod betyder och fyll i de tomma.",
    ),
    "VIKT-49": Message(
        vad="I urvalsfilen förekommer {dubbla:person|personer} två gånger, och {vikter} saknar en vikt större än noll.",
        var="Urvalsfilen",
        atgard="Ta bort dubbletter och fyll i vikterna.",
    ),
    "VIKT-60": Message(
        vad="Svarsmodellen ({modell}) går inte att beräkna: någon grupp har svarat helt och hållet eller inte alls.",
        var=_STAGE,
        atgard="Använd färre eller grövre uppgifter om urvalet.",
    ),
    "VIKT-61": Message(
        vad="Ingen har svarat i {antal:grupp|grupper} av urvalet ({klasser}).",
        var=_STAGE,
        atgard="Slå ihop grupper.",
    ),
    "VIKT-62": Message(
        vad="{antal:grupp|grupper} av urvalet har färre än {grans} svarande ({klasser}).",
        var=_STAGE,
        atgard="Slå ihop grupper.",
    ),
    "VIKT-74": Message(
        vad="Urvalsfilen och svarsfilen stämmer inte överens: {okanda} svar kommer från någon som inte finns i urvalet, "
        "{tysta} från någon som enligt urvalsfilen inte har svarat, och {saknas} som enligt urvalsfilen har svarat saknas.",
        var="Urvalsfilen och svarsfilen",
        atgard="Kontrollera att båda filerna har samma löpnummer och kommer från samma leverans.",
    ),
    "VIKT-75": Message(
        vad="Urvalsfilen har inte uppgiften {namn}, som bortfallet ska räknas upp efter. Den har: {finns}.",
        var="params.yaml, weighting > nonresponse > by",
        atgard="Ange uppgifter som står under frame > variables i kodboken.",
    ),
    "VIKT-76": Message(
        vad="Uppräkning för bortfall kräver en urvalsfil och viktningssättet own; nu är det {lage}.",
        var="params.yaml, weighting > nonresponse",
        atgard="Ange frame för mätningen under waves och välj mode: own, eller ta bort nonresponse.",
    ),
    "VIKT-77": Message(
        vad="{antal} av {alla} svarande hör till ett annat stratum i urvalsfilen än i svarsfilen. Vikter och svarsfrekvenser skulle gälla olika strata.",
        var="Urvalsfilen och svarsfilen, kolumnen med stratum",
        atgard="Ta reda på vilket stratum personerna drogs i och använd det i båda filerna.",
    ),
    "VIKT-78": Message(
        vad="Kodboken säger att {kodboken} tillfrågades, men urvalsfilen har {urvalet:person|personer}.",
        var="Kodboken, streams: invited",
        atgard="Ta bort invited när det finns en urvalsfil, eller be om hela urvalsfilen.",
    ),
}
