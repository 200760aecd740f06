"""Promises: focus areas with evidence, baseline, target, owner and follow-up."""

from trygghet.promise.drafts import edited_drafts, write_draft
from trygghet.promise.files import promises_text, read_promises, write_promises
from trygghet.promise.records import Evidence, Promise, PromiseBook
from trygghet.promise.seed import PromiseSources, PromiseStamp, seed_promises

__all__ = [
    "Evidence",
    "Promise",
    "PromiseBook",
    "PromiseSources",
    "PromiseStamp",
    "edited_drafts",
    "promises_text",
    "read_promises",
    "seed_promises",
    "write_draft",
    "write_promises",
]
