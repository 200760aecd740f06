# ruff: noqa: INP001 - a script of an example is no package
"""Population margins of Sweden, 31 December 2015, 15 years and older, from SCB's open population file.

``python make_margins.py sweden_popn_all.csv.gz margins.csv`` writes sex x age band and NUTS 2;
with ``--nuts3`` it adds the counties as a table to compare with (``kontroll``), which shows that the survey's NUTS 3 codes are wrong.
"""

import sys
from pathlib import Path

import pandas as pd

YEAR = 2015
BANDS = {"15–29": (15, 29), "30–49": (30, 49), "50–64": (50, 64), "65+": (65, 120)}
# The file writes county names without å, ä and ö; "Gotaland" is Västra Götaland.
COUNTIES = {
    "Stockholm": "SE110 Stockholm",
    "Uppsala": "SE121 Uppsala",
    "Sodermanland": "SE122 Södermanland",
    "Ostergotland": "SE123 Östergötland",
    "Orebro": "SE124 Örebro",
    "Vastmanland": "SE125 Västmanland",
    "Jonkoping": "SE211 Jönköping",
    "Kronoberg": "SE212 Kronoberg",
    "Kalmar": "SE213 Kalmar",
    "Gotland": "SE214 Gotland",
    "Blekinge": "SE221 Blekinge",
    "Skane": "SE224 Skåne",
    "Halland": "SE231 Halland",
    "Gotaland": "SE232 Västra Götaland",
    "Varmland": "SE311 Värmland",
    "Dalarna": "SE312 Dalarna",
    "Gavleborg": "SE313 Gävleborg",
    "Vasternorrland": "SE321 Västernorrland",
    "Jamtland": "SE322 Jämtland",
    "Vasterbotten": "SE331 Västerbotten",
    "Norrbotten": "SE332 Norrbotten",
}
NUTS2 = {
    "SE11": "Stockholm",
    "SE12": "Östra Mellansverige",
    "SE21": "Småland med öarna",
    "SE22": "Sydsverige",
    "SE23": "Västsverige",
    "SE31": "Norra Mellansverige",
    "SE32": "Mellersta Norrland",
    "SE33": "Övre Norrland",
}
SEXES = {"Females": "Kvinna", "Males": "Man"}


def margins(population: Path, *, nuts3: bool = False) -> pd.DataFrame:
    """Rows of ``margins.csv``."""
    people = pd.read_csv(population).query("year == @YEAR")
    people = people.assign(age=people["age"].str.rstrip("+").astype(int)).query("age >= 15")
    county = people["region"].map(COUNTIES)
    band = people["age"].map(
        {age: name for name, (low, high) in BANDS.items() for age in range(low, high + 1)}
    )
    sex = people["sex"].map(SEXES)
    keys = {
        ("kon_alder", "kon * alder4"): sex + " * " + band,
        ("region", "nuts2"): county.str[:4].map(NUTS2),
    }
    if nuts3:
        keys["kontroll", "nuts3"] = county
    tables = [
        people.groupby(key)["n"]
        .sum()
        .rename_axis("categories")
        .reset_index(name="total")
        .assign(table=table, variables=names)
        for (table, names), key in keys.items()
    ]
    rows = pd.concat(tables, ignore_index=True).assign(
        reference_date=f"{YEAR}-12-31", source="SCB, folkmängd 31 december"
    )
    return rows[["table", "variables", "categories", "total", "reference_date", "source"]]


if __name__ == "__main__":
    source, target, *options = sys.argv[1:]
    margins(Path(source), nuts3="--nuts3" in options).to_csv(target, index=False, lineterminator="\n")
