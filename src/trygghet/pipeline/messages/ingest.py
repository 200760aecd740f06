"""Messages of the reading of survey files."""

from trygghet.pipeline.messages.message import Message

MESSAGES: dict[str, Message] = {
    "INL-01": Message(
        vad="Svarsströmmen {name} finns inte.",
        var="Kodboken, streams",
        atgard="Använd en av: {known}.",
    ),
    "INL-02": Message(
        vad="Filen kan inte läsas som {format}. Den är skadad, avkortad eller av ett annat format än namnet säger.",
        var="{file}",
        atgard="Exportera eller hämta filen på nytt.",
    ),
    "INL-03": Message(
        vad="Filformatet kan inte läsas.",
        var="{file}",
        atgard="Exportera till ett av formaten {known}.",
    ),
    "INL-04": Message(
        vad="Filen saknar kolumnen {column}, som kodboken beskriver.",
        var="Kolumnen {column}",
        atgard="Rätta kolumnnamnet i kodboken eller hämta en komplett fil. Närmaste kolumn i filen: {guess}.",
    ),
    "INL-05": Message(
        vad="{rows} svar har koder som kodboken inte förklarar: {codes}. Antalet svar står inom parentes.",
        var="{name} (kolumnen {column})",
        atgard="Ange varje kod i kodboken: under labels om den är ett svar, under missing om den är ett bortfall.",
    ),
    "INL-06": Message(
        vad="{rows:rad|rader} delar löpnummer med en annan rad.",
        var="Kolumnen {name}",
        atgard="Ta bort dubbletterna, eller ange rätt kolumn under id i kodboken.",
    ),
    "INL-07": Message(
        vad="{rows:rad|rader} saknar löpnummer.",
        var="Kolumnen {name}",
        atgard="Ge varje svar ett löpnummer, eller ange rätt kolumn under id i kodboken.",
    ),
    "INL-08": Message(
        vad="{rows:värde är omöjligt: det ligger|värden är omöjliga: de ligger} utanför det intervall som kodboken anger.",
        var="{name}",
        atgard="Rätta filen, ange värdet under missing eller vidga range i kodboken.",
    ),
    "INL-09": Message(
        vad="{rows} svar har områdesnamn som kodboken inte känner till: {areas}. Antalet svar står inom parentes.",
        var="{name} (kolumnen {column})",
        atgard="Lägg stavningen under areas > aliases, eller området under labels.",
    ),
    "INL-10": Message(
        vad="{rows:rad|rader} hör inte till någon angiven svarsström ({codes}).",
        var="Kolumnen {column}",
        atgard="Ange värdet under streams > values i kodboken.",
    ),
    "INL-11": Message(
        vad="{rows:ruta|rutor} innehåller text där ett tal väntas.",
        var="{name}",
        atgard="Ange texterna under missing i kodboken, eller rätta filen.",
    ),
    "INL-12": Message(
        vad="{rows:värde|värden} passar inte i någon klass eller grupp.",
        var="{name}",
        atgard="Vidga klasserna under derived, eller ange outside om värdena ska räknas som bortfall.",
    ),
    "INL-13": Message(
        vad="{rows} födelseår ger en omöjlig ålder.",
        var="{name}",
        atgard="Rätta filen, eller ange de felaktiga värdena under missing.",
    ),
    "INL-15": Message(
        vad="Filens svarstexter säger emot kodboken vid koderna {codes}; svaren skulle vändas.",
        var="{name} (kolumnen {column})",
        atgard="Jämför kodboken med filens svarstexter och rätta kodboken.",
    ),
    "INL-16": Message(
        vad="Den inlästa filen är skadad eller inte skriven av trygghet.",
        var="{file}",
        atgard="Kör inläsningen (ingest) igen.",
    ),
    "INL-17": Message(
        vad="Kodboken anger ingen svarsström. Alla svar räknas som självvalda (”{name}”), utan felmarginaler.",
        var="Kodboken, streams",
        atgard="Ange streams om ett slumpmässigt urval har dragits.",
    ),
    "INL-18": Message(
        vad="{rows:person|personer} valde fler än {choose} alternativ; {rule}.",
        var="Flervalsfrågan {name}",
        atgard="Ändra over_choosers i kodboken om en annan regel ska gälla.",
    ),
    "INL-19": Message(
        vad="{rows:person|personer} valde både ett alternativ och ”inget av dessa”; alternativen räknas.",
        var="Flervalsfrågan {name}",
        atgard="Inget behöver göras.",
    ),
    "INL-20": Message(
        vad="Filen innehåller inga svar.",
        var="{file}",
        atgard="Exportera filen på nytt, med svaren.",
    ),
    "INL-21": Message(
        vad="Filen finns inte.",
        var="{file}",
        atgard="Kontrollera filnamn och mapp.",
    ),
    "INL-22": Message(
        vad="Läsningen av filen avbröts: den är så skadad att {format}-läsaren inte kom till slut.",
        var="{file}",
        atgard="Öppna filen i programmet som skapade den och spara på nytt, eller exportera den som CSV.",
    ),
    "INL-23": Message(
        vad="Filen har inte teckenkodningen {encoding}.",
        var="{file}",
        atgard="Ta bort file > encoding ur kodboken, eller spara filen som UTF-8.",
    ),
    "INL-24": Message(
        vad="Filen är ingen tabell: ingen rad med kolumnnamn hittades.",
        var="{file}",
        atgard="Exportera filen på nytt, eller ange hur den är upplagd under file i kodboken.",
    ),
    "INL-25": Message(
        vad="{rows:rad|rader} har inte {columns:ruta|rutor}, som rubrikraden har. Svar skulle hamna i fel kolumn.",
        var="{file}",
        atgard="Exportera med citattecken kring texter, eller ange file > separator i kodboken.",
    ),
    "INL-26": Message(
        vad="Arbetsboken kan inte öppnas: den är skadad, avkortad eller låst med lösenord.",
        var="{file}",
        atgard="Öppna den i Excel eller LibreOffice och spara den på nytt utan lösenord.",
    ),
    "INL-27": Message(
        vad="Arbetsboken har inget blad som heter {sheet}.",
        var="{file}",
        atgard="Rätta file > sheet i kodboken. Närmaste: {guess}.",
    ),
    "INL-30": Message(
        vad="Kodboken har en osäker gissning som ingen har gått igenom: {text}.",
        var="Kodboken, {place}",
        atgard="Rätta uppgiften om den är fel och ta sedan bort raden check.",
    ),
    "INL-31": Message(
        vad="Arbetsboken är ingen kodbok: den ska ha bladen {sheets}.",
        var="{file}",
        atgard="Skapa den med kommandot trygghet codebook xlsx.",
    ),
    "INL-40": Message(
        vad="Borttaget: kolumner med fritext ({texts}) och kolumner vars namn tyder på personuppgifter ({columns}). "
        "Rutor med personuppgifter, där eller i svar med egna ord under ”annat”: {cells}.",
        var="Personuppgiftsspärren",
        atgard="Inget behöver göras.",
    ),
    "INL-41": Message(
        vad="{rows:person är ensam|personer är ensamma} om sin kombination av {names} och kan pekas ut av den.",
        var="data/processed, som innehåller personuppgifter",
        atgard="Använd grövre klasser eller ta bort en bakgrundsvariabel, och lämna inte ut filen.",
    ),
    "INL-42": Message(
        vad="Kolumnen {name} består av personuppgifter ({kind}) och skulle följa med i de bearbetade uppgifterna.",
        var="Kolumnen {name}",
        atgard="Ta bort den ur kodboken, eller ersätt den i filen med en kod utan innebörd.",
    ),
    "INL-43": Message(
        vad="Löpnumren i {name} är personuppgifter och har bytts mot nummer.",
        var="Kolumnen {name}",
        atgard="Inget behöver göras. Be institutet om löpnummer utan innebörd nästa gång.",
    ),
    "INL-45": Message(
        vad="Löpnumren i urvalsfilen {file} eller i svarsfilen är personuppgifter. De byts mot nummer utan innebörd, och då "
        "går det inte att se vem som svarade.",
        var="{file} och svarsfilen",
        atgard="Be institutet om samma löpnummer utan innebörd i båda filerna.",
    ),
    "INL-46": Message(
        vad="Strömmen ”{name}” har {answers} svar, men bara {invited:person|personer} tillfrågades. Svarsfrekvensen skulle bli över 100 procent.",
        var="Kodboken, streams, värdet {value}: invited",
        atgard="Rätta antalet tillfrågade, eller se efter om svar från en annan ström har fått samma värde i filen.",
    ),
    "INL-28": Message(
        vad="Filens flervalsfråga {group} räknar värdet {counted} som valt, men kodboken gör det inte.",
        var="Kodboken, multi_response > {name} > selected",
        atgard="Ange filens värde under selected.",
    ),
    "INL-29": Message(
        vad="Filen anger koderna {codes} som bortfall, men kodboken räknar dem som svar.",
        var="{name} (kolumnen {column})",
        atgard="Flytta koderna till missing i kodboken om de inte är svar.",
    ),
}
