"""The letters that ship are whole: every name in them is known, has an example and fits on a line of a subject."""

from pathlib import Path

import pytest

from assay.core.messaging.rendering import Words, check_words, list_placeholders, render
from assay.core.messaging.states import MessageKind
from assay.knowledge.loading import KnowledgeError
from assay.knowledge.messaging.sheets import TemplateNote, load_limits, load_templates

SHEET = load_templates()
NEEDED = {
    "receipt", "rejection", "delay", "interview_invitation", "interview_moved", "interview_cancelled",
    "request_received", "request_answered", "blank", "more_information",
}  # fmt: skip


def test_every_letter_that_others_send_is_there() -> None:
    assert {note.key for note in SHEET.templates} >= NEEDED


@pytest.mark.parametrize("note", SHEET.templates, ids=lambda note: note.key)
def test_each_letter_is_whole_with_its_examples(note: TemplateNote) -> None:
    words = Words(note.subject, note.body)
    variables = (*SHEET.common, *note.variables)
    check_words(words=words, known={one.name for one in variables})
    letter = render(words=words, values={one.name: one.example for one in variables})
    assert list_placeholders(text=letter.subject + letter.body) == ()
    assert len(letter.subject) < 150
    assert letter.body.startswith("Hello Amara,")
    assert letter.body.rstrip().endswith("Tallyport")
    MessageKind(note.kind)


def test_private_links_are_marked_as_such_wherever_they_stand() -> None:
    links = [one for note in SHEET.templates for one in note.variables if one.name == "status_link"]
    assert links
    assert all(one.is_secret for one in links)


def test_a_letter_that_uses_a_name_it_does_not_list_is_named(tmp_path: Path) -> None:
    shipped = Path("src/assay/knowledge/messaging/templates.yaml").read_text()
    (tmp_path / "templates.yaml").write_text(shipped.replace("{{new_date}}", "{{another_date}}"))
    with pytest.raises(KnowledgeError, match="delay uses 'another_date'"):
        load_templates(tmp_path)


def test_bounds_that_cannot_be_are_named(tmp_path: Path) -> None:
    shipped = Path("src/assay/knowledge/messaging/limits.yaml").read_text()
    (tmp_path / "limits.yaml").write_text(shipped.replace("default_rejection_delay: 24", "default_rejection_delay: 25"))
    with pytest.raises(KnowledgeError, match="default_rejection_delay"):
        load_limits(tmp_path)
