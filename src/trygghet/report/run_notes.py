"""Sentences that a run has to print beside its results, whatever they are."""

from typing import Final

SUPPLIED_AS_IS: Final = "Institutets vikter används som de är; felmarginalerna är ungefärliga."
UNWEIGHTED: Final = "Svaren är inte vägda; resultaten speglar dem som svarade, inte kommunens sammansättning."
UNDECLARED_STREAM: Final = (
    "Det är inte angivet hur svaren kom in. De räknas därför som självvalda: de beskriver dem som svarade."
)
NO_POPULATION: Final = (
    "Befolkningstabell saknas; rapporten kan inte visa om svaren speglar kommunens invånare."
)
NOT_RESIDENTS: Final = (
    "{count} svar från personer som inte bor i kommunen ingår inte i resultaten för invånarna."
)
