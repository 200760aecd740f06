"""Texts of the method annex's figures of ranks and of composite priorities."""

from typing import Final

from trygghet.claims.wording.text import Text

RANK_TEXTS: Final[dict[str, Text]] = {
    # The rank plot.
    "rank.title": Text("Vilka placeringar är möjliga?", "Which places are possible?"),
    "rank.subtitle": Text(
        "Möjlig placering från och till ({family}, {level}). Punkten är placeringen i undersökningen.",
        "Possible place from and to ({family}, {level}). The dot is the place in the survey.",
    ),
    "rank.joint": Text("alla gäller samtidigt", "all hold together"),
    "rank.marginal": Text("en rad i taget", "one row at a time"),
    "rank.axis": Text("Placering", "Place"),
    "rank.cutoff": Text("gräns efter plats {m}", "line after place {m}"),
    "rank.name.mrsw": Text(
        "Mogstad, Romano, Shaikh och Wilhelm 2024", "Mogstad, Romano, Shaikh and Wilhelm 2024"
    ),
    "rank.name.kww": Text("Klein, Wright och Wieczorek 2020", "Klein, Wright and Wieczorek 2020"),
    "rank.name.multinomial": Text(
        "exakta multinomialtest med Holms metod", "exact multinomial tests with Holm's method"
    ),
    "rank.name.mcnemar": Text(
        "McNemars exakta test med Holms metod", "McNemar's exact test with Holm's method"
    ),
    "rank.method": Text(
        "Metod {method}, {draws} dragningar, frö {seed}, kritiskt värde {critical}.",
        "Method {method}, {draws} draws, seed {seed}, critical value {critical}.",
    ),
    "rank.method.exact": Text(
        "Metod {method}, exakta test utan dragningar.", "Method {method}, exact tests without draws."
    ),
    "rank.hidden": Text("placering redovisas inte", "place not shown"),
    "alt.rank": Text(
        "Diagram över möjliga placeringar ({level}): {sets}.", "Chart of possible places ({level}): {sets}."
    ),
    "alt.rank.set": Text("{label} plats {places}", "{label} place {places}"),
    # The pairwise matrix.
    "pairs.title": Text("Vilka par kan skiljas åt?", "Which pairs can be told apart?"),
    "column.row": Text("Alternativ", "Option"),
    "pairs.nobody": Text("inget av de andra", "none of the others"),
    # The composite.
    "composite.title": Text(
        "Hur byggs den sammanvägda prioriteringen upp?", "How is the composite priority made up?"
    ),
    "composite.subtitle": Text(
        "Stapeln: källornas bidrag till poängen. Till höger: möjliga placeringar.",
        "The bar: what each source adds to the score. To the right: possible places.",
    ),
    "composite.sampling": Text(
        "Fylld stapel till höger: möjlig placering med hänsyn till urvalet, med de beslutade vikterna.",
        "Filled bar to the right: possible place given the sampling, at the declared weights.",
    ),
    "composite.method": Text(
        "Streckad linje till höger: placering vid andra rimliga metodval (mittersta 90\N{NO-BREAK SPACE}%). Det är inget konfidensintervall.",
        "Dashed line to the right: place under other reasonable choices of method (middle 90%). It is not a confidence interval.",
    ),
    "composite.nobasis": Text("ingen enkätgrund", "no survey basis"),
    "composite.score": Text("Poäng", "Score"),
    "composite.method.low": Text("Placering vid andra metodval, från", "Place under other methods, from"),
    "composite.method.high": Text("Placering vid andra metodval, till", "Place under other methods, to"),
    "composite.method.range": Text("Placering vid andra metodval", "Place under other methods"),
    "composite.basis": Text("Underlag", "Basis"),
    "alt.composite": Text(
        "Staplat diagram över sammanvägd prioritering: {rows}.",
        "Stacked chart of composite priority: {rows}.",
    ),
    "alt.composite.row": Text(
        "{label} {score}, möjlig plats {places}", "{label} {score}, possible place {places}"
    ),
    "alt.composite.method": Text("vid andra metodval plats {places}", "under other methods place {places}"),
    "composite.decided": Text("Vikterna: {who}, {when}.", "Weights: {who}, {when}."),
    "section.composite": Text("Sammanvägd prioritering", "Composite priority"),
    "table.composite": Text(
        "Sammanvägd prioritering: källornas bidrag och möjliga placeringar",
        "Composite priority: contributions of the sources and possible places",
    ),
    # Priorities by stream.
    "section.streams": Text("Prioriteringar från olika håll", "Priorities by stream"),
    "tab.streams": Text("Olika håll", "By stream"),
    "table.bystream": Text(
        "Samma fråga, olika svarande: svaren är inte sammanslagna",
        "The same question, other respondents: the answers are not pooled",
    ),
    "streams.share": Text("{stream}: andel, procent", "{stream}: share, per cent"),
    "streams.margin": Text("{stream}: felmarginal", "{stream}: margin of error"),
    "streams.box": Text("{stream}: hör dit?", "{stream}: belongs?"),
    "streams.share.open": Text(
        "{stream}: andel bland de svarande, procent", "{stream}: share among the respondents, per cent"
    ),
    "streams.place.open": Text(
        "{stream}: ordning bland de svarande", "{stream}: order among the respondents"
    ),
    "streams.agreement": Text("Samma bild av de {m}?", "Same picture of the {m}?"),
    # Whether an order among respondents holds.
    "section.order": Text(
        "Håller ordningen bland de svarande ({stream})?",
        "Does the order among the respondents hold ({stream})?",
    ),
    "tab.order": Text("Ordning {stream}", "Order {stream}"),
    "order.way": Text("Sätt att räkna", "Way to count"),
    "order.n": Text("Antal svarande", "Respondents"),
    "order.members": Text("Samma {m}?", "The same {m}?"),
    "order.same": Text("Samma ordning?", "Same order?"),
    "order.plain": Text("Som svaren kom in", "As answered"),
    "order.raked": Text("Omräknat till befolkningens sammansättning", "Reweighted to the population"),
    "order.without": Text("Utan svaren från {detail}", "Without the answers from {detail}"),
    "order.stream": Text("Svaren från {detail}", "The answers from {detail}"),
    "order.sample": Text("I det slumpmässiga urvalet ({detail})", "In the random sample ({detail})"),
    "section.places": Text("Möjliga placeringar", "Possible places"),
    "section.pairs": Text("Par som kan skiljas åt", "Pairs told apart"),
    "yes": Text("ja", "yes"),
    "no": Text("nej", "no"),
    # Districts.
    "section.districts": Text(
        "Områdenas möjliga placering: {item}", "Possible places of the districts: {item}"
    ),
    "tab.districts": Text("Områdesplacering", "Places of districts"),
    "districts.mean": Text("Modellbaserad skattning, procent", "Model-based estimate, per cent"),
    "districts.expected": Text("Modellens väntade placering", "Expected place by the model"),
    "districts.first": Text(
        "Modellens sannolikhet att vara bland de {m} första, procent",
        "Model's probability of the first {m}, per cent",
    ),
    "districts.sets": Text(
        "Möjlig placering: alla gäller samtidigt ({level}). Plats 1 är överst.",
        "Possible place: all hold together ({level}). Place 1 is at the top.",
    ),
    "districts.model": Text(
        "De tre sista kolumnerna är modellbaserade: de antar att områdena liknar varandra, och drar små områden mot medelvärdet. Läs dem "
        "bredvid de möjliga placeringarna, inte i stället för dem.",
        "The last three columns are model-based: they assume that districts are alike, and draw small districts to the mean. Read them "
        "beside the possible places, not instead of them.",
    ),
    # What a composite is made of.
    "section.sources": Text(
        "Den sammanvägda prioriteringens källor och vikter", "Sources and weights of the composite priority"
    ),
    "tab.sources": Text("Källor och vikter", "Sources and weights"),
    "sources.source": Text("Källa", "Source"),
    "sources.pillar": Text("Pelare", "Pillar"),
    "sources.weight": Text("Vikt, procent", "Weight, per cent"),
    "sources.counted": Text("Vad som räknas", "What is counted"),
    "sources.unit": Text("Enhet", "Unit"),
    "sources.period": Text("Period", "Period"),
    "sources.population": Text("Avser", "About"),
    "sources.coverage": Text("Täcker inte", "Does not cover"),
    "sources.scale": Text("Skala", "Scale"),
    "sources.error": Text("Slumpfel räknat", "Sampling error counted"),
    "sources.posts": Text("{low} ger 0; {high} ger 1", "{low} gives 0; {high} gives 1"),
    "sources.reference": Text("i förhållande till {value}", "relative to {value}"),
    "sources.sum": Text(
        "Poängen är den viktade summan av källornas värden på skalan 0 till 1. Gränserna är fasta, så att år kan jämföras.",
        "The score is the weighted sum of the sources' values on the scale 0 to 1. The ends are fixed, so that years can be compared.",
    ),
    "sources.renormalised": Text(
        "Där en källa saknar uppgift bär de andra källorna hela vikten. Det gäller {areas}.",
        "Where a source has no number, the other sources carry all weight. This concerns {areas}.",
    ),
    "choice.weight": Text("vikten för {source}", "the weight of {source}"),
    "choice.scale": Text("skalan", "the scale"),
    "choice.aggregation": Text("sättet att lägga ihop", "the way of adding up"),
    "choice.dropped source": Text("vilka källor som är med", "which sources are in"),
}
