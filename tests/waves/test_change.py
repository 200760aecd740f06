import numpy as np
import pytest
from scipy import stats
from waves_by_hand import wave

from trygghet.errors import ChangeError
from trygghet.estimate import RespondentShares
from trygghet.waves import Break, change, satterthwaite, waves_of


def test_change_is_later_minus_earlier_with_the_sum_of_the_variances():
    new, old = wave(0.34, deff=1.5), wave(0.31, n=900, name="2024", deff=1.2)
    result = change(new, old)
    assert result.estimand == "change"
    assert result.values == pytest.approx([0.03])
    variance = 1.5 * 0.34 * 0.66 / 1101 + 1.2 * 0.31 * 0.69 / 900
    assert result.standard_errors == pytest.approx([variance**0.5])
    assert result.covariance() == pytest.approx(np.array([[variance]]))
    simple = 0.34 * 0.66 / 1101 + 0.31 * 0.69 / 900
    assert result.design_effect == pytest.approx([variance / simple])
    assert result.n.tolist() == [900]
    assert result.numerator.tolist() == [-1]
    assert waves_of(result.about) == ("2026", "2024")


def test_interval_of_the_worked_example_in_the_texts():
    result = change(wave(0.34, deff=1.5), wave(0.31, deff=1.5, name="2024"))
    low, high = result.interval(0.95)
    assert [round(100 * low[0]), round(100 * high[0])] == [-2, 8]


def test_unequal_waves_get_the_dof_of_welch():
    a, b = np.array([1.0, 3.0, 2.0, 6.0, 4.0]), np.array([2.0, 9.0, 4.0, 12.0, 1.0, 7.0, 8.0])
    parts = [np.array([x.var(ddof=1) / len(x)]) for x in (a, b)]
    welch = stats.ttest_ind(a, b, equal_var=False)
    assert satterthwaite(parts, [np.array([4.0]), np.array([6.0])]) == pytest.approx([welch.df])


def test_a_fixed_value_keeps_the_smaller_dof():
    assert satterthwaite([np.zeros(1), np.zeros(1)], [np.array([4.0]), np.array([9.0])]).tolist() == [4.0]


def test_cells_are_matched_by_name_and_never_dropped():
    new = wave([0.4, 0.3, 0.2], domains=["A", "B", "C"])
    old = wave([0.1, 0.35, 0.25], domains=["D", "C", "B"], name="2024")
    result = change(new, old)
    assert result.cells["domain"].tolist() == ["A", "B", "C", "D"]
    assert result.values[1:3] == pytest.approx([0.3 - 0.25, 0.2 - 0.35])
    assert result.status.tolist() == ["not_asked", "ok", "ok", "not_asked"]
    assert np.isnan(result.values[[0, 3]]).all()
    assert np.isnan(result.standard_errors[[0, 3]]).all()
    part = result.covariance(np.array([2, 0, 1]))
    assert part[0, 0] == pytest.approx(result.standard_errors[2] ** 2)
    assert part[0, 2] == 0
    assert np.isnan(part[1]).all()


def test_the_worse_state_of_the_two_waves_is_kept():
    new, old = wave([0.4, 0.3]), wave([0.4, 0.3], name="2024")
    new.status[0], old.status[0], old.status[1] = "uncertain", "empty", "uncertain"
    assert change(new, old).status.tolist() == ["empty", "uncertain"]


def test_a_changed_question_is_refused_by_name():
    broken = (Break("otrygg_kvall", "version", "2026", "2024"),)
    with pytest.raises(ChangeError, match="otrygg_kvall is not the same question in 2026 and 2024") as caught:
        change(wave(0.3), wave(0.3, name="2024"), breaks=broken)
    assert caught.value.code == "JMF-04"


def test_a_break_elsewhere_does_not_hinder():
    change(wave(0.3), wave(0.3), breaks=(Break("fortroende_kommun", "version", "2026", "2024"),))


def test_a_break_of_the_wave_or_of_a_block_concerns_all_that_is_in_it():
    assert Break("", "ages", "2026", "2024").concerns("otrygg_kvall")
    assert Break("prio", "choose", "2026", "2024").concerns("prio.trafik")
    assert not Break("prio", "choose", "2026", "2024").concerns("priority")


def test_respondents_of_an_open_survey_have_no_change():
    estimates = wave(0.3)
    shares = RespondentShares(
        estimand="proportion",
        cells=estimates.cells,
        values=estimates.values,
        n=estimates.n,
        numerator=estimates.numerator,
        status=estimates.status,
    )
    with pytest.raises(ChangeError) as caught:
        change(shares, estimates)
    assert caught.value.code == "JMF-01"


def test_waves_without_a_shared_cell_are_refused():
    with pytest.raises(ChangeError) as caught:
        change(wave(0.3), wave(0.3, item="otrygg_dag"))
    assert caught.value.code == "JMF-03"


def test_an_unknown_relation_between_samples_is_refused():
    with pytest.raises(ChangeError) as caught:
        change(wave(0.3), wave(0.3), samples="panel")
    assert caught.value.code == "JMF-05"


def test_two_kinds_of_number_are_not_compared():
    from dataclasses import replace

    with pytest.raises(ChangeError) as caught:
        change(wave(0.3), replace(wave(0.3), estimand="mean"))
    assert caught.value.code == "JMF-02"
