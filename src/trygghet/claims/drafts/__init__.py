"""A draft in Swedish, read for statistical claims: what evidence exists for each, what is missing, what contradicts it."""

from trygghet.claims.drafts.check import CLOSING, Finding, Review, check_text
from trygghet.claims.drafts.evidence import Evidence, Order
from trygghet.claims.drafts.gather import gather
from trygghet.claims.drafts.lexicon import CAUSAL, STATISTICAL
from trygghet.claims.drafts.reading import Found, read_draft
from trygghet.claims.drafts.topics import Topic

__all__ = [
    "CAUSAL",
    "CLOSING",
    "STATISTICAL",
    "Evidence",
    "Finding",
    "Found",
    "Order",
    "Review",
    "Topic",
    "check_text",
    "gather",
    "read_draft",
]
