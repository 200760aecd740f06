"""Rules that turn results into permitted statements, or refuse them with the reason; and their wording."""

from trygghet.claims.claim import CellKey, Claim, Verdict

__all__ = ["CellKey", "Claim", "Verdict"]
