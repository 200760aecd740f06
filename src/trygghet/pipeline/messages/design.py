"""Swedish texts of the errors of the sampling design."""

from trygghet.pipeline.messages.message import Message

MESSAGES: dict[str, Message] = {
    "URV-01": Message(
        vad="Det finns ingen kolumn som heter {kolumn}.",
        var="Tabellens kolumner. Närmast: {nara}.",
        atgard="Rätta namnet.",
    ),
    "URV-02": Message(
        vad="Kolumnen {kolumn} innehåller text, inte tal.",
        var="Kolumnen {kolumn}.",
        atgard="Be om andelar i stället, eller om en av kolumnens kategorier.",
    ),
    "URV-03": Message(
        vad="{antal:urvalsgrupp|urvalsgrupper} har bara en enda utvald enhet: {strata}. Då går det inte att räkna ut någon felmarginal.",
        var="Kodboken, design: strata och lonely_psu.",
        atgard="Slå ihop gruppen med en liknande grupp, eller välj lonely_psu: adjust, certainty eller average i kodboken.",
    ),
    "URV-04": Message(
        vad="{antal:urvalsgrupp|urvalsgrupper} har fler svar än invånare: {strata}.",
        var="Kodboken, design: population, och kolumnen den pekar på.",
        atgard="Rätta befolkningstalen. De ska gälla de åldrar som undersöks, den dag då urvalet drogs.",
    ),
    "URV-05": Message(
        vad="Befolkningstalet saknas eller är olika på olika rader inom samma urvalsgrupp: {strata}.",
        var="Kodboken, design: population, och kolumnen den pekar på.",
        atgard="Skriv samma tal på alla rader i gruppen, eller ta bort population ur kodboken.",
    ),
    "URV-06": Message(
        vad="{antal} svar har en vikt som saknas, är negativ eller är oändlig.",
        var="Viktkolumnen {kolumn}.",
        atgard="Rätta kolumnen. Varje svar ska ha en vikt som är noll eller större.",
    ),
    "URV-07": Message(
        vad="{antal} svar saknar värde i kolumnen {kolumn}, som beskriver hur urvalet drogs.",
        var="Kolumnen {kolumn}.",
        atgard="Fyll i kolumnen för alla svar.",
    ),
    "URV-08": Message(
        vad="Felmarginaler kan bara räknas ut för ett slumpmässigt urval i taget. Svaren kommer från: {strommar}.",
        var="Kodboken, streams.",
        atgard="Välj en ström som drogs slumpmässigt. Beskriv öppna enkätsvar som det de är: svar från dem som svarade.",
    ),
    "URV-09": Message(
        vad="Det finns {vikter:vikt|vikter} men {svar} svar.",
        var="Viktningen och urvalet.",
        atgard="Vikta samma rader som urvalet innehåller. Kör steget weight igen.",
    ),
    "URV-10": Message(
        vad="Urvalet innehåller inga svar.",
        var="Filen, eller den ström som valts.",
        atgard="Kontrollera filen och vilken ström som valts.",
    ),
    "URV-11": Message(
        vad="Samma beteckning i kolumnen {kolumn} finns i flera urvalsgrupper.",
        var="Kodboken, design: psu och nest.",
        atgard="Skriv nest: true i kodboken om numreringen börjar om i varje grupp, eller rätta kolumnen.",
    ),
    "URV-12": Message(
        vad="Svaren kommer från flera strömmar: {strommar}. De slås aldrig ihop.",
        var="Kodboken, streams.",
        atgard="Beskriv en ström i taget.",
    ),
    "URV-13": Message(
        vad="Metoden {metod} för upprepade urval passar inte hur urvalet drogs.",
        var="Valet av upprepade urval.",
        atgard="Välj bootstrap, som passar alla urval.",
    ),
    "URV-14": Message(
        vad="Vikterna är kalibrerade men de upprepade urvalen skulle inte bli det.",
        var="Valet av upprepade urval.",
        atgard="Ange samma befolkningstal (margins) som vikterna kalibrerades mot.",
    ),
    "URV-15": Message(
        vad="{antal:rad|rader} saknar värde i kolumnen {kolumn} eller har samma värde som en annan rad.",
        var="Kolumnen {kolumn}.",
        atgard="Rätta kolumnen så att varje rad har ett eget nummer.",
    ),
    "URV-16": Message(
        vad="Urvalsgrupper som ska slås ihop finns inte: {strata}.",
        var="Inställningen collapse. Grupper som finns: {finns}.",
        atgard="Rätta namnen.",
    ),
}
