"""Sort links of a table."""

from assay.app.ui.tables import Column, sortable


def test_figures_sort_from_the_highest_first_and_words_from_a() -> None:
    score, name = sortable(
        (Column("score", "Score", is_number=True, is_sortable=True), Column("name", "Name", is_sortable=True)),
        sort="",
        query="",
    )
    assert (score.sort_url, name.sort_url) == ("?sort=-score", "?sort=name")
    assert (score.direction, name.direction) == ("", "")


def test_the_sorted_column_links_to_its_other_order() -> None:
    (score,) = sortable((Column("score", "Score", is_number=True, is_sortable=True),), sort="-score", query="")
    assert (score.direction, score.sort_url) == ("descending", "?sort=score")


def test_sorting_keeps_the_filters_and_starts_at_the_first_page() -> None:
    (name,) = sortable((Column("name", "Name", is_sortable=True),), sort="", query="q=a+b%26c&stage=&cursor=xyz")
    assert name.sort_url == "?q=a+b%26c&stage=&sort=name" or name.sort_url == "?q=a+b%26c&sort=name"


def test_a_column_that_cannot_sort_has_no_link() -> None:
    (rank,) = sortable((Column("rank", "#"),), sort="rank", query="")
    assert (rank.sort_url, rank.direction) == ("", "")
