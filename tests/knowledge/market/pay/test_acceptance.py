"""The bar the model must clear: trained to 2024, tested on 2025, on the data as shipped."""

import numpy as np
import pytest

from assay.app.market.pay.catalogue import all_postings, pay_rules
from assay.core.market.pay.model import fit_pay
from assay.core.market.pay.scoring import score_quantiles
from assay.core.market.pay.strata import Cell


@pytest.fixture(scope="module")
def unseen():
    """Rows of 2025 in the eight ML families, and what a model that ends with 2024 says of them."""
    postings = all_postings()
    model = fit_pay(postings=postings.chosen(postings.year <= 2024), rules=pay_rules())
    rows = postings.chosen((postings.year == 2025) & np.isin(postings.family, list(pay_rules().calibrated)))
    names, which = np.unique(np.stack((rows.family, rows.level, rows.country)), axis=1, return_inverse=True)
    answers = np.array([model.quantiles(cell=Cell(*map(str, names[:, one]))) for one in range(names.shape[1])])
    return np.exp(answers)[which.ravel()], np.exp(rows.log_pay), rows.country == "US"


def test_the_loss_over_all_ml_families_stays_below_its_limit(unseen):
    predicted, actual, _ = unseen
    score = score_quantiles(predicted=predicted, actual=actual)
    assert score.n > 3000
    assert score.pinball <= 19_200
    assert 0.46 <= score.below_middle <= 0.54


def test_eight_in_ten_fall_inside_the_band_at_home_and_roughly_elsewhere(unseen):
    predicted, actual, home = unseen
    at_home = score_quantiles(predicted=predicted[home], actual=actual[home])
    elsewhere = score_quantiles(predicted=predicted[~home], actual=actual[~home])
    assert 0.77 <= at_home.within_80 <= 0.83
    assert 0.72 <= elsewhere.within_80 <= 0.88


def test_a_single_distribution_for_everyone_does_clearly_worse(unseen):
    predicted, actual, _ = unseen
    everyone = np.tile(np.quantile(actual, (0.1, 0.25, 0.5, 0.75, 0.9)), (len(actual), 1))
    best = score_quantiles(predicted=everyone, actual=actual).pinball
    assert score_quantiles(predicted=predicted, actual=actual).pinball < 0.9 * best
