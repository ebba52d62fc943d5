"""What the document tests share: the shipped limits, files by name, and a reader that insists on text."""

from collections.abc import Callable
from pathlib import Path

import pytest

from assay.app.documents.limits import document_limits
from assay.core.documents.document import Document
from assay.core.documents.limits import Limits
from assay.core.documents.read import read_document

FIXTURES = Path(__file__).parents[2] / "fixtures" / "documents"


@pytest.fixture(scope="session")
def limits() -> Limits:
    """The limits as shipped."""
    return document_limits()


@pytest.fixture(scope="session")
def load() -> Callable[[str], bytes]:
    """Return the bytes of a fixture file by name."""
    return lambda name: (FIXTURES / name).read_bytes()


@pytest.fixture(scope="session")
def read_text(limits: Limits) -> Callable[..., Document]:
    """Read bytes and fail the test unless they give a document."""

    def read(content: bytes, name: str = "resume") -> Document:
        result = read_document(content=content, name=name, limits=limits)
        assert isinstance(result, Document), result
        return result

    return read
