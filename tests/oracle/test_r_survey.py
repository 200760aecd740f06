"""Every case of the reference files either matches R to 1e-8, or is listed with its reason in docs/methods/registry.md."""

from collections import defaultdict

import pytest
from r_adapter import compare, reference

GROUPS = defaultdict(list)
for _file, _case in reference.cases():
    GROUPS[(_file, _case.get("design") or "none")].append(_case)


@pytest.mark.parametrize("group", list(GROUPS), ids=lambda g: f"{g[0].removesuffix('.json')}:{g[1]}")
def test_no_case_differs_without_a_reason(group):
    outcomes = [compare.outcome_of(group[0], case) for case in GROUPS[group]]
    differing = [f"{o.case}: {o.reason}" for o in outcomes if o.kind == "differs"]
    assert not differing
