import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.core.sourcing.file_rules import FileRules, Refusal, classify, clean_path, name_from_path, size_refusal
from assay.core.sourcing.import_state import ItemKind
from assay.core.sourcing.joining import join_files

RULES = FileRules(
    documents=frozenset({"pdf", "txt"}),
    for_a_person=frozenset({"doc", "png"}),
    tables=frozenset({"csv"}),
    archives=frozenset({"zip"}),
    left_by_systems=frozenset({"__macosx", ".ds_store", "thumbs.db"}),
    most_bytes={ItemKind.FILE: 10_000_000, ItemKind.TABLE: 20_000_000, ItemKind.ARCHIVE: 30_000_000},
)


@pytest.mark.parametrize(
    ("path", "head", "kind"),
    [
        ("a/Ada.PDF", b"%PDF", ItemKind.FILE),
        ("ada.doc", b"", ItemKind.FILE),
        ("ada", b"plain", ItemKind.FILE),
        ("Dr. Ada Byron", b"plain", ItemKind.FILE),
        ("people.csv", b"", ItemKind.TABLE),
        ("all.zip", b"PK\x03\x04", ItemKind.ARCHIVE),
        ("all", b"PK\x03\x04", ItemKind.ARCHIVE),
    ],
)
def test_a_file_is_told_by_its_ending_and_only_without_one_by_its_start(path: str, head: bytes, kind: ItemKind) -> None:
    assert classify(path=path, head=head, rules=RULES) is kind


@pytest.mark.parametrize(
    "path", ["__MACOSX/ada.pdf", "x/.DS_Store", "Thumbs.db", ".hidden.pdf", "run.exe", "book.xlsx"]
)
def test_what_is_no_document_is_refused_with_a_sentence(path: str) -> None:
    refusal = classify(path=path, head=b"", rules=RULES)
    assert isinstance(refusal, Refusal)
    assert refusal.message.endswith(".")


def test_a_file_over_its_limit_is_refused_with_the_limit_and_advice() -> None:
    refusal = size_refusal(kind=ItemKind.FILE, size=200_000_000, rules=RULES)
    assert refusal is not None
    assert "10 MB" in refusal.message
    assert size_refusal(kind=ItemKind.FILE, size=10_000_000, rules=RULES) is None


@given(st.text(max_size=600))
def test_a_cleaned_path_never_climbs_nor_hides_anything(path: str) -> None:
    cleaned = clean_path(path=path)
    assert 0 < len(cleaned) <= 400
    assert ".." not in cleaned.split("/")
    assert not cleaned.startswith("/")
    assert cleaned.isprintable()


@pytest.mark.parametrize(
    "path", ["in/Jane-Doe_CV.pdf", "Jane Doe.pdf", "Résumé Jane Doe (2).docx", "2026_jane_doe_resume_v3.md"]
)
def test_a_person_of_whom_only_the_file_is_known_is_called_like_the_file_without_cv_and_numbers(path: str) -> None:
    assert name_from_path(path=path, most=200).lower() == "jane doe"


def test_a_file_that_names_nobody_lends_its_whole_name() -> None:
    assert name_from_path(path="CV 2026.pdf", most=200) == "CV 2026"
    assert name_from_path(path=".pdf", most=200) == ".pdf"


def test_rows_find_their_files_whatever_the_case_and_the_folder() -> None:
    joined = join_files(wanted={1: "ADA.pdf", 2: "cvs/ben.pdf"}, files={10: "drop/ada.PDF", 11: "drop/cvs/ben.pdf"})
    assert joined.files == {1: 10, 2: 11}
    assert joined.problems == {}


def test_two_files_of_one_name_need_the_folder() -> None:
    files = {10: "a/cv.pdf", 11: "b/cv.pdf"}
    joined = join_files(wanted={1: "cv.pdf", 2: "b/cv.pdf"}, files=files)
    assert joined.files == {2: 11}
    assert "folder" in joined.problems[1]


def test_a_missing_file_a_web_address_and_a_file_asked_for_twice_are_problems() -> None:
    wanted = {1: "x.pdf", 2: "https://h.example/x.pdf", 3: "ada.pdf", 4: "ada.pdf"}
    joined = join_files(wanted=wanted, files={10: "ada.pdf"})
    assert joined.files == {3: 10}
    assert "not used" in joined.problems[1]
    assert "web address" in joined.problems[2]
    assert "another row" in joined.problems[4]


@given(
    st.dictionaries(st.integers(0, 9), st.text(max_size=5)), st.dictionaries(st.integers(10, 19), st.text(max_size=5))
)
def test_every_row_gets_a_file_of_its_own_or_a_problem(wanted: dict[int, str], files: dict[int, str]) -> None:
    joined = join_files(wanted=wanted, files=files)
    assert set(joined.files) | set(joined.problems) == set(wanted)
    assert not set(joined.files) & set(joined.problems)
    assert len(set(joined.files.values())) == len(joined.files)
