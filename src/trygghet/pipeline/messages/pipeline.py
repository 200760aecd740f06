"""Swedish texts of errors about the project folder and its parameters."""

from trygghet.pipeline.messages.message import Message

MESSAGES: dict[str, Message] = {
    "PROJ-01": Message(
        vad="Mappen är inget trygghet-projekt: filen {file} saknas.",
        var="Mappen {folder}.",
        atgard="Stå i projektets mapp när du kör, eller ange mappen: trygghet run MAPP.",
    ),
    "PROJ-02": Message(
        vad="Inställningen ”{key}” går inte att använda: {reason}.",
        var="Filen {file}.",
        atgard="Rätta inställningen.{suggestion}",
    ),
    "PROJ-03": Message(
        vad="Mätningen {wave} finns inte bland inställningarna. Där finns: {known}.",
        var="Filen {file}, nyckeln waves.",
        atgard="Lägg till mätningen, eller ange en av dem som finns.",
    ),
    "PROJ-04": Message(
        vad="Filen {file} går inte att läsa som YAML (rad {line}).",
        var="Filen {file}.",
        atgard="Kontrollera indrag, kolon och citattecken på raden. Skriv mappar med vanligt snedstreck: svar/enkät.xlsx.",
    ),
    "PROJ-05": Message(
        vad="Filen {file} saknas.",
        var="Mätningen {wave}.",
        atgard="Lägg filen i mappen {folder}. Har den ett annat namn: skriv det i params.yaml.",
    ),
    "PROJ-06": Message(
        vad="Steget {stage} behöver resultat som inte finns ännu: {file}.",
        var="Steget {stage}.",
        atgard="Kör alla steg i ordning: trygghet run.",
    ),
    "PROJ-07": Message(
        vad="Mätningen {wave} anger {previous} som föregående mätning, men den finns inte bland inställningarna.",
        var="Filen {file}, nyckeln waves.",
        atgard="Lägg till den mätningen, eller ta bort previous.",
    ),
    "PROJ-08": Message(
        vad="Inställningen {setting} pekar på ”{name}”, som inte finns i kodboken för mätningen {wave}.",
        var="Filen {file}.",
        atgard="Rätta namnet, eller lägg till det i kodboken.{suggestion}",
    ),
    "PROJ-09": Message(
        vad="Sökvägen {path} leder ut ur projektets mapp.",
        var="Filen {file}.",
        atgard="Ange en fil inne i projektets mapp.",
    ),
    "PROJ-10": Message(
        vad="Inställningen {setting} gäller ”{name}”, som inte är en huvudindikator. Bara huvudindikatorer får meningar.",
        var="Filen {file}.",
        atgard="Lägg till ”{name}” under claims: families: headline (högst tolv), eller ta bort inställningen.",
    ),
    "PROJ-20": Message(
        vad="Projektet har ingen enkät ännu.",
        var="Filen {file}, nyckeln waves.",
        atgard="Lägg in svarsfilen: trygghet codebook draft FIL --wave ÅR.",
    ),
    "PROJ-21": Message(
        vad="Filen {file} finns redan och skrivs inte över.",
        var="Mappen {folder}.",
        atgard="Gå igenom den som finns, eller flytta den om du vill ha ett nytt utkast.",
    ),
    "PROJ-24": Message(
        vad="Rapporten från {previous} anger hur svaren samlades in ({ways}), men inställningarna säger inte hur det gick till {wave}. "
        "Svar som har samlats in på olika sätt jämförs inte.",
        var="Filen {file}, nyckeln waves, mätningen {wave}, published.",
        atgard="Skriv till exempel collected: post, med samma ord som i rapporten. Står det inte i rapporten: töm kolumnen insamlingssatt.",
    ),
    "PROJ-25": Message(
        vad="Filen {file} är inte sparad som UTF-8, så å, ä och ö går inte att läsa.",
        var="Filen {file}.",
        atgard="Öppna filen i Anteckningar, välj Spara som och kodningen UTF-8.",
    ),
    "PROJ-26": Message(
        vad="Mätningarna ({waves}) anger varandra som föregående mätning, i en cirkel.",
        var="Filen {file}, nyckeln waves.",
        atgard="Rätta previous. Den första mätningen har ingen föregående.",
    ),
    "FIL-01": Message(
        vad="Filen {file} går inte att öppna eller skriva: den är öppen i ett annat program, eller så saknar du behörighet.",
        var="{folder}",
        atgard="Stäng filen i Excel, Word eller SPSS och kör igen. Hjälper inte det: fråga IT om behörigheten till mappen.",
    ),
    "PROJ-11": Message(
        vad="Utkastet {file} finns inte.",
        var="Filen {file}.",
        atgard="Ange var filen ligger: trygghet granska UTKAST.",
    ),
    "PROJ-12": Message(
        vad="Utkastet {file} går inte att läsa som text eller Word-dokument.",
        var="Filen {file}.",
        atgard="Spara det som .docx eller .txt och försök igen.",
    ),
    "PROJ-22": Message(
        vad="Den sammanvägda prioriteringen bygger på {named}, som inte finns eller inte går att använda.",
        var="{file} i mappen sources.",
        atgard="Rätta namnet eller tabellen, eller ta bort filen om ingen sammanvägning ska göras.",
    ),
    "FIL-04": Message(
        vad="En annan körning pågår redan i mappen {folder}.",
        var="Mappen {folder}.",
        atgard="Vänta tills den är klar, eller stäng fönstret där den körs. Kör sedan igen.",
    ),
    "FIL-02": Message(
        vad="Disken är full, så resultaten gick inte att skriva. Det som var klart sedan tidigare är orört.",
        var="{fil}",
        atgard="Frigör utrymme och kör igen.",
    ),
    "FIL-03": Message(
        vad="Sökvägen till {fil} är för lång för datorn.",
        var="{fil}",
        atgard="Flytta projektet till en mapp med kortare namn, till exempel C:\\Trygghet, och kör igen.",
    ),
}
