"""Rules that turn results into permitted statements, or refuse them with the reason; and their wording."""

from trygghet.claims.areas import above_rest
from trygghet.claims.claim import CellKey, Claim, Reason, Verdict
from trygghet.claims.columns import Columns, columns
from trygghet.claims.context import Context, Source
from trygghet.claims.families import Simultaneous, simultaneous
from trygghet.claims.files import read_claims, write_claims
from trygghet.claims.level import high, level, low
from trygghet.claims.phrases import PRIORITIES, PROBLEMS, WORRIES, Phrase, Ranked
from trygghet.claims.respondents import answered, chosen_most, not_of_population
from trygghet.claims.top import among_largest, cut_off, largest
from trygghet.claims.waves import broken, changed, decreased, increased, one_wave

__all__ = [
    "PRIORITIES",
    "PROBLEMS",
    "WORRIES",
    "CellKey",
    "Claim",
    "Columns",
    "Context",
    "Phrase",
    "Ranked",
    "Reason",
    "Simultaneous",
    "Source",
    "Verdict",
    "above_rest",
    "among_largest",
    "answered",
    "broken",
    "changed",
    "chosen_most",
    "columns",
    "cut_off",
    "decreased",
    "high",
    "increased",
    "largest",
    "level",
    "low",
    "not_of_population",
    "one_wave",
    "read_claims",
    "simultaneous",
    "write_claims",
]
