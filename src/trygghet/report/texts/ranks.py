"""Texts of the method annex's figures of ranks and of composite priorities."""

from typing import Final

from trygghet.report.texts.text import Text

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
    "alt.rank.first": Text("Först kan vara: {labels}.", "May be first: {labels}."),
    # The pairwise matrix.
    "pairs.title": Text("Vilka par kan skiljas åt?", "Which pairs can be told apart?"),
    "pairs.subtitle": Text(
        "Fylld ruta: raden är säkert före kolumnen ({level}, alla par samtidigt). Tom ruta: kan inte skiljas åt.",
        "Filled cell: the row is surely before the column ({level}, all pairs together). Empty cell: cannot be told apart.",
    ),
    "pairs.subtitle.marginal": Text(
        "Fylld ruta: raden är före kolumnen ({level}, en rad i taget). Tom ruta: kan inte skiljas åt.",
        "Filled cell: the row is before the column ({level}, one row at a time). Empty cell: cannot be told apart.",
    ),
    "alt.pairs": Text(
        "Tabell över par: {secure} av {pairs} par kan skiljas åt.",
        "Table of pairs: {secure} of {pairs} pairs can be told apart.",
    ),
    "alt.pairs.before": Text("{label} är säkert före {others}.", "{label} is surely before {others}."),
    "column.row": Text("Rad", "Row"),
    "column.before.surely": Text("Säkert före", "Surely before"),
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
        "Streckad linje till höger: placering vid andra rimliga metodval (mittersta 90 %). Det är inget konfidensintervall.",
        "Dashed line to the right: place under other reasonable choices of method (middle 90%). It is not a confidence interval.",
    ),
    "composite.nobasis": Text("ingen enkätgrund", "no survey basis"),
    "composite.score": Text("Poäng", "Score"),
    "composite.method.low": Text("Placering vid andra metodval, från", "Place under other methods, from"),
    "composite.method.high": Text("Placering vid andra metodval, till", "Place under other methods, to"),
    "composite.basis": Text("Underlag", "Basis"),
    "alt.composite": Text(
        "Staplat diagram över sammanvägd prioritering: {rows}.",
        "Stacked chart of composite priority: {rows}.",
    ),
    "alt.composite.row": Text(
        "{label} {score}, möjlig plats {places}", "{label} {score}, possible place {places}"
    ),
    "alt.composite.method": Text("vid andra metodval plats {places}", "under other methods place {places}"),
}
