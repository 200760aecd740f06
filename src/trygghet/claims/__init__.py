"""Rules that turn results into permitted statements, or refuse them with the reason; and their wording."""

from trygghet.claims.areas import above_rest
from trygghet.claims.claim import CellKey, Claim, Reason, Told, Verdict
from trygghet.claims.columns import Columns, columns, told_once
from trygghet.claims.context import Context, Source
from trygghet.claims.declared import Families, Family
from trygghet.claims.described import Meaning, described
from trygghet.claims.files import read_claims, write_claims
from trygghet.claims.level import high, level, low
from trygghet.claims.pairs import more_than, paired_difference
from trygghet.claims.phrases import PRIORITIES, PROBLEMS, WORRIES, Phrase, Ranked
from trygghet.claims.reference import Reference, against_reference, effect, same_development
from trygghet.claims.respondents import answered, chosen_most, not_of_population
from trygghet.claims.shared_risk import FAMILY_NAMES, shared_risk
from trygghet.claims.steady import unchanged
from trygghet.claims.together import both
from trygghet.claims.top import among_largest, cut_off, largest
from trygghet.claims.tried import Compared, Declared, WaveResults, tried
from trygghet.claims.waves import broken, changed, decreased, increased, one_wave

__all__ = [
    "FAMILY_NAMES",
    "PRIORITIES",
    "PROBLEMS",
    "WORRIES",
    "CellKey",
    "Claim",
    "Columns",
    "Compared",
    "Context",
    "Declared",
    "Families",
    "Family",
    "Meaning",
    "Phrase",
    "Ranked",
    "Reason",
    "Reference",
    "Source",
    "Told",
    "Verdict",
    "WaveResults",
    "above_rest",
    "against_reference",
    "among_largest",
    "answered",
    "both",
    "broken",
    "changed",
    "chosen_most",
    "columns",
    "cut_off",
    "decreased",
    "described",
    "effect",
    "high",
    "increased",
    "largest",
    "level",
    "low",
    "more_than",
    "not_of_population",
    "one_wave",
    "paired_difference",
    "read_claims",
    "same_development",
    "shared_risk",
    "told_once",
    "tried",
    "unchanged",
    "write_claims",
]
