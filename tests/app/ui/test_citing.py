"""Ids of facts become links; everything else of a text stays text, however hostile."""

import re
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from assay.app.ui.citing import cite
from assay.app.ui.environment import cited

SAYS = {"F030": 'Ship & keep "models" <now>', "F018": "One", "F067": "Two"}
LINK = re.compile(r'<a class="fact-id" href="/facts/#F\d{3}" target="_blank" rel="noopener" title="[^"<>]*">F\d{3}</a>')
PIECES = st.sampled_from(
    ["F030", "F018-F067", "F999", "<", ">", '"', "'", "&", "&lt;", "<b F030>", "<script>", " ", "\0"]
)


class Reader(HTMLParser):
    """What a browser would show, and the tags it would make."""

    def __init__(self) -> None:
        super().__init__()
        self.text = ""
        self.tags: list[str] = []

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)


@given(st.lists(PIECES | st.text(max_size=8), max_size=12).map("".join))
def test_the_text_reads_as_before_and_holds_no_tag_but_our_links(text: str) -> None:
    made = cite(text, says=SAYS, page="/facts/")
    rest = LINK.sub("", str(made))
    assert not set("<>\"'") & set(rest)
    shown = Reader()
    shown.feed(str(made))
    shown.close()
    assert shown.text == text
    assert set(shown.tags) <= {"a"}


def test_a_range_leads_to_both_its_ends() -> None:
    assert re.findall(r"#(F\d{3})", cite("F018-F067", says=SAYS, page="/facts/")) == ["F018", "F067"]


def test_a_link_says_what_the_fact_says_and_that_a_tab_opens() -> None:
    made = cite("F030", says=SAYS, page="/facts/")
    assert 'title="Ship &amp; keep &#34;models&#34; &lt;now&gt; (opens in a new tab)"' in made


def test_what_only_looks_like_an_id_stays_text() -> None:
    assert cite("F999 XF030 F0301 f030 F٠٣٠", says=SAYS, page="/facts/") == "F999 XF030 F0301 f030 F٠٣٠"


def test_markup_is_escaped_like_any_text() -> None:
    assert "<b>" not in cited("<b>F030</b>")


def test_the_filter_leads_to_the_page_of_facts() -> None:
    assert 'href="/facts/#F030"' in cited("F030")
