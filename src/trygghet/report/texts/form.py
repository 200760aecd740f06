"""Texts around the questionnaire."""

from typing import Final

from trygghet.claims.wording.text import Text

FORM_TEXTS: Final[dict[str, Text]] = {
    "form.status": Text("FRÅGEFORMULÄR", "QUESTIONNAIRE"),
    "form.to_institute": Text("Till den som samlar in svaren", "To the collector of the answers"),
    "form.delivery": Text(
        "Leverera svaren som en SPSS-fil (.sav), eller som .xlsx eller .csv i UTF-8, med en rad för varje svarande och de kolumner och koder "
        "som står i tabellen. Ta inte med namn, adress, e-post, telefon eller personnummer. Leverera också hur urvalet drogs, hur många som "
        "fick frågan och hur många som inte kunde nås, och en kolumn med vikt om ni väger svaren.",
        "Deliver the answers as an SPSS file (.sav), or as .xlsx or .csv in UTF-8, with a row for each respondent and the columns and codes "
        "in the table. Leave out names, addresses, e-mail, telephone and personal numbers. Deliver also how the sample was drawn, how many "
        "were asked and how many could not be reached, and a column of weights if you weight the answers.",
    ),
    "form.caption": Text("Kolumner och koder i filen", "Columns and codes of the file"),
    "form.column": Text("Kolumn", "Column"),
    "form.question": Text("Fråga", "Question"),
    "form.codes": Text("Koder", "Codes"),
    "form.free": Text("tal eller text", "number or text"),
}
