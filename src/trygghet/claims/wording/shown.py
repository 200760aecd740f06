"""What figures, tables, drafts and the first screen say of the data: boxes, marks, legends of results, alternative texts."""

from typing import Final

from trygghet.claims.wording.text import Text

SHOWN: Final[dict[str, Text]] = {
    # The three boxes of an order, and whether its line can be drawn.
    "prio.surely": Text("SÄKERT BLAND DE {m}", "SURELY AMONG THE {m}"),
    "prio.surely.one": Text("SÄKERT FRÄMST", "SURELY FIRST"),
    "prio.surely.none": Text(
        "inget område kan säkert placeras här", "no area can be placed here with certainty"
    ),
    "prio.maybe": Text(
        "KAN HÖRA DIT ({places} av dessa {areas})", "MAY BELONG THERE ({places} of these {areas})"
    ),
    "prio.maybe.full": Text("KAN HÖRA DIT", "MAY BELONG THERE"),
    "prio.out": Text("HÖR INTE DIT", "NOT AMONG THEM"),
    "prio.bracket": Text(
        "skillnaderna är för små för att rangordna", "the differences are too small to rank"
    ),
    "prio.bracket.sentence": Text(
        "Skillnaderna är för små för att rangordna.", "The differences are too small to rank."
    ),
    "box.surely": Text("Säkert bland de {m}", "Surely among the {m}"),
    "box.maybe": Text("Kan höra dit", "May belong there"),
    "box.out": Text("Hör inte dit", "Not among them"),
    "promise.box.surely": Text("Säkert bland de prioriterade", "Surely among the prioritised"),
    "promise.box.maybe": Text("Områden att välja bland", "Areas to choose among"),
    "promise.box.respondents": Text("Mest valt bland de svarande", "Most chosen by the respondents"),
    "promise.choose": Text(
        "Det finns plats för {places} av dessa {areas}. Undersökningen kan inte avgöra vilka: valet är er bedömning.",
        "There is room for {places} of these {areas}. The survey cannot decide which: the choice is your judgement.",
    ),
    "rank.tiers": Text(
        "Heldragen linje mellan rader: allt ovanför är säkert före allt nedanför.",
        "A solid line between rows: everything above is surely before everything below.",
    ),
    "rank.notiers": Text(
        "Ingen säker gräns finns mellan grupper av rader.", "There is no secure line between groups of rows."
    ),
    "rank.secure": Text(
        "Gränsen mellan plats {m} och {next} är säkerställd.",
        "The line between place {m} and {next} is established.",
    ),
    "rank.insecure": Text(
        "Gränsen mellan plats {m} och {next} är inte säkerställd: {inside} och {outside} kan inte skiljas åt.",
        "The line between place {m} and {next} is not established: {inside} and {outside} cannot be told apart.",
    ),
    "rank.insecure.whole": Text(
        "Gränsen mellan plats {m} och {next} är inte säkerställd.",
        "The line between place {m} and {next} is not established.",
    ),
    "rank.borderline": Text(
        "På gränsen till att skiljas åt: {pairs}.", "On the verge of being told apart: {pairs}."
    ),
    "alt.rank.first": Text("Först kan vara: {labels}.", "May be first: {labels}."),
    "pairs.subtitle": Text(
        "Fylld ruta: raden är säkert före kolumnen ({level}, alla par samtidigt). Tom ruta ovanför de grå: kan inte skiljas åt.",
        "Filled cell: the row is surely before the column ({level}, all pairs together). Empty cell above the grey ones: cannot be told apart.",
    ),
    "pairs.subtitle.marginal": Text(
        "Fylld ruta: raden är före kolumnen ({level}, en rad i taget). Tom ruta ovanför de grå: kan inte skiljas åt.",
        "Filled cell: the row is before the column ({level}, one row at a time). Empty cell above the grey ones: cannot be told apart.",
    ),
    "alt.pairs": Text(
        "Tabell över par: {secure} av {pairs} par kan skiljas åt.",
        "Table of pairs: {secure} of {pairs} pairs can be told apart.",
    ),
    "alt.pairs.before": Text("{label} är säkert före {others}.", "{label} is surely before {others}."),
    "column.before.surely": Text("Säkert före", "Surely before"),
    # Orders of several streams, or counted in several ways.
    "agreement.everywhere": Text("ja, bland de {m}", "yes, among the {m}"),
    "agreement.nowhere": Text("ja, inte bland de {m}", "yes, not among the {m}"),
    "agreement.differs": Text("nej", "no"),
    "agreement.cannot_be_shown": Text("går inte att avgöra", "cannot be decided"),
    "streams.note": Text(
        "Bara {stream} är ett slumpmässigt urval. Övriga kolumner gäller bland de svarande: de har ingen felmarginal och säger inte "
        "hur stor andel av invånarna som tycker så.",
        "Only {stream} is a random sample. The other columns hold among the respondents: they have no margin of error and do not say "
        "what share of the residents think so.",
    ),
    "streams.note.open": Text(
        "Inget av svaren kommer från ett slumpmässigt urval. Alla kolumner gäller bland de svarande och har ingen felmarginal.",
        "None of the answers come from a random sample. All columns hold among the respondents and have no margin of error.",
    ),
    "table.order": Text(
        "De {m} främsta bland de svarande ({stream}), räknat på andra sätt",
        "The first {m} among the respondents ({stream}), counted in other ways",
    ),
    "order.first": Text("De {m} främsta", "The first {m}"),
    "order.stable": Text(
        "De {m} främsta är desamma hur svaren än räknas här. Det gör dem inte till invånarnas.",
        "The first {m} are the same in all these ways to count. That does not make them the residents'.",
    ),
    "order.unstable": Text(
        "De {m} främsta blir inte desamma på alla sätt att räkna, så ordningen bör inte tolkas.",
        "The first {m} are not the same in all these ways to count, so the order should not be interpreted.",
    ),
    "order.unraked": Text(
        "Svaren gick inte att räkna om till befolkningens sammansättning.",
        "The answers could not be reweighted to the population.",
    ),
    "order.selection": Text(
        "Gränsen går mellan {inside} och {outside}. Om de som valde bara det första av dem var {ratio} gånger så benägna att svara "
        "som de som valde bara det andra, hade de två bytt plats om alla hade svarat. Svaren visar inte hur det var med den saken.",
        "The line runs between {inside} and {outside}. If those who chose only the former were {ratio} times as willing to answer as "
        "those who chose only the latter, the two would have changed places had everyone answered. The answers do not tell.",
    ),
    "sources.unsure": Text(
        "Bland de {m} första vid en del metodval men inte vid andra: {areas}.",
        "Among the first {m} under some choices of method but not under others: {areas}.",
    ),
    "sources.influence": Text(
        "Det val som påverkar ordningen mest är {choice}.",
        "The choice that moves the order most is {choice}.",
    ),
    # Bars, areas against the others, and development.
    "alt.bars": Text(
        "Liggande stapeldiagram med felmarginaler ({level}), störst först: {values}.",
        "Horizontal bar chart with margins of error ({level}), largest first: {values}.",
    ),
    "alt.bars.open": Text(
        "Liggande stapeldiagram utan felmarginaler, andel bland de svarande, störst först: {values}. Svaren kommer inte "
        "från ett slumpmässigt urval och säger inte hur stor andel av invånarna som tycker så.",
        "Horizontal bar chart without margins of error, share of the respondents, largest first: {values}. The answers do "
        "not come from a random sample and do not say what share of the residents think so.",
    ),
    "heat.marks": Text(
        "▲ högre och ▼ lägre än bland övriga invånare: skillnaden är säkerställd även när alla jämförelser i tabellen "
        "räknas med. Utan märke: skillnaden kan inte säkerställas.",
        "▲ higher and ▼ lower than among the other residents: the difference holds even when all comparisons in "
        "the table are counted. Without a mark the difference cannot be established.",
    ),
    "heat.signs.open": Text(
        "Kolumnerna går inte att jämföra säkert: svaren kommer inte från ett slumpmässigt urval.",
        "The columns cannot be compared safely: the answers do not come from a random sample.",
    ),
    "alt.heat.higher": Text(
        "Säkerställt högre än bland övriga invånare: {where}.",
        "Established higher than in the rest: {where}.",
    ),
    "alt.heat.lower": Text(
        "Säkerställt lägre än bland övriga invånare: {where}.", "Established lower than in the rest: {where}."
    ),
    "alt.heat.none": Text(
        "Ingen skillnad mot övriga invånare är säkerställd.", "No difference from the rest is established."
    ),
    "trend.none": Text("Ingen jämförbar förändring.", "No comparable change."),
    "trend.step": Text(
        "Sedan {old}: {points} {unit} ({limits})|Minsta upptäckbara: {detectable}",
        "Since {old}: {points} {unit} ({limits})|Smallest detectable: {detectable}",
    ),
    "word.change.reading": Text(
        "En förändring är säkerställd bara om det sägs i texten: felmarginalerna gäller en rad i taget. Minsta upptäckbara "
        "förändring är den som mätningarna normalt (åtta gånger av tio) skulle visa.",
        "A change is established only where the text says so: the margins hold one row at a time. The smallest detectable change "
        "is the one that the surveys would normally (eight times out of ten) show.",
    ),
    "word.analysis.known": Text(
        "{share} vill prioritera området (felmarginal {limits}; {n} svarande).",
        "{share} want the area prioritised (margin of error {limits}; {n} respondents).",
    ),
    "word.analysis.known.open": Text(
        "{share} av de {n} som svarade vill prioritera området.",
        "{share} of the {n} who answered want the area prioritised.",
    ),
    # What weighting does.
    "response.precision": Text(
        "Viktningen gör att de {n} svaren ger samma säkerhet som {effective} svar med lika vikt (designeffekt {deff}).",
        "With the weights the {n} answers give the precision of {effective} equally weighted ones (design effect {deff}).",
    ),
    "response.range": Text(
        "Viktningen räknar upp eller ned ett svar med mellan {low} och {high} gånger.",
        "The weighting scales an answer by a factor between {low} and {high}.",
    ),
    "alt.response.most": Text("Viktningen ändrar mest: {shifts}.", "The weighting changes most: {shifts}."),
    "alt.response.shift": Text("{group} från {before} till {after}", "{group} from {before} to {after}"),
    "alt.balance.largest": Text(
        "Längst från befolkningen före viktning: {group} ({before}). Efter viktning: {other} ({after}).",
        "Farthest from the population before weighting: {group} ({before}). After weighting: {other} ({after}).",
    ),
    "move.beyond": Text("större", "larger"),
    "move.within": Text("mindre", "smaller"),
    "move.note": Text(
        "Viktningen flyttar {count} av {items} uppgifter längre än deras felmarginal. De hänger mer än de andra på att "
        "viktningen stämmer.",
        "Weighting moves {count} of {items} items further than their margin of error. They hang more than the others on the "
        "weighting being right.",
    ),
    "move.note.one": Text(
        "Viktningen flyttar en av {items} uppgifter längre än dess felmarginal. Den hänger mer än de andra på att viktningen "
        "stämmer.",
        "Weighting moves one of {items} items further than its margin of error. It hangs more than the others on the weighting "
        "being right.",
    ),
    "move.note.none": Text(
        "Viktningen flyttar ingen av {items} uppgifter längre än dess felmarginal.",
        "Weighting moves none of {items} items further than its margin of error.",
    ),
    "word.moves.table": Text(
        "De uppgifter som viktningen ändrar mest, procent", "The items that weighting changes most, per cent"
    ),
    "word.moves.rest": Text(
        "Tabellen visar de {count} uppgifter som ändras mest. Alla står i tabeller.xlsx.",
        "The table shows the {count} items that change most. All are in tabeller.xlsx.",
    ),
    # The first screen, and the weaknesses of the survey.
    "known.none": Text(
        "Undersökningen ger inget säkert besked om de frågor som har prövats.",
        "The survey gives no certain answer to the questions that were tried.",
    ),
    "unknown.none": Text(
        "Alla påståenden som har prövats gick att belägga.",
        "Every statement that was tried could be supported.",
    ),
    "weak.open": Text(
        "Vem som helst kunde svara. Svaren visar vad de svarande tycker, inte hur stor andel av invånarna som tycker så.",
        "Anyone could answer. The answers show what the respondents think, not what share of the residents think so.",
    ),
    "weak.nonresponse": Text(
        "{rate} av de tillfrågade svarade. Felmarginalerna räknar inte med att de som inte svarade kan tycka annorlunda.",
        "{rate} of those asked answered. The margins of error do not count that the others may think differently.",
    ),
    "weak.unknown_rate": Text(
        "Det framgår inte hur många som tillfrågades, så svarsandelen är okänd.",
        "How many were asked is not stated, so the response rate is unknown.",
    ),
    "weak.approximate": Text(
        "Urvalets utformning är inte helt känd, så felmarginalerna är ungefärliga.",
        "The sampling design is not fully known, so the margins of error are approximate.",
    ),
    "weak.households": Text(
        "Urvalet gjordes bland hushåll, inte bland personer.",
        "The sample was drawn among households, not persons.",
    ),
    "weak.census": Text(
        "Alla i gruppen tillfrågades, men alla svarade inte. De som inte svarade kan tycka annorlunda.",
        "Everyone in the group was asked, but not all answered. Those who did not may think differently.",
    ),
    "weak.weights": Text(
        "Vissa grupper svarade mer sällan och har räknats upp. Säkerheten motsvarar {effective} svar, inte {n}.",
        "Some groups answered less often and were weighted up. The precision is that of {effective} answers, not {n}.",
    ),
    "weak.unweighted": Text(
        "Svaren är inte viktade mot befolkningen, så grupper som svarar oftare väger tyngre.",
        "The answers are not weighted to the population, so groups that answer more often count more.",
    ),
    "weak.hidden": Text(
        "{count} uppgifter redovisas inte: för få har svarat.",
        "{count} figures are not shown: too few answered.",
    ),
    "weak.hidden.one": Text(
        "En uppgift redovisas inte: för få har svarat.", "One figure is not shown: too few answered."
    ),
}
