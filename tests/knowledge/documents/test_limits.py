from assay.app.documents.limits import document_limits
from assay.knowledge.documents.limits import load_limits


def test_every_limit_names_where_it_comes_from() -> None:
    sheet = load_limits()
    given = {name for source in sheet.sources for name in source.gives}

    for name, value in sheet.limits.items():
        parts = {f"{name}.{part}" for part in value} if isinstance(value, dict) else set()
        assert name in given or (parts and parts <= given), name


def test_no_source_speaks_of_a_limit_that_is_not_there() -> None:
    sheet = load_limits()
    for name in (name for source in sheet.sources for name in source.gives):
        group, _, part = name.partition(".")
        value = sheet.limits[group]
        assert not part or (isinstance(value, dict) and part in value), name


def test_the_sheet_is_the_shape_that_reading_asks_for() -> None:
    limits = document_limits()

    assert limits.max_bytes == 10_000_000
    assert limits.cpu_seconds < limits.wall_seconds
    assert "fine" in limits.hyphens.compound_starts
