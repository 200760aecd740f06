"""Promises: focus areas with evidence, baseline, target, owner and follow-up."""

from trygghet.promise.drafts import edited_drafts, write_draft
from trygghet.promise.files import current_promises, promises_text, read_promises, write_promises
from trygghet.promise.gaps import Gap, promise_gaps
from trygghet.promise.records import Candidate, District, Evidence, Promise, PromiseBook
from trygghet.promise.seed import PromiseSources, PromiseStamp, seed_promises

__all__ = [
    "Candidate",
    "District",
    "Evidence",
    "Gap",
    "Promise",
    "PromiseBook",
    "PromiseSources",
    "PromiseStamp",
    "current_promises",
    "edited_drafts",
    "promise_gaps",
    "promises_text",
    "read_promises",
    "seed_promises",
    "write_draft",
    "write_promises",
]
