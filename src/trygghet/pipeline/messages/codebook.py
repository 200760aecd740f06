"""Messages of the codebook."""

from trygghet.pipeline.messages.message import Message

MESSAGES: dict[str, Message] = {
    "KOD-01": Message(
        vad="Kodboken kan inte öppnas, eller så är den inte sparad som UTF-8.",
        var="{file}",
        atgard="Kontrollera filnamn och mapp. Spara filen med teckenkodningen UTF-8.",
    ),
    "KOD-02": Message(
        vad="Kodboken är inte giltig YAML: {reason}.",
        var="{file}, rad {line}",
        atgard="Kontrollera indrag, kolon och citattecken på raden.",
    ),
    "KOD-03": Message(
        vad="Kodboken har en nyckel som inte finns: {place}.",
        var="{file}, {place}",
        atgard="Rätta nyckeln. Närmaste: {guess}.",
    ),
    "KOD-04": Message(
        vad="Kodboken har ett värde som inte går att använda: {reason}.",
        var="{file}, {place}",
        atgard="Rätta värdet på den platsen.",
    ),
    "KOD-05": Message(
        vad="Kodboken hänvisar till variabeln {name}, som inte finns.",
        var="{place}",
        atgard="Rätta namnet eller lägg till variabeln under variables. Närmaste: {guess}.",
    ),
    "KOD-06": Message(
        vad="Namnet {name} finns inte i kodboken.",
        var="Där namnet används: params.yaml, anteckningsboken eller anropet",
        atgard="Rätta namnet. Närmaste: {guess}.",
    ),
    "KOD-07": Message(
        vad="Variabeln {name} läses inte in: den är fritext, eller en känslig uppgift som inte är tillåten.",
        var="Kodboken, variables > {name}",
        atgard="Ange allowed: true och en reason i kodboken, eller klara dig utan variabeln.",
    ),
    "KOD-08": Message(
        vad="Namnet {name} används två gånger.",
        var="Kodboken: variables, derived, indicators eller multi_response",
        atgard="Byt namn på den ena.",
    ),
    "KOD-09": Message(
        vad="Koderna {codes} saknar svarstext.",
        var="Kodboken, {place}",
        atgard="Använd koder som finns under labels, eller lägg till svarstexten.",
    ),
    "KOD-10": Message(
        vad="Området {area} finns inte.",
        var="Kodboken, {place}",
        atgard="Skriv området som i områdesvariabelns labels. Närmaste: {guess}.",
    ),
    "KOD-11": Message(
        vad="Variabeln {name} är av en sort som inte går att använda här.",
        var="Kodboken, {place}",
        atgard="Dela in den i klasser eller grupper under derived, eller ändra kind.",
    ),
    "KOD-12": Message(
        vad="Kolumnen {name} innehåller text, inte tal.",
        var="Där kolumnen används i beräkningen",
        atgard="Använd den som indelning, eller beskriv den som en variabel med labels.",
    ),
    "KOD-13": Message(
        vad="Områdesgruppen {name} finns inte.",
        var="Kodboken, areas > groups",
        atgard="Rätta namnet eller lägg till gruppen. Närmaste: {guess}.",
    ),
    "KOD-14": Message(
        vad="{name} är ett tal och kan inte användas som indelning.",
        var="Där indelningen anges, till exempel params.yaml > estimate > domains",
        atgard="Gör klasser av den under derived i kodboken och använd dem.",
    ),
    "KOD-15": Message(
        vad="Frågekatalogen har ingen fråga med namnet {name}.",
        var="Kodboken, {place}",
        atgard="Rätta item eller ta bort det. Närmaste: {guess}.",
    ),
    "KOD-16": Message(
        vad="Områden kan inte jämföras: en av kodböckerna anger ingen områdesvariabel.",
        var="Kodböckerna för {waves}, areas",
        atgard="Ange areas > variable i båda kodböckerna.",
    ),
    "KOD-17": Message(
        vad="Området {area} i mätningen {wave} har ingen motsvarighet i den nya områdesindelningen.",
        var="Den senare kodboken, areas > changes > {wave}",
        atgard="Ange vad området blev, eller null om det har delats. Närmaste: {guess}.",
    ),
    "KOD-20": Message(
        vad="Urvalsfilen hör till strömmen ”{name}”, som inte finns eller inte är ett slumpmässigt urval.",
        var="Kodboken, frame > stream",
        atgard="Ange strömmen som urvalet drogs till: {known}.",
    ),
    "KOD-24": Message(
        vad="Variabeln är kopplad till {name}, ett index som polisen räknar fram och publicerar. Det går inte att räkna fram ur svaren.",
        var="Kodboken, {place}",
        atgard="Ta bort item. Polisens publicerade index läggs in som tabell i mappen sources.",
    ),
    "KOD-22": Message(
        vad="En text innehåller tecken som inte syns: {signs}.",
        var="{file}, {place}",
        atgard="Skriv texten på nytt för hand. Sådana tecken följer ofta med när man klistrar in från andra program.",
    ),
    "KOD-23": Message(
        vad="Gruppen {group} finns inte.",
        var="Kodboken, {place}",
        atgard="Skriv gruppen som i variabelns labels, bands eller groups. Närmaste: {guess}.",
    ),
    "KOD-25": Message(
        vad="Namnet ”{name}” kan inte vara del av ett filnamn.",
        var="Kodboken, {place}",
        atgard="Använd bokstäver, siffror och understreck i namnet. Det som visas för läsaren står i label.",
    ),
    "KOD-21": Message(
        vad="Kodboken säger inte vad kolumnerna i urvalsfilen betyder.",
        var="{file}, avsnittet frame",
        atgard="Ange stream, outcome, outcomes och variables under frame i kodboken.",
    ),
}
