"""The settings of disclosure control and of reliability, in sentences for the method annex."""

from trygghet.disclosure import DisclosureRules
from trygghet.report.wording import Wording


def disclosure_lines(rules: DisclosureRules, words: Wording, *, exposed: int = 0) -> tuple[str, ...]:
    """Print every threshold that decided what is withheld and what is flagged.

    Parameters
    ----------
    rules : DisclosureRules
        The rules that the results were screened by.
    words : Wording
        Language.
    exposed : int, default 0
        Number of withheld figures that earlier editions alone give away.

    Returns
    -------
    tuple of str
        Sentences; the last one explains the signs.
    """
    keys = ["disclosure.floor" if rules.sensitive else "disclosure.floor.plain"]
    who = tuple(dict.fromkeys((*rules.children, *(label for _, label in rules.children_groups))))
    keys += ["disclosure.floor.children"] if who else []
    if rules.small_numerator:
        keys += ["disclosure.numerator", "disclosure.zero"]
    keys += ["disclosure.secondary"]
    if rules.rounding is not None:
        keys.append("disclosure.rounding")
    keys += ["disclosure.exposed"] if exposed else []
    keys += ["disclosure.uncertain"]
    gaps = {
        "floor": words.number(rules.base_floor),
        "sensitive": words.number(rules.sensitive_floor),
        "children": words.number(rules.floor_of_children),
        "who": words.listing(who),
        "count": words.number(len(rules.sensitive)),
        "numerator": words.number(rules.small_numerator),
        "zero": words.number(rules.zero_shown_from),
        "protection": words.in_words(rules.protection),
        "share": words.number(100 * rules.share_protection),
        "exposed": words.number(exposed),
        "unit": words.number(100 * (rules.rounding or 0.0), 1),
        "uncertain": words.number(rules.uncertain_below),
        "half": words.number(100 * rules.uncertain_half_width),
        "cv": words.number(100 * rules.uncertain_cv),
    }
    return (" ".join(words[key].format(**gaps) for key in keys), words["method.signs"])
