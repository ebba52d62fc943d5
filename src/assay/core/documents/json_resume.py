"""Read JSON Resume (https://jsonresume.org/schema, MIT) into the layout that a written résumé has.

The order of sections and the shape of lines are fixed, so that a person's JSON screens like their PDF.
"""

from collections.abc import Iterator, Mapping, Sequence

import msgspec

from assay.core.documents.assemble import flat_document
from assay.core.documents.document import Document, DocumentKind, Unreadable, UnreadableReason
from assay.core.documents.text import decode

_SECTIONS = ("basics", "work", "education", "skills", "projects", "publications", "volunteer")
_MALFORMED = "This JSON file is broken at {place}. Ask for a new export, or for a PDF or DOCX."
_FOREIGN = "This JSON file is not a JSON Resume (it has no basics, work, education or skills). Ask for a PDF or DOCX."


def read_json_resume(*, content: bytes) -> Document | Unreadable:
    """Return a JSON Resume as readable text, or why it is not one."""
    raw, notes = decode(content=content)
    try:
        data: object = msgspec.json.decode(raw.encode("utf-8", "replace"))
    except msgspec.DecodeError as error:
        place = str(error).rpartition("(")[2].removesuffix(")") or "its start"
        return Unreadable(reason=UnreadableReason.CORRUPT, advice=_MALFORMED.format(place=place))
    except RecursionError:
        return Unreadable(reason=UnreadableReason.DANGEROUS, advice=_MALFORMED.format(place="a part nested too deep"))
    if not isinstance(data, Mapping) or not any(section in data for section in _SECTIONS):
        return Unreadable(reason=UnreadableReason.UNSUPPORTED, advice=_FOREIGN)
    text = "\n".join(_lines(data))
    return flat_document(kind=DocumentKind.JSON_RESUME, raw=text, notes=notes)


def _lines(resume: Mapping[str, object]) -> Iterator[str]:
    yield from _basics(_mapping(resume.get("basics")))
    for heading, section, lines in _BLOCKS:
        entries = [entry for entry in _list(resume.get(section)) if entry]
        body = [line for entry in entries for line in lines(entry)]
        if body:
            yield heading
            yield from body


def _basics(basics: Mapping[str, object]) -> Iterator[str]:
    location = _mapping(basics.get("location"))
    place = _joined(", ", location, "city", "region", "countryCode")
    contact = [_text(basics.get("email")), _text(basics.get("phone")), place, _text(basics.get("url"))]
    profiles = [_text(profile.get("url")) for profile in _mappings(basics.get("profiles"))]
    for line in (_text(basics.get("name")), _text(basics.get("label")), *contact, *profiles):
        if line:
            yield line
    if summary := _text(basics.get("summary")):
        yield summary


def _work(entry: object) -> Iterator[str]:
    job = _mapping(entry)
    title = _joined(", ", job, "position", "name", "organization", "entity", "location")
    yield from _entry(title, job)


def _project(entry: object) -> Iterator[str]:
    project = _mapping(entry)
    yield from _entry(_joined(", ", project, "name", "entity", "url"), project)
    if words := _words(project.get("keywords")):
        yield words


def _education(entry: object) -> Iterator[str]:
    study = _mapping(entry)
    degree = _joined(" ", study, "studyType", "area")
    school = _text(study.get("institution"))
    yield _dated(", ".join(part for part in (degree, school) if part), study)
    if courses := _words(study.get("courses")):
        yield courses


def _skill(entry: object) -> Iterator[str]:
    skill = _mapping(entry)
    name, words = _text(skill.get("name")), _words(skill.get("keywords"))
    if not skill:
        yield _text(entry)
    elif name.lower() in ("", "skills") or not words:
        yield words or name
    else:
        yield f"{name}: {words}"


def _plain(entry: object) -> Iterator[str]:
    thing = _mapping(entry)
    fields = ("name", "title", "language", "fluency", "awarder", "issuer", "publisher", "date", "releaseDate", "url")
    yield _joined(", ", thing, *fields) if thing else _text(entry)
    for field in ("summary", "reference"):
        if text := _text(thing.get(field)):
            yield text
    if words := _words(thing.get("keywords")):
        yield words


def _entry(title: str, entry: Mapping[str, object]) -> Iterator[str]:
    yield _dated(title, entry)
    for field in ("description", "summary"):
        if text := _text(entry.get(field)):
            yield text
    for highlight in _list(entry.get("highlights")):
        if text := _text(highlight):
            yield f"- {text}"


def _dated(title: str, entry: Mapping[str, object]) -> str:
    start, end = _text(entry.get("startDate")), _text(entry.get("endDate"))
    if not start and not end:
        return title
    return f"{title}  {start or '?'} - {end or 'Present'}".strip()


def _joined(separator: str, entry: Mapping[str, object], *fields: str) -> str:
    return separator.join(text for field in fields if (text := _text(entry.get(field))))


def _words(value: object) -> str:
    return ", ".join(text for item in _list(value) if (text := _text(item)))


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, Mapping) else {}


def _list(value: object) -> Sequence[object]:
    return value if isinstance(value, list) else []


def _mappings(value: object) -> Iterator[Mapping[str, object]]:
    return (_mapping(item) for item in _list(value))


def _text(value: object) -> str:
    if isinstance(value, str):
        return value.strip()
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""


_BLOCKS = (
    ("EXPERIENCE", "work", _work),
    ("PROJECTS", "projects", _project),
    ("VOLUNTEERING", "volunteer", _work),
    ("EDUCATION", "education", _education),
    ("SKILLS", "skills", _skill),
    ("PUBLICATIONS", "publications", _plain),
    ("CERTIFICATES", "certificates", _plain),
    ("AWARDS", "awards", _plain),
    ("LANGUAGES", "languages", _plain),
    ("INTERESTS", "interests", _plain),
    ("REFERENCES", "references", _plain),
)
