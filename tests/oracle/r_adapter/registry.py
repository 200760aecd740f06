"""The table of all reference cases: matched, or listed with a reason."""

from collections import defaultdict
from pathlib import Path

TARGET = Path(__file__).parents[3] / "docs" / "methods" / "registry.md"

HEAD = """# Reference cases: what matches R `survey`, and what does not, with its reason
Made by the test run (`tests/oracle/test_r_survey.py`) from `tests/oracle/r_survey`; do not edit by hand. Tolerance 1e-8 relative.
Where R figures are calibrated by `rake()`, trygghet's `projection="sequential"` is compared; by `calibrate()`, the default `"joint"`.
"""


def text_of(outcomes):
    matched = [o for o in outcomes if o.kind == "matched"]
    lines = [
        HEAD,
        f"**{len(matched)} of {len(outcomes)} cases match.**",
        "",
        "| R verb | cases | match | listed |",
        "|---|---|---|---|",
    ]
    for verb in sorted({o.verb for o in outcomes}):
        mine = [o for o in outcomes if o.verb == verb]
        good = sum(o.kind == "matched" for o in mine)
        lines.append(f"| `{verb}` | {len(mine)} | {good} | {len(mine) - good} |")
    lines += ["", "## Listed", "", "| reason | cases | ids |", "|---|---|---|"]
    reasons = defaultdict(list)
    for outcome in outcomes:
        if outcome.kind != "matched":
            reasons[outcome.reason].append(outcome.case)
    for reason, ids in sorted(reasons.items(), key=lambda pair: (-len(pair[1]), pair[0])):
        lines.append(f"| {reason.replace('|', '/')} | {len(ids)} | {', '.join(ids)} |")
    corrected = [o for o in matched if o.reason]
    if corrected:
        lines += ["", "## Matched in another way", "", "| case | how |", "|---|---|"]
        lines += [f"| {o.case} | {o.reason} |" for o in corrected]
    return "\n".join(lines) + "\n"
