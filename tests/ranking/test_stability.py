from html import unescape

import numpy as np
import pytest

from trygghet.disclosure import DisclosureRules, screen
from trygghet.errors import RankingError
from trygghet.ranking import RankOptions, rank_stability, stability_of


def test_shares_count_places_by_hand():
    found = stability_of([[3, 2, 1], [2, 3, 1], [1, 1, 0], [3, 2, 1]], ["a", "b", "c"])
    assert found.shares[0].tolist() == [0.75, 0.25, 0.0]  # the tie in the third row shares place 1
    assert found.shares[1].tolist() == [0.5, 0.5, 0.0]
    assert found.among_first(2).tolist() == [1.0, 1.0, 0.0]
    low = stability_of([[3, 2, 1], [2, 3, 1]], ["a", "b", "c"], first="lowest")
    assert low.to_frame()["commonest_place"].tolist()[2] == 1


def test_two_units_as_far_apart_as_their_error_come_in_order_five_times_in_six(made):
    found = rank_stability(made([0.40, 0.40 - 0.02], [0.0002] * 2), RankOptions(seed=1, draws=40_000))
    assert found.shares[0, 0] == pytest.approx(0.8413, abs=0.01)


def test_it_cannot_leave_as_an_interval(made):
    found = rank_stability(made([0.4, 0.3], [0.0002] * 2), RankOptions(seed=1))
    assert not {"lower", "upper", "level", "covariance", "interval"} & set(dir(found))
    assert found.note in unescape(found._repr_html_())
    with pytest.raises(Exception, match="RankStability"):
        screen({"stabilitet": found}, DisclosureRules())


def test_a_missing_unit_is_refused(made):
    estimates = made([0.4, np.nan], np.diag([0.01, np.nan]))
    with pytest.raises(RankingError) as caught:
        rank_stability(estimates, RankOptions(seed=1))
    assert caught.value.code == "RANG-13"
    with pytest.raises(RankingError) as caught:
        stability_of([[1, np.nan]], ["a", "b"])
    assert caught.value.code == "RANG-13"
