import json
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.app.documents.limits import document_limits
from assay.core.documents.document import Document, DocumentKind, Unreadable, UnreadableReason
from assay.core.documents.read import read_document

Read = Callable[..., Document]
FIELDS = ("name", "position", "highlights", "keywords", "startDate", "summary", "location", "profiles", "url")
SECTIONS = ("basics", "work", "education", "skills", "projects", "languages")
nested = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(FIELDS), inner, max_size=4),
    max_leaves=20,
)


def test_a_json_resume_reads_like_a_written_one(read_text: Read) -> None:
    resume = {
        "basics": {"name": "Ana Lima", "label": "ML Engineer", "email": "ana@example.org"},
        "work": [
            {"name": "Orchid", "position": "ML Engineer", "startDate": "2023-02", "highlights": ["Deployed a ranker."]}
        ],
        "education": [{"institution": "Royal Polytechnic", "area": "Physics", "studyType": "BSc"}],
        "skills": [{"name": "Skills", "keywords": ["Docker", "Go"]}, {"name": "Data", "keywords": ["SQL"]}],
    }
    document = read_text(json.dumps(resume).encode(), "ana.json")

    assert document.kind is DocumentKind.JSON_RESUME
    assert document.text.splitlines() == [
        "Ana Lima",
        "ML Engineer",
        "ana@example.org",
        "EXPERIENCE",
        "ML Engineer, Orchid  2023-02 - Present",
        "- Deployed a ranker.",
        "EDUCATION",
        "BSc Physics, Royal Polytechnic",
        "SKILLS",
        "Docker, Go",
        "Data: SQL",
    ]


def test_the_published_sample_keeps_every_sentence(read_text: Read, load: Callable[[str], bytes]) -> None:
    document = read_text(load("sample.resume.json"), "sample.resume.json")

    for entry in json.loads(load("sample.resume.json"))["work"]:
        assert all(highlight in document.text for highlight in entry["highlights"])


@pytest.mark.parametrize("content", [b'{"basics": {"name": "Ana"', b'{"work": [}'])
def test_malformed_json_says_where_it_breaks(content: bytes) -> None:
    result = read_document(content=content, name="cv.json", limits=document_limits())

    assert isinstance(result, Unreadable)
    assert result.reason is UnreadableReason.CORRUPT
    assert "JSON" in result.advice


@pytest.mark.parametrize("content", [b"[1, 2]", b'{"colour": "blue"}'])
def test_other_json_is_not_taken_for_a_resume(content: bytes) -> None:
    result = read_document(content=content, name="cv.json", limits=document_limits())

    assert isinstance(result, Unreadable)
    assert result.reason is UnreadableReason.UNSUPPORTED


def test_json_nested_without_end_is_refused() -> None:
    content = b'{"basics":' + b"[" * 200_000 + b"]" * 200_000 + b"}"
    result = read_document(content=content, name="cv.json", limits=document_limits())

    assert isinstance(result, Unreadable)


@given(st.dictionaries(st.sampled_from(SECTIONS), nested, min_size=1))
def test_any_shape_inside_the_sections_is_read_without_failing(resume: dict[str, object]) -> None:
    content = json.dumps(resume).encode()
    first = read_document(content=content, name="cv.json", limits=document_limits())

    assert first == read_document(content=content, name="cv.json", limits=document_limits())
