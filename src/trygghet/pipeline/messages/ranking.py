"""Swedish texts of the errors of rankings (RANG)."""

from trygghet.pipeline.messages.message import Message

MESSAGES: dict[str, Message] = {
    "RANG-01": Message(
        vad="Inställningen {name} för rangordning har värdet {value}, men tillåtet är {allowed}.",
        var="params.yaml, avsnittet ranking, {name}",
        atgard="Rätta värdet och kör igen.",
    ),
    "RANG-02": Message(
        vad="En rangordning begärdes av svar som inte kan rangordnas (ström {stream}, typ {kind}). "
        "Bara ett slumpmässigt urval i taget kan ge en rangordning med felmarginal.",
        var="Steget rank, ström {stream}",
        atgard="Rangordna varje slumpmässigt urval för sig. Svar från en öppen enkät beskrivs bland de svarande.",
    ),
    "RANG-03": Message(
        vad="{items:fråga|frågor} i {domains:område|områden} gavs till samma rangordning.",
        var="Steget rank",
        atgard="Välj en fråga och flera områden, eller ett område och flera frågor.",
    ),
    "RANG-04": Message(
        vad="Antalet värden {values} passar inte ihop med osäkerhetstabellen {covariance}.",
        var="Steget rank",
        atgard="Ta värden och osäkerhet från samma skattning.",
    ),
    "RANG-05": Message(
        vad="Osäkerhetstabellen för {count:värde|värden} är omöjlig: den ger ett negativt mått på spridning.",
        var="Steget rank",
        atgard="Ta alla värden från en och samma skattning i stället för att sätta ihop tabellen av delar.",
    ),
    "RANG-06": Message(
        vad="En rangordning med {labels} namn har {bounds:plats|platser}, eller platser i fel ordning.",
        var="Filen ranks.json",
        atgard="Kör steget rank igen.",
    ),
    "RANG-07": Message(
        vad="De {m} första platserna begärdes. Det måste vara minst en.",
        var="params.yaml, avsnittet ranking, top",
        atgard="Ange hur många områden som ska prioriteras, till exempel 4.",
    ),
    "RANG-08": Message(
        vad="De första platserna ({m}) kan inte pekas ut av rangordningar som gäller en rad i taget.",
        var="params.yaml, avsnittet ranking, joint",
        atgard="Sätt joint till true.",
    ),
    "RANG-09": Message(
        vad="Filen med rangordningar kan inte läsas. Den innehåller {found}.",
        var="Filen ranks.json",
        atgard="Kör steget rank igen.",
    ),
    "RANG-10": Message(
        vad="Metoden {method} räknar personer och kan inte användas på vägda andelar.",
        var="params.yaml, avsnittet ranking, method",
        atgard="Ta bort raden eller skriv mrsw.",
    ),
    "RANG-12": Message(
        vad="En exakt rangordning fick {found}. Den kräver ovägda antal personer.",
        var="Steget rank",
        atgard="Använd den vanliga rangordningen, som klarar vikter.",
    ),
    "RANG-13": Message(
        vad="{count:område|områden} saknar värde i någon av omräkningarna.",
        var="Steget rank",
        atgard="Ta bort dem ur jämförelsen först.",
    ),
    "RANG-11": Message(
        vad="En exakt rangordning går inte att göra: {found}. Den kräver ett enkelt slumpmässigt urval utan vikter.",
        var="Steget rank, {setting}",
        atgard="Använd den vanliga rangordningen, som klarar vikter, strata och grupper.",
    ),
    "RANG-14": Message(
        vad="Prioriteringarna {block} begärdes för en tabell utan kodbok.",
        var="Frågan {block}",
        atgard="Läs filen med en kodbok som säger vilka kolumner som hör till frågan.",
    ),
    "RANG-15": Message(
        vad="Ordningen bland de svarande begärdes för något annat än en öppen enkät i taget (typ {kind}).",
        var="Steget rank",
        atgard="Beskriv en öppen enkät åt gången. Slumpmässiga urval rangordnas i stället.",
    ),
    "RANG-16": Message(
        vad="Ordningen kan inte prövas: {found}.",
        var="Steget rank",
        atgard="Jämför samma fråga med samma svarsalternativ i varje ström.",
    ),
    "RANG-17": Message(
        vad="{streams:ström|strömmar} skulle jämföras, men antalet platser är inte ett och detsamma ({places}).",
        var="params.yaml, avsnittet ranking, top",
        atgard="Använd samma antal platser för alla strömmar.",
    ),
    "RANG-18": Message(
        vad="En källa i den sammanvägda prioriteringen saknar eller har fel i {names}.",
        var="Källans beskrivning",
        atgard="Fyll i allt, och antingen fasta gränser (låg före hög) eller ett jämförelsevärde över 0.",
    ),
    "RANG-19": Message(
        vad="Vikterna i den sammanvägda prioriteringen stämmer inte: {found}.",
        var="Vikterna för pelare och källor",
        atgard="Ange en vikt för varje pelare och källa, med summan 1, och vem som bestämt dem och när. "
        "Eller säg uttryckligen att vikterna ska räknas om när en källa saknas.",
    ),
    "RANG-20": Message(
        vad="Källan {source} kan inte användas: {found}.",
        var="Den sammanvägda prioriteringens källor",
        atgard="Rätta källan. Frågor från samma enkät ska skattas i ett och samma steg.",
    ),
    "RANG-21": Message(
        vad="{count:värde|värden} saknas i den sammanvägda prioriteringen, bland annat för {problems}.",
        var="Källornas tabeller",
        atgard="Lägg till värdena, eller säg uttryckligen att vikterna ska räknas om eller att området ska utelämnas.",
    ),
    "RANG-22": Message(
        vad="Prövningen av metodval har inget att variera (koncentration {concentration}, antal {scenarios}).",
        var="Inställningarna för metodval",
        atgard="Ange tal över 0 och minst ett val av varje slag.",
    ),
    "RANG-23": Message(
        vad="Modellbaserade placeringar går inte att räkna fram: {found}.",
        var="Steget rank",
        atgard="Använd de vanliga rangintervallen, som inte bygger på modellen.",
    ),
    "RANG-24": Message(
        vad="Källtabellen {file} kan inte användas: {found}.",
        var="Mappen sources bredvid enkätfilen",
        atgard="Rätta filen. Kolumnerna är area, value, unit, period, population, coverage och, för antal, inhabitants.",
    ),
}
