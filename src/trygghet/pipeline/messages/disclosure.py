"""Swedish texts of what the disclosure control can stop for."""

from trygghet.pipeline.messages.message import Message

MESSAGES: dict[str, Message] = {
    "SEK-01": Message(
        vad="Ett resultat som inte har röjandekontrollerats var på väg ut.",
        var="Steget screen.",
        atgard="Kör röjandekontrollen på allt som ska publiceras tillsammans, och exportera det som den lämnar.",
    ),
    "SEK-02": Message(
        vad="Ett samband med {antal:dold uppgift|dolda uppgifter} efterfrågades.",
        var="Ett resultat som har röjandekontrollerats.",
        atgard="Fråga bara efter uppgifter som visas, eller gör jämförelsen före röjandekontrollen.",
    ),
    "SEK-03": Message(
        vad="Samband mellan {antal:uppgift|uppgifter} sparas inte; gränsen är {grans:visad uppgift|visade uppgifter}.",
        var="Ett resultat som har röjandekontrollerats.",
        atgard="Gör jämförelsen före röjandekontrollen, och kontrollera jämförelsen.",
    ),
    "SEK-04": Message(
        vad="Röjandekontrollen fick något som den inte känner igen ({typ}).",
        var="Steget screen.",
        atgard="Lämna skattningar, andelar bland svarande, rangordningar, topplistor, påståenden eller tabeller med antal.",
    ),
    "SEK-05": Message(
        vad="Resultatnamnet ”{namn}” kan inte bli ett filnamn.",
        var="Namnet på ett resultat i params.yaml eller i din egen kod.",
        atgard="Använd bokstäver, siffror, punkt, bindestreck och understreck.",
    ),
    "SEK-06": Message(
        vad="Det kontrollerade resultatet {fil} går inte att läsa. En del saknas eller är skadad.",
        var="Mappen data/joint/screened.",
        atgard="Kör steget screen igen.",
    ),
    "SEK-07": Message(
        vad="Det kontrollerade resultatet {fil} har ändrats efter röjandekontrollen.",
        var="Mappen data/joint/screened.",
        atgard="Kör steget screen igen. Ändra regler eller indata, aldrig kontrollerade filer.",
    ),
    "SEK-08": Message(
        vad="”{pastaende}” bygger på {antal:uppgift|uppgifter} som inte kontrolleras samtidigt: {exempel}.",
        var="Steget screen.",
        atgard="Lämna resultaten som det bygger på till samma röjandekontroll.",
    ),
    "SEK-12": Message(
        vad="Felmarginaler på nivån {niva} har inte gått igenom röjandekontrollen. Det har nivåerna {finns}.",
        var="Ett resultat som har röjandekontrollerats.",
        atgard="Välj en av de nivåerna.",
    ),
    "SEK-13": Message(
        vad="Det finns inget att föra in i registret: inget resultat har röjandekontrollerats.",
        var="Mappen {mapp}.",
        atgard="Kör alla steg först (trygghet run).",
    ),
    "SEK-09": Message(
        vad="{antal:dold uppgift|dolda uppgifter} går att räkna ut av det som skulle visas, till exempel {exempel}.",
        var="Steget screen, när utgåvan läggs ihop med det som redan är publicerat.",
        atgard="Ta bort resultatet ur utgåvan, eller redovisa det för större grupper.",
    ),
    "SEK-14": Message(
        vad="{antal} dolda uppgifter går att räkna ut av det som redan är publicerat i tidigare utgåvor, till exempel {exempel}.",
        var="Steget screen, registret data/released.json. Den nya utgåvan visar inte uppgifterna, men kan inte heller skydda dem.",
        atgard="Avpublicera den utgåva som visar för mycket, eller låt den som ansvarar för personuppgifter bedöma risken innan den "
        "nya utgåvan lämnas ut. Höj gränserna under disclosure eller slå ihop grupper, så att det inte upprepas.",
    ),
    "SEK-15": Message(
        vad="Något som inte har röjandekontrollerats ({typ}) var på väg ut.",
        var="Ett resultat som skulle sparas, föras in i registret eller bli underlag till löften.",
        atgard="Röjandekontrollera först: screen({{namn: resultat}}, regler).",
    ),
    "SEK-10": Message(
        vad="Utgåvan ”{utgava}” finns redan i registret med ett annat innehåll.",
        var="Registret över publicerade uppgifter.",
        atgard="Ge utgåvan ett nytt namn. Det som är publicerat går inte att ändra i efterhand.",
    ),
    "SEK-11": Message(
        vad="Filen {fil} är inte ett register över publicerade uppgifter, eller är skadad.",
        var="Registret över publicerade uppgifter.",
        atgard="Hämta tillbaka filen ur versionshanteringen.",
    ),
}
