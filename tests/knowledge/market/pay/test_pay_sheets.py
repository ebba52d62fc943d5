import shutil
from pathlib import Path

import pytest

from assay.knowledge.loading import KnowledgeError
from assay.knowledge.market.pay.sheets import HERE, load_pay_sheets
from assay.knowledge.market.pay.tables import (
    load_metro_index,
    load_oews,
    load_places,
    load_posted,
    load_price_levels,
)


def test_every_sheet_names_its_sources_and_its_date():
    sheets = load_pay_sheets()
    for sheet in (sheets.families, sheets.levels, sheets.countries, sheets.model, sheets.metros, sheets.published):
        assert sheet.sources
        assert sheet.as_of.year >= 2026
    assert all(one.licence and one.note for one in sheets.sources.sources)
    assert any("CC BY 4.0, The World Bank" in one.licence for one in sheets.sources.sources)


def test_the_published_facts_are_all_there_and_none_is_merged():
    facts = {row.fact for row in load_pay_sheets().published.rows}
    wanted = {f"F{number:03}" for number in (*range(82, 87), *range(88, 99), 105, 106)}
    assert wanted <= facts
    assert len(load_pay_sheets().published.disagreements) >= 5


def test_every_posted_row_is_of_a_known_family_level_and_country():
    sheets = load_pay_sheets()
    rows = load_posted()
    assert len(rows) > 20_000
    assert {row.family for row in rows} == {one.id for one in sheets.families.families}
    assert {row.level for row in rows} == set(sheets.levels.codes)
    assert {row.country for row in rows} <= set(sheets.countries.countries)
    assert all(row.high_usd is None or row.high_usd >= row.low_usd > 0 for row in rows)


def test_places_prices_and_indexes_hang_together():
    sheets = load_pay_sheets()
    indexed = {row.place for row in load_metro_index()}
    assert {metro.index for metro in sheets.metros.metros} == indexed
    assert {place.country for place in load_places()} <= set(sheets.countries.countries)
    levels = load_price_levels()
    assert levels["US"].level == 1.0
    assert 0.5 < levels["PT"].level < 0.6
    assert all(0.1 < one.level < 1.6 for one in levels.values())
    assert {row.code for row in load_oews()} == {"15-1221", "15-1252", "15-2051"}


def test_the_shipped_tables_stay_small():
    assert sum(path.stat().st_size for path in HERE.glob("*.csv*")) < 300_000


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("model.yaml", "window_years: 2", "window_years: 0", "window_years is 0"),
        ("model.yaml", "folds: 5", "folds: many", "field folds"),
        ("levels.yaml", "code: EX", "code: ZZ", "level 'lead' has code 'ZZ'"),
        ("families.yaml", "family: ai-engineer", "family: wizard", "names no family: 'wizard'"),
        ("published.yaml", "low: 120000, high: 160000", "low: 120000, high: 16000", "upside down"),
        ("countries.yaml", "region: W_EU", "region: NOWHERE", "names no region"),
    ],
)
def test_a_sheet_of_ones_own_that_contradicts_itself_is_refused_by_name(
    tmp_path: Path, name: str, old: str, new: str, said: str
):
    shutil.copy(HERE / name, tmp_path / name)
    text = (tmp_path / name).read_text(encoding="utf-8")
    assert old in text
    (tmp_path / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(KnowledgeError) as refused:
        load_pay_sheets(tmp_path)
    assert said in str(refused.value)
    assert name in str(refused.value)
