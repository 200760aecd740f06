"""Swedish texts of errors in models and tests."""

from trygghet.pipeline.messages.message import Message

MESSAGES: dict[str, Message] = {
    "SKATT-41": Message(
        vad="Modellen för små områden kan inte användas: {fann}.",
        var="Den modell som skulle skatta områdena.",
        atgard="Välj en fråga i taget och ange en rad med bakgrundsfakta för varje område.",
    ),
    "SKATT-42": Message(
        vad="{antal:område|områden} räcker inte för {koefficienter} samband i modellen.",
        var="Den modell som skulle skatta områdena.",
        atgard="Använd färre bakgrundsfakta, slå ihop områden eller visa de vanliga resultaten.",
    ),
    "SKATT-44": Message(
        vad="Frågorna {rad} och {kolumn} har {rader} respektive {kolumner} svarsalternativ som någon har valt. Det behövs minst två.",
        var="Det samband som skulle prövas.",
        atgard="Välj frågor där svaren skiljer sig åt.",
    ),
    "SKATT-45": Message(
        vad="Modellen för {utfall} går inte att räkna ut: {fann}.",
        var="Modellens utfall och förklaringar.",
        atgard="Ta bort förklaringar som säger samma sak eller som avgör svaret helt.",
    ),
    "SKATT-47": Message(
        vad="Vikterna bakom resultatet finns inte sparade, så osäkerheten kan inte räknas ut från dem.",
        var="Resultatet lästes från fil.",
        atgard="Räkna ut intervallen innan resultatet sparas, eller välj en annan designeffekt.",
    ),
    "SKATT-46": Message(
        vad="Ett gemensamt test behöver minst två resultat med osäkerhet. Här finns {antal}.",
        var="Resultaten som skulle prövas.",
        atgard="Välj grupper som har svar, och frågor där svaren skiljer sig åt.",
    ),
    "SKATT-49": Message(
        vad="Intervall på nivån {niva} finns inte sparade. Sparade nivåer: {finns}.",
        var="Resultatet lästes från fil.",
        atgard="Välj en av de nivåerna, eller räkna ut intervallen innan resultatet sparas.",
    ),
    "SKATT-50": Message(
        vad="Antalet frihetsgrader kan inte räknas ut från stickprovets strata.",
        var="Resultatet bygger på replikatvikter eller på flera mätningar, eller är läst från fil.",
        atgard="Ange antalet frihetsgrader som ett tal, eller räkna ut dem innan resultaten jämförs eller sparas.",
    ),
}
