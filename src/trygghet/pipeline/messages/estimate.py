"""Swedish texts of the errors of the estimates."""

from trygghet.pipeline.messages.message import Message

MESSAGES: dict[str, Message] = {
    "SKATT-01": Message(
        vad="Det finns inget resultat för {sokt}.",
        var="Resultatet innehåller {finns}.",
        atgard="Välj något av det som finns.",
    ),
    "SKATT-02": Message(
        vad="Säkerhetsnivån {niva} ligger inte mellan 0 och 1.",
        var="params.yaml, estimate: level.",
        atgard="Skriv till exempel 0.95.",
    ),
    "SKATT-03": Message(
        vad="Urvalet av rader (where) har {langd:värde|värden} men det finns {svar} svar.",
        var="Argumentet where.",
        atgard="Ge ett ja eller nej för varje svar, i samma ordning som raderna.",
    ),
    "SKATT-04": Message(
        vad="Ingen fråga är vald att räkna på.",
        var="Listan över frågor.",
        atgard="Ange minst en indikator, fråga eller kolumn.",
    ),
    "SKATT-05": Message(
        vad="{variabel} har ingen kategori som heter {sokt}.",
        var="Kodboken, {variabel}. Kategorier: {finns}.",
        atgard="Rätta namnet på kategorin.",
    ),
    "SKATT-06": Message(
        vad="Antal personer kan inte räknas ut: vikterna summerar till antalet svar, inte till befolkningen.",
        var="Kodboken, design: weight_scale.",
        atgard="Kalibrera mot befolkningstal, eller visa andelar och medelvärden.",
    ),
    "SKATT-07": Message(
        vad="{variabel} har {antal:värde|värden} som varken är 0 eller 1.",
        var="Kolumnen {variabel}.",
        atgard="Koda valt alternativ som 1 och ej valt som 0.",
    ),
    "SKATT-08": Message(
        vad="Flervalsfrågan {block} är inte känd: en vanlig tabell har ingen kodbok.",
        var="Argumentet block.",
        atgard="Ange listan med frågans kolumner.",
    ),
    "SKATT-09": Message(
        vad="Jämförelsen med resten kan inte göras på ett sparat resultat.",
        var="Resultatet lästes från fil.",
        atgard="Gör jämförelsen innan resultatet sparas. Kör steget estimate igen.",
    ),
    "SKATT-10": Message(
        vad="De områden eller grupper som ska jämföras hör inte till samma indelning ({sokt}).",
        var="Jämförelsen.",
        atgard="Välj två delar av samma indelning.",
    ),
    "SKATT-11": Message(
        vad="Resultatet har {celler:cell|celler}. Fler än {hogst} kan inte sparas i samma fil.",
        var="params.yaml, estimate: domains.",
        atgard="Dela upp: spara en indelning eller en fråga per fil.",
    ),
    "SKATT-12": Message(
        vad="Filen {fil} går inte att läsa som skattningar.",
        var="{fil}",
        atgard="Kör steget estimate igen.",
    ),
    "SKATT-13": Message(
        vad="Det finns {taljare} täljare men {namnare} nämnare.",
        var="Kvoten som ska räknas ut.",
        atgard="Ange lika många av varje.",
    ),
    "SKATT-14": Message(
        vad="Befolkningens storlek är okänd: vikterna summerar inte till befolkningen.",
        var="Kodboken, design: weight_scale.",
        atgard="Använd vikter som summerar till befolkningen.",
    ),
    "SKATT-15": Message(
        vad="Andelen {varde} ligger inte mellan 0 och 1.",
        var="Den kvantil som ska räknas ut.",
        atgard="Skriv till exempel 0.5 för medianen.",
    ),
    "SKATT-16": Message(
        vad="Indexet kräver svar på {krav} av {fragor:fråga|frågor}. Det går inte.",
        var="Indexets gräns för antal besvarade frågor.",
        atgard="Välj ett tal mellan 1 och antalet frågor.",
    ),
    "SKATT-17": Message(
        vad="Jämförelsen har {koefficienter} tal men resultatet har {celler:cell|celler}.",
        var="Jämförelsens tal.",
        atgard="Välj ut cellerna först och ange ett tal för var och en.",
    ),
    "SKATT-18": Message(
        vad="Sammansättningen och {variabel} har inte samma kategorier: {kategorier}.",
        var="Den sammansättning som resultatet ska räknas om till.",
        atgard="Ange en vikt för varje kategori, 0 för den som inte ska räknas.",
    ),
}
