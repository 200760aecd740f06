"""What is told about a claim in a draft when no rule of the grammar could judge it, or when it should not be written at all."""

from typing import Final

ADVICE: Final[dict[str, str]] = {
    "cause": "En undersökning ger inga orsaker. Skriv vad som är uppmätt, och lägg orsakerna i er egen analys: ”{words}” bör bort.",
    "goal": "Detta är ett mål, inget mätresultat. Ange utgångsläge, siffra och datum. {baseline}",
    "goal.baseline": "Utgångsläge: {level} {next}",
    "goal.none": "Det finns inget utgångsläge i undersökningen för detta mål.",
    "topic": "Det går inte att se vilken fråga i undersökningen som meningen bygger på.",
    "level": "Undersökningen har ingen siffra för detta bland invånarna.",
    "one_wave": "Att något har ökat eller minskat kräver två mätningar. Det finns bara en.",
    "next": "En ny lika stor undersökning upptäcker normalt en förändring på omkring {needed}.",
    "untried": "Förändringen är inte prövad. Frågan ställdes inte likadant förra gången, eller hör inte till huvudindikatorerna.",
    "register": "Anmälda brott visar vad som har anmälts eller upptäckts, inte hur vanligt något är. Antalet narkotika- och trafikbrott "
    "följer dessutom hur mycket polisen kontrollerar. Skriv att anmälningarna har ökat eller minskat, med antal, år och källa.",
    "young": "Påståendet gäller barn eller unga. Det finns inget slumpmässigt urval av dem att bygga det på.",
    "source": "Källan är inte angiven. Skriv vilken mätning det är, vilka som svarade, hur många de var och när det var.",
    "reference": "Det finns inget angivet jämförelsetal för riket.",
    "margin": "Vad som räknas som oförändrat är inte bestämt i förväg.",
    "threshold": "Ingen gräns för ordet är bestämd i förväg. Skriv siffran i stället: {level}",
    "definition": "Vad ”{words}” betyder är inte bestämt i förväg. Skriv siffran i stället: {level}",
    "definition.none": "Vad ”{words}” betyder är inte bestämt i förväg, och undersökningen har ingen siffra för detta.",
    "effect": "Ordet effekt kräver ett jämförbart område som var bestämt i förväg. Före och efter räcker inte.",
    "order": "Ordningen är inte prövad.",
    "order.item": "Det går inte att se vad meningen sätter först, så den kan inte bekräftas. Det här visar undersökningen:",
    "places": "Undersökningen redovisar hela områden. För delar av ett område finns bara de platser som de svarande har pekat ut.",
    "group": "Påståendet gäller en del av invånarna, men det som är prövat gäller alla. Pröva det för just den gruppen.",
    "pair": "Det finns inte två frågor till samma personer att jämföra.",
    "both": "För att säga att två saker gäller på samma gång behöver de vara uppmätta hos samma personer, eller i samma områden.",
    "count.right": "Antalet stämmer: {told}.",
    "count.wrong": "Antalet stämmer inte. I undersökningen finns {told}.",
    "count.none": "Det finns inget antal svarande att jämföra med.",
    "share.right": "Siffran ligger inom felmarginalen: {level}",
    "share.wrong": "Siffran ligger utanför felmarginalen: {level}",
    "stream": "Underlaget är en öppen eller inbjuden enkät. Den beskriver de svarande, inte invånarna.",
}
