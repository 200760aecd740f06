"""The workbook that Microsoft Forms exports from an open link: question texts as headings, answer texts in the cells."""

import numpy as np
import pandas as pd

from trygghet.datasets import exempelstad

_PROBLEMS = {
    "f14a": "Nedskräpning", "f14b": "Skadegörelse och klotter", "f14c": "Öppen narkotikahandel",
    "f14e": "Berusade personer utomhus", "f14f": "Ungdomsgrupper som bråkar eller stör ordningen",
    "f14i": "Buskörning med mopeder och bilar", "f14j": "Inbrott i bostäder och förråd", "f14l": "Mörka eller dåligt upplysta platser",
}  # fmt: skip
_WORRIES = {"f17a": "Överfall eller misshandel", "f17b": "Rån", "f17d": "Inbrott i bostaden", "f17e": "Bedrägeri på nätet"}  # fmt: skip
_PLAIN = {
    "f1": "Är du …?",
    "f4": "I vilket område bor du?",
    "f12a": "Hur trygg känner du dig när du går ute ensam sent en kväll där du bor?",
    "f12b": "Hur trygg känner du dig ute ensam på dagen där du bor?",
}
_LATER = {"f25": "Känner du till medborgarlöftet mellan kommunen och polisen?"}
AGE = "Hur gammal är du?"
PRIORITIES = "Vilka områden tycker du att kommunen och polisen ska prioritera? Välj högst tre."
COMMENT = "Är det något mer du vill berätta?"
_AGES = ("16–29 år", "30–49 år", "50–64 år", "65 år eller äldre")


def forms_export():
    """The open web link's answers of Exempelstad, as Forms would export them."""
    wave = exempelstad("2026")
    book = wave.codebook
    rows = wave.frame[wave.frame["strom"] == 2].reset_index(drop=True)
    by_column = {variable.column: variable for variable in book.variables.values()}
    start = pd.Timestamp("2026-09-12 08:00") + pd.to_timedelta(np.arange(len(rows)) * 37, unit="min")
    frame = pd.DataFrame(
        {
            "ID": np.arange(1, len(rows) + 1),
            "Starttid": start,
            "Slutförandetid": start + pd.Timedelta(minutes=6),
            "E-post": "anonymous",
            "Namn": None,
        }
    )

    def texts(column):
        labels = by_column[column].labels | {
            code: "Vet ej" for code, kind in by_column[column].missing.items() if kind == "dont_know"
        }
        return [labels.get(code) for code in rows[column]]

    for column, heading in _PLAIN.items():
        frame[heading] = texts(column)
    age = 2026 - rows["f2"]
    frame[AGE] = [
        None if not 16 <= years <= 110 else _AGES[int(np.searchsorted((30, 50, 65), years, side="right"))]
        for years in age.fillna(0)
    ]
    for column, heading in {**_PROBLEMS, **_WORRIES, **_LATER}.items():
        frame[heading] = texts(column)
    block = book.multi_response["prio"]
    picked = {name: rows[column] == 1 for name, column in block.columns.items()}
    chosen = pd.DataFrame({block.labels[name]: ticks for name, ticks in picked.items()})
    chosen["Inget av dessa"] = rows[block.none] == 1
    frame[PRIORITIES] = [
        "".join(f"{name};" for name in chosen.columns[row]) or None for row in chosen.to_numpy()
    ]
    frame[COMMENT] = [text or None for text in rows["f33"]]
    return frame


def write_forms_export(path):
    """Write the export as .xlsx with the sheet's usual name."""
    with pd.ExcelWriter(path, engine="xlsxwriter") as book:
        forms_export().to_excel(book, sheet_name="Sheet1", index=False)
