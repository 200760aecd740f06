"""An attacker who has nothing but what was published, and integer programming.

He shares no code with the library: sums are read from the names of the domains, and withheld counts are searched with
branch and bound, one at a time.
"""

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from trygghet.disclosure import Publishable
from trygghet.ranking import RankSets, TopSet


class Attacker:
    """Collects what is shown of one item in one wave, and what ties it."""

    def __init__(self, kept, *, item, category="", stream="brev", groups=None, known=None):
        self.shown, self.hidden = {}, {}
        self.groups = groups or {}
        for pub in kept.values():
            self.read(pub, (item, category, stream))
        for place, (x, n) in (known or {}).items():
            self.shown[place] = (x, n)
            self.hidden.pop(place, None)
        for place in [place for place in self.hidden if place in self.shown]:
            del self.hidden[place]

    def read(self, pub, about):
        item, category, stream = about
        assert isinstance(pub, Publishable)
        result = pub.result
        if isinstance(result, RankSets | TopSet):
            result = getattr(result, "ranks", result).estimates
        if (
            not hasattr(result, "cells")
            or result.estimand in {"difference", "change"}
            or result.about.stream != stream
        ):
            return
        for row in range(len(result)):
            cell = result.cells.loc[row]
            if (cell["item"], cell["category"]) != (item, category):
                continue
            place = (cell["by"], cell["domain"])
            if result.status[row] == "withheld":
                mark = pub.marks[row]
                self.hidden[place] = mark
            elif result.status[row] != "empty":
                n = int(result.n[row])
                x = result.values[row] * n
                assert abs(x - round(x)) < 1e-6
                self.shown[place] = (round(x), n)
            else:
                self.shown[place] = (0, 0)

    def equations(self):
        places = {**self.shown, **self.hidden}
        sums = {}
        for by, domain in places:
            names, parts = by.split(" * "), domain.split(" * ")
            if by == "":
                continue
            for out in range(len(names)):
                whole = (
                    " * ".join(n for k, n in enumerate(names) if k != out),
                    " * ".join(p for k, p in enumerate(parts) if k != out) or "Alla",
                )
                sums.setdefault((whole, by), []).append((by, domain))
        for by, named in self.groups.items():
            for group, members in named.items():
                inside = [(by, member) for member in members]
                if (f"{by}:{group}", group) in places and all(m in places for m in inside):
                    sums[(f"{by}:{group}", group), "group"] = inside
        return sums

    def bounds(self, index, bases, own):
        floor, cap = np.zeros(len(index)), np.array([float(bases.get(place, 10_000)) for place in index])
        for place, mark in self.hidden.items():
            if mark.startswith("<"):
                cap[index[place]] = min(cap[index[place]], 2)
            if mark.startswith(">"):
                floor[index[place]] = bases[place] - 2
        for place, value in own.items():
            floor[index[place]] = cap[index[place]] = value
        return floor, cap

    def ranges(self, bases=None, own=None):
        """Lowest and highest count that each hidden place can have, for somebody who knows all bases."""
        bases = bases or {}
        cells = sorted(self.hidden)
        unseen = sorted(
            {whole for (whole, _), _ in self.equations().items()} - set(self.shown) - set(self.hidden)
        )
        index = {place: k for k, place in enumerate([*cells, *unseen])}
        rows, rhs = [], []
        for (whole, _), parts in self.equations().items():
            row, value = np.zeros(len(index)), 0.0
            for place, sign in [(whole, -1.0), *((part, 1.0) for part in parts)]:
                if place in index:
                    row[index[place]] += sign
                else:
                    value -= sign * self.shown[place][0]
            rows.append(row)
            rhs.append(value)
        floor, cap = self.bounds(index, bases, own or {})
        constraint = LinearConstraint(np.array(rows), rhs, rhs) if rows else ()
        found = {}
        for place in cells:
            objective = np.zeros(len(index))
            objective[index[place]] = 1.0
            ends = []
            for sign in (1.0, -1.0):
                solved = milp(
                    sign * objective,
                    constraints=constraint,
                    bounds=Bounds(floor, cap),
                    integrality=np.ones(len(index)),
                )
                assert solved.status == 0, solved.message
                ends.append(round(sign * solved.fun))
            found[place] = tuple(ends)
        return found
