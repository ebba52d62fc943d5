import pytest

from assay.app.documents.limits import document_limits
from assay.core.documents.clean import clean
from assay.core.documents.hyphens import is_typeset, soften


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("infras\ufffetructure", "infrastructure"),
        ("fine\ufffetuning", "fine-tuning"),
        ("on\ufffecall", "on-call"),
        ("Jean\ufffePierre", "Jean-Pierre"),
        ("XGB\ufffe2 run", "XGB-2 run"),
        ("blue-green and blue\ufffegreen", "blue-green and blue-green"),
        ("no break", "no break"),
    ],
)
def test_words_broken_by_the_program_are_joined_and_compounds_keep_their_hyphen(raw: str, text: str) -> None:
    softened = soften(raw=raw, rules=document_limits().hyphens)

    assert len(softened) == len(raw)
    assert clean(raw=softened) == text


def test_only_programs_that_hyphenate_by_themselves_are_trusted_to_have_done_so() -> None:
    rules = document_limits().hyphens

    assert is_typeset(producer="LaTeX with hyperref pdfTeX-1.40.20", rules=rules)
    assert not is_typeset(producer="Microsoft Word for Microsoft 365", rules=rules)
