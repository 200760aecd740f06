"""The rule behind each kind of statement, for the method annex."""

from typing import Final

RULES: Final[dict[str, str]] = {
    "among_largest": "Simultana rangintervall ({level}) ur den gemensamma kovariansen: säkert bland de {m} om hela intervallet ligger "
    "inom plats 1–{m}, kan höra dit om det går över gränsen.",
    "cut_off": "Gränsen är säkerställd när de simultana rangintervallen ({level}) visar vilka {m} som hör dit.",
    "largest": "Störst skrivs bara när hela det simultana rangintervallet ({level}) är plats 1.",
    "above_rest": "Skillnad mot resten, där den egna gruppen inte ingår; felrisken ({level}) gäller hela familjen av jämförelser "
    "({method}).",
    "change": "Skillnad mellan oberoende urval, {level} intervall utan ändlighetskorrektion; felrisken gäller alla förändringar som prövas ({method}).",
    "threshold": "Lågt eller högt skrivs bara när hela intervallet ({level}) ligger på ena sidan av den gräns som är fastställd i förväg.",
    "level": "Skattning med felmarginal ({level}); ingen jämförelse görs.",
    "respondents": "Självvalda eller inbjudna svar beskrivs bland de svarande, utan felmarginal.",
    "not_random": "Ett påstående om invånarna kräver ett slumpmässigt urval.",
    "break": "Två undersökningar jämförs bara när fråga, svarsalternativ, bas, åldrar och insamlingssätt är desamma.",
    "base": "Ett påstående kräver att någon har svarat och att felmarginalen går att beräkna.",
    "more_than": "Skillnad mellan två andelar bland samma personer, ur den gemensamma kovariansen; felrisken ({level}) gäller alla par som "
    "prövas ({method}).",
    "unchanged": "Ekvivalenstest (två ensidiga test) mot en gräns som är fastställd i förväg; felrisken ({level}) gäller alla som prövas "
    "(Holms metod). Att en förändring inte är säkerställd räcker inte.",
    "word": "Ordet skrivs bara med en betydelse som är fastställd i förväg, och när hela intervallet ({level}) uppfyller den.",
    "both": "Andel av andel bland samma personer, {level} felmarginal.",
    "reference": "Skillnad mot ett angivet jämförelsetal, med dess osäkerhet när den är känd ({level}, {method}).",
    "same_as_national": "Skillnad i förändring mot ett angivet jämförelsetal: ekvivalenstest mot en gräns som är fastställd i förväg "
    "({level}).",
    "effect": "Ordet effekt kräver en angiven jämförelse: skillnad i förändring mot jämförelseområdet ({level}, {method}).",
}
