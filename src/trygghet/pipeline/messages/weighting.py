"""Swedish texts of the errors and notes of weighting (VIKT)."""

from trygghet.pipeline.messages.message import Message

_MARGINS = "Filen med befolkningstal (margins.csv)"
_CODEBOOK = "codebook.yaml, avsnittet design"
_STAGE = "Steget weight"

MESSAGES: dict[str, Message] = {
    "VIKT-01": Message(
        vad="Befolkningstalen går inte att läsa: {fil} saknar rader eller kolumnerna {kolumner}.",
        var=_MARGINS,
        atgard="Använd kolumnerna table, variables, categories, total, reference_date och source, med en rad per befolkningstal.",
    ),
    "VIKT-02": Message(
        vad="Tabellen {tabell} har {antal:befolkningstal som inte är ett positivt tal|befolkningstal som inte är positiva tal} ({kategorier}).",
        var=_MARGINS,
        atgard="Skriv antalet personer i varje kategori.",
    ),
    "VIKT-03": Message(
        vad="Tabellen {tabell} har samma kategori eller tabell två gånger ({kategorier}).",
        var=_MARGINS,
        atgard="Behåll en rad per kategori och en tabell per korsning.",
    ),
    "VIKT-04": Message(
        vad="Tabellen {tabell} har kategorier som inte har ett namn per variabel ({kategorier}).",
        var=_MARGINS,
        atgard="Skriv namnen i variablernas ordning med ” * ” emellan, till exempel ”Kvinna * 16-29”.",
    ),
    "VIKT-05": Message(
        vad="Kategorierna {kategorier} finns inte i tabellen {tabell} och kan därför inte slås ihop.",
        var=_MARGINS,
        atgard="Skriv variabler och kategorier exakt som de står bland befolkningstalen.",
    ),
    "VIKT-06": Message(
        vad="Befolkningstalen gäller inte samma personer: {tabell} ger {summa} men {annan} ger {annan_summa}.",
        var=_MARGINS,
        atgard="Hämta alla tabeller för samma åldrar, samma område och samma datum. Små skillnader, upp till två procent, jämkas automatiskt.",
    ),
    "VIKT-07": Message(
        vad="Tabellerna {tabell} och {annan} räknar samma grupp men skiljer sig med upp till {avstand}.",
        var=_MARGINS,
        atgard="Ta båda tabellerna från samma källa och datum, eller ta bort den grövre.",
    ),
    "VIKT-08": Message(
        vad="Tabellerna {tabell} och {annan} delar en variabel men har olika kategorier ({kategorier}).",
        var=_MARGINS,
        atgard="Skriv kategorierna likadant i båda tabellerna.",
    ),
    "VIKT-09": Message(
        vad="{antal} befolkningstal i {fil} går inte att läsa som tal (rad {rader}).",
        var="{fil}",
        atgard="Skriv ett tal, eller ordet ”proportionell” för ett svar som saknar befolkningstal.",
    ),
    "VIKT-10": Message(
        vad="Filen {fil} går inte att läsa.",
        var="{fil}",
        atgard="Kontrollera att filen finns och spara den som CSV UTF-8.",
    ),
    "VIKT-11": Message(
        vad="{antal} svarande har ett värde på {variabel} som saknar befolkningstal i tabellen {tabell}: {etiketter}. Kända namn är {kanda}.",
        var=_MARGINS,
        atgard="Rätta stavningen, ange ett annat namn under aliases i kodboken, eller skriv ”proportionell” som befolkningstal för värdet.",
    ),
    "VIKT-12": Message(
        vad="Ingen svarande finns i {antal} av kategorierna i tabellen {tabell} ({kategorier}).",
        var=_MARGINS,
        atgard="Kontrollera stavningen, eller slå ihop kategorin med en annan i kolumnen collapse.",
    ),
    "VIKT-13": Message(
        vad="{antal} av {rader} svarande saknar en vikt större än noll att utgå från.",
        var=_STAGE,
        atgard="Ge varje svarande en vikt större än noll.",
    ),
    "VIKT-14": Message(
        vad="Kodboken säger inte vilken kolumn som har uppgiften ”{nyckel}”.",
        var=_CODEBOOK,
        atgard="Lägg till kolumnen i kodboken, eller välj ett annat sätt att vikta i params.yaml (weighting, mode).",
    ),
    "VIKT-15": Message(
        vad="{antal} av {rader} svarande saknar en vikt större än noll i kolumnen {kolumn}.",
        var="Enkätfilen, kolumnen {kolumn}",
        atgard="Fråga institutet som levererade filen.",
    ),
    "VIKT-16": Message(
        vad="{antal} svarande saknar stratum i kolumnen {kolumn}.",
        var="Enkätfilen, kolumnen {kolumn}",
        atgard="Fyll i stratum från urvalsramen.",
    ),
    "VIKT-17": Message(
        vad="Kolumnen {kolumn} saknar tal, har tal som inte är större än noll eller har olika tal inom {antal} strata ({strata}).",
        var="Enkätfilen, kolumnen {kolumn}",
        atgard="Skriv samma befolkningstal för alla svarande i ett stratum.",
    ),
    "VIKT-18": Message(
        vad="{antal} strata har fler svarande än invånare ({strata}).",
        var="Enkätfilen, kolumnen med befolkningstal",
        atgard="Kontrollera befolkningstalen i filen.",
    ),
    "VIKT-19": Message(
        vad="Gränserna {granser} för hur mycket en vikt får ändras går inte att använda.",
        var="params.yaml, avsnittet weighting, bounds",
        atgard="Ange två tal på var sin sida om 1, till exempel [0.3, 3.0].",
    ),
    "VIKT-20": Message(
        vad="Vikterna nådde inte befolkningstalen på {varv} varv; det största felet är {fel}.",
        var=_STAGE,
        atgard="Höj max_iterations, vidga bounds eller slå ihop kategorier med få svarande.",
    ),
    "VIKT-21": Message(
        vad="Inga vikter inom gränserna når befolkningstalen. Dessa krockar: {marginaler}.",
        var="params.yaml, avsnittet weighting, bounds",
        atgard="Vidga gränserna; de snävaste som fungerar är {lagst} till {hogst}. Eller slå ihop kategorierna som krockar.",
    ),
    "VIKT-22": Message(
        vad="Inga vikter kan nå dessa befolkningstal samtidigt: {marginaler}. De grupper som behövs finns inte bland de svarande.",
        var=_MARGINS,
        atgard="Slå ihop kategorier, eller ta bort en av tabellerna.",
    ),
    "VIKT-23": Message(
        vad="Med metoden linear får {antal} svarande en vikt som inte är större än noll.",
        var="params.yaml, avsnittet weighting, method",
        atgard="Ange bounds, till exempel [0.3, 3.0], eller välj method: raking.",
    ),
    "VIKT-24": Message(
        vad="Efterstratifiering görs mot en tabell, men {antal:tabell|tabeller} gavs.",
        var=_MARGINS,
        atgard="Korsa variablerna i en tabell, eller välj method: raking.",
    ),
    "VIKT-25": Message(
        vad="Viktningen {lage} behöver befolkningstal, men det finns inga.",
        var=_MARGINS,
        atgard="Lägg till margins.csv i mätningens mapp, eller välj mode: supplied eller none i params.yaml.",
    ),
    "VIKT-26": Message(
        vad="Bara ett slumpmässigt urval i taget viktas till befolkningen. Det här gäller {strommar}.",
        var="codebook.yaml, avsnittet streams",
        atgard="Välj en ström som är ett slumpmässigt urval. Andra svar beskrivs bland de svarande, utan vikter.",
    ),
    "VIKT-27": Message(
        vad="Filen {fil} innehåller inga vikter från trygghet, eller är skadad.",
        var="{fil}",
        atgard="Kör steget weight igen.",
    ),
    "VIKT-28": Message(
        vad="I strömmen {strom} finns ingen som bor i kommunen.",
        var="codebook.yaml, avsnittet relation",
        atgard="Kontrollera vilka koder som betyder att personen bor i kommunen.",
    ),
    "VIKT-29": Message(
        vad="{vikter:vikt|vikter} passar inte till {svar} svar.",
        var=_STAGE,
        atgard="Kör stegen ingest och weight igen.",
    ),
    "VIKT-30": Message(
        vad="{antal:replikatvikt är negativ, eller så hör den|replikatvikter är negativa, eller så hör de} inte till de {rader} svarande.",
        var=_STAGE,
        atgard="Gör replikatvikter som inte kan bli negativa.",
    ),
    "VIKT-31": Message(
        vad="{fil} är ingen hel {form}-fil: talen och kategorierna passar inte ihop.",
        var="{fil}",
        atgard="Hämta tabellen igen.",
    ),
    "VIKT-32": Message(
        vad="Tabellen har ingen variabel {dimension}. Den har {kanda}.",
        var="Den publicerade tabellen",
        atgard="Ange variabeln med dess kod eller namn.",
    ),
    "VIKT-33": Message(
        vad="Variabeln {dimension} i den publicerade tabellen saknar {kategorier}.",
        var="Den publicerade tabellen",
        atgard="Ange värden som finns i tabellen.",
    ),
    "VIKT-34": Message(
        vad="Variabeln {dimension} i den publicerade tabellen har {antal:värde|värden}, och inget är valt.",
        var="Den publicerade tabellen",
        atgard="Välj ett värde, till exempel {exempel}.",
    ),
    "VIKT-35": Message(
        vad="Den publicerade tabellen saknar {antal} av {alla} tal. Dolda tal kan inte vara befolkningstal.",
        var="Den publicerade tabellen",
        atgard="Välj grövre grupper.",
    ),
    "VIKT-36": Message(
        vad="Nyckeln {fil} är tom eller ger {antal:småområde|småområden} två stadsdelar ({koder}).",
        var="{fil}",
        atgard="Skriv en rad per småområde: kod och stadsdel.",
    ),
    "VIKT-37": Message(
        vad="{antal:värde|värden} i den publicerade tabellen har ingen motsvarighet i {variabel} ({kategorier}).",
        var="Den publicerade tabellen",
        atgard="Ange vilken etikett i kodboken varje värde hör till, eller tom text för att lämna det utanför.",
    ),
    "VIKT-38": Message(
        vad="Åldrarna i den publicerade tabellen passar inte åldersgrupperna i {variabel} ({kategorier}).",
        var="Den publicerade tabellen",
        atgard="Hämta befolkningen i ettårsklasser, eller välj åldersgrupper som följer tabellens.",
    ),
    "VIKT-39": Message(
        vad="{adress} gav inget helt svar på {fraga} efter {forsok} försök ({orsak}). Inget har sparats.",
        var="Hämtning av befolkningstal",
        atgard="Kontrollera nätverket och försök igen senare.",
    ),
    "VIKT-40": Message(
        vad="{adress} avböjde frågan {fraga} (svar {status}).",
        var="Hämtning av befolkningstal",
        atgard="Kontrollera tabellens namn och de valda värdena.",
    ),
    "VIKT-41": Message(
        vad="Värdena {etiketter} i {variabel} säger inte vilka åldrar de gäller.",
        var="codebook.yaml, {variabel}",
        atgard="Ange åldersgrupper under derived (bands), eller namnge rätt variabel med --age.",
    ),
    "VIKT-42": Message(
        vad="Värdena i {variabel} säger inte vilka som är kvinnor och män.",
        var="codebook.yaml, {variabel}",
        atgard="Namnge koderna Kvinna och Man, eller namnge rätt variabel med --sex.",
    ),
    "VIKT-43": Message(
        vad="{antal:småområde|småområden} finns bara i nyckeln eller bara i SCB:s tabell ({koder}).",
        var="Nyckeln mellan småområden och stadsdelar",
        atgard="Komplettera nyckeln med kommunens alla områden.",
    ),
    "VIKT-44": Message(
        vad="Valet --by {val} finns inte.",
        var="trygghet margins fetch",
        atgard="Välj age,sex eller age,sex,deso eller age,sex,regso.",
    ),
    "VIKT-45": Message(
        vad="Småområden och en nyckel från dem till stadsdelar hör ihop, men bara det ena är angivet (--by {val}).",
        var="trygghet margins fetch",
        atgard="Ange både deso eller regso i --by och en CSV-fil med --key (områdets kod och stadsdelens namn), eller inget av dem.",
    ),
    "VIKT-46": Message(
        vad="Mätningen har redan befolkningstal i {fil}.",
        var="trygghet margins fetch",
        atgard="Lägg till --replace om margins.csv ska skrivas över. En arbetsbok flyttar du själv.",
    ),
    "VIKT-47": Message(
        vad="{antal:åldersgrupp|åldersgrupper} bland befolkningstalen når utanför de åldrar som enkäten gäller, {aldrar} år ({kategorier}).",
        var=_MARGINS,
        atgard="Ta bara med befolkningen i de åldrar som fick enkäten.",
    ),
    "VIKT-50": Message(
        vad="Vikterna i filen har medelvärdet {medel} och skalan är angiven som {skala}. Andelar påverkas inte, men antal personer kan inte räknas fram.",
        var=_CODEBOOK,
        atgard="Ange weight_scale: population eller mean_one.",
    ),
    "VIKT-51": Message(
        vad="Hushållets storlek saknas för {antal} av {rader} svarande i strömmen {strom}. Vikterna är därför ungefärliga.",
        var="codebook.yaml, avsnittet streams, household_size",
        atgard="Fråga efter antalet vuxna i hushållet i nästa omgång.",
    ),
    "VIKT-52": Message(
        vad="Det är inte angivet vem i hushållet som svarar i strömmen {strom}. Vikterna är därför ungefärliga.",
        var="codebook.yaml, avsnittet streams, who_answers",
        atgard="Ange who_answers: one_random om en slumpmässigt vald vuxen svarade.",
    ),
    "VIKT-53": Message(
        vad="Befolkningstabellerna skilde sig med upp till {avstand} och har jämkats till {antal:person|personer}.",
        var=_MARGINS,
        atgard="Inget behöver göras: publicerade tabeller har små slumpmässiga avvikelser.",
    ),
    "VIKT-54": Message(
        vad="{antal} svarande har inte uppgett {variabel}, eller har ett svar som befolkningen inte redovisas efter, "
        "och ingår i alla grupper i proportion till befolkningen.",
        var=_STAGE,
        atgard="Inget behöver göras. Ska de i stället fördelas som övriga svarande: skriv unplaced: as_respondents under weighting i params.yaml.",
    ),
    "VIKT-81": Message(
        vad="{antal} svarande har inte uppgett {variabel}, eller har ett svar som befolkningen inte redovisas efter, "
        "och räknas in i grupperna så som övriga svarande fördelar sig.",
        var=_STAGE,
        atgard="Inget behöver göras: så är det angivet i params.yaml (weighting, unplaced).",
    ),
    "VIKT-55": Message(
        vad="I tabellen {tabell} har {antal:kategori|kategorier} slagits ihop enligt den angivna listan: {sammanslagna}.",
        var=_MARGINS,
        atgard="Inget behöver göras.",
    ),
    "VIKT-56": Message(
        vad="{antal:kategori|kategorier} har färre än {grans} svarande ({kategorier}). Vikterna där vilar på få personer.",
        var=_MARGINS,
        atgard="Slå ihop dem med andra kategorier i kolumnen collapse.",
    ),
    "VIKT-57": Message(
        vad="{rader} svarande viktas mot {antal} befolkningstal, alltså färre än {grans} per tal. Felmarginalerna blir då för små.",
        var=_MARGINS,
        atgard="Använd färre eller grövre befolkningstabeller.",
    ),
    "VIKT-58": Message(
        vad="Befolkningstabellerna gäller olika datum ({datum}).",
        var=_MARGINS,
        atgard="Ta alla tabeller för samma datum.",
    ),
    "VIKT-59": Message(
        vad="Befolkningstalen gäller {datum}, {dagar:dag|dagar} från insamlingens slut {insamling}.",
        var=_MARGINS,
        atgard="Ta befolkningen vid det årsskifte som ligger närmast insamlingen.",
    ),
    "VIKT-63": Message(
        vad="{antal} av {alla:person|personer} saknar vikt.",
        var=_STAGE,
        atgard="Beräkna vikterna för samma personer.",
    ),
    "VIKT-64": Message(
        vad="{utan} svarande saknar hushåll och {olika} har en annan vikt att utgå från än sitt hushåll.",
        var="Enkätfilen, kolumnen {kolumn}",
        atgard="Fyll i hushållet och utgå från hushållets vikt.",
    ),
    "VIKT-65": Message(
        vad="Inom {inom} ligger den viktade andelen {kategori} {avstand} procentenheter från befolkningens. "
        "Mer än {grans} procentenheter skiljer i {antal:område|områden}: {lista}.",
        var=_MARGINS,
        atgard="Vikta mot den korsade tabellen, med små celler ihopslagna i kolumnen collapse.",
    ),
    "VIKT-66": Message(
        vad="Inga befolkningstal korsar {omrade} med ålder eller kön. Det går därför inte att se om rätt grupper har svarat inom varje område.",
        var=_MARGINS,
        atgard="Lägg till folkmängden efter område och ålder i margins.csv (variables: {omrade} * alder4). "
        "Med ordet kontroll i kolumnen table jämförs bara; annars viktas svaren mot den.",
    ),
    "VIKT-67": Message(
        vad="{tomma:kategori|kategorier} saknar svarande, {fel} tal är inte större än noll, och summorna ligger mellan {minst} och {mest}.",
        var=_STAGE,
        atgard="Slå ihop kategorier och räkna om befolkningstalen till samma summa.",
    ),
    "VIKT-70": Message(
        vad="Svaren passar inte befolkningen i tabellen {tabell}: {kategori} har {svarande} svarande där {vantat} var väntade ({antal:kategori|kategorier} avviker så).",
        var="Enkätfilen, kolumnen bakom {tabell}, mot filen med befolkningstal (margins.csv)",
        atgard="Varken slump eller bortfall förklarar det. Fråga den som gjorde filen vad koderna betyder, eller vikta mot en grövre indelning.",
    ),
    "VIKT-71": Message(
        vad="Medelvikten är {medel} och ligger utanför taket {tak}.",
        var=_STAGE,
        atgard="Välj ett tak som de flesta vikterna ligger under.",
    ),
    "VIKT-72": Message(
        vad="{antal} av {rader:vikt|vikter} har kapats vid {tak}. Vikterna stämmer då inte längre med befolkningstalen.",
        var=_STAGE,
        atgard="Ange taket i viktningen i stället (bounds), så stämmer både tak och befolkningstal.",
    ),
    "VIKT-79": Message(
        vad="Nyckeln {nyckel} översätter till stadsdelar, men kodboken säger inte vilken variabel som är området.",
        var="codebook.yaml, avsnittet areas",
        atgard="Ange areas: {{variable: …}} i kodboken, eller hämta utan --key.",
    ),
    "VIKT-80": Message(
        vad="Mätningen {wave} har befolkningstal i flera filer ({filer}). Det framgår inte vilka som gäller.",
        var="data/raw/{wave}",
        atgard="Behåll en av dem.",
    ),
    "VIKT-68": Message(
        vad="{antal} av {alla} svarande i strömmen {strom} bor inte i kommunen. Bara de som bor där viktas till befolkningen.",
        var=_STAGE,
        atgard="Ta bara med dem som bor i kommunen; de andra redovisas för sig.",
    ),
    "VIKT-69": Message(
        vad="De svarande i strömmen {strom} har valt själva att svara. Vikterna ändrar andelarna bland dem men säger inget om befolkningen.",
        var=_STAGE,
        atgard="Redovisa svaren som svar från dem som svarade.",
    ),
}
