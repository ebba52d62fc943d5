"""Which column of a table of applicants feeds which field: guessed from headings, decided by a person."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

_NOT_WORD = re.compile(r"[^\w]+|_+")
_LOOKS_LIKE_DATA = re.compile(r"\S+@\S+\.\S+|^\+?\d[\d\s()./-]{5,}$|^https?://")


class ApplicantField(StrEnum):
    """What a column can say about an applicant."""

    NAME = "name"
    FIRST_NAME = "first_name"
    LAST_NAME = "last_name"
    EMAIL = "email"
    PHONE = "phone"
    LOCATION = "location"
    LINK = "link"
    RESUME_FILE = "resume_file"
    APPLIED_ON = "applied_on"
    SOURCE = "source"

    @property
    def label(self) -> str:
        """The words shown to people."""
        return _LABELS[self]


_LABELS = {
    ApplicantField.NAME: "Full name",
    ApplicantField.FIRST_NAME: "First name",
    ApplicantField.LAST_NAME: "Last name",
    ApplicantField.EMAIL: "E-mail",
    ApplicantField.PHONE: "Phone",
    ApplicantField.LOCATION: "Location",
    ApplicantField.LINK: "Link",
    ApplicantField.RESUME_FILE: "Résumé file name",
    ApplicantField.APPLIED_ON: "Date of application",
    ApplicantField.SOURCE: "Source",
}
_IDENTIFYING = frozenset(
    {
        ApplicantField.NAME,
        ApplicantField.FIRST_NAME,
        ApplicantField.LAST_NAME,
        ApplicantField.EMAIL,
        ApplicantField.RESUME_FILE,
    }
)
_REPEATABLE = frozenset({ApplicantField.LINK})


@dataclass(frozen=True, slots=True)
class ColumnAliases:
    """Headings known to mean a field, the surest first, and words that say nothing (``candidate``, ``your``)."""

    headings: Mapping[ApplicantField, tuple[str, ...]]
    filler_words: frozenset[str]


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """The field of each column by its index from 0; a column without a field is only kept in the snapshot."""

    fields: Mapping[int, ApplicantField]

    def columns_of(self, *, field: ApplicantField) -> tuple[int, ...]:
        """Return the indexes of the columns that feed ``field``, in the order of the table."""
        return tuple(sorted(index for index, mapped in self.fields.items() if mapped is field))


def guess_mapping(*, headings: Sequence[str], aliases: ColumnAliases) -> ColumnMapping:
    """Guess the mapping from the headings alone. Each field but links is given once, to its surest heading."""
    ranks = {
        field: {_plain(alias, aliases.filler_words): rank for rank, alias in reversed(list(enumerate(known)))}
        for field, known in aliases.headings.items()
    }
    plain = [_plain(heading, aliases.filler_words) for heading in headings]
    found: dict[int, ApplicantField] = {}
    for field, known in ranks.items():
        matches = sorted((known[text], index) for index, text in enumerate(plain) if text in known)
        free = [index for _, index in matches if index not in found]
        for index in free if field in _REPEATABLE else free[:1]:
            found[index] = field
    return ColumnMapping(fields=found)


def mapping_problems(*, headings: Sequence[str], mapping: ColumnMapping) -> tuple[str, ...]:
    """Return sentences that say what stops this mapping from being used; none means that it can be."""
    problems = []
    if headings and any(_LOOKS_LIKE_DATA.search(heading.strip()) for heading in headings):
        problems.append("The first row looks like a person, not like headings. Add a row that names the columns.")
    if not _IDENTIFYING & set(mapping.fields.values()):
        problems.append("Choose at least one column that says who it is: a name, an e-mail or a résumé file name.")
    for field in ApplicantField:
        count = len(mapping.columns_of(field=field))
        if count > 1 and field not in _REPEATABLE:
            problems.append(f"{count} columns are set to “{field.label}”. Keep one of them.")
    if any(index >= len(headings) or index < 0 for index in mapping.fields):
        problems.append("The choice names a column that this table does not have.")
    return tuple(problems)


def _plain(heading: str, filler: frozenset[str]) -> str:
    folded = unicodedata.normalize("NFKD", heading).casefold()
    bare = "".join(character for character in folded if not unicodedata.combining(character))
    words = [word for word in _NOT_WORD.split(bare) if word]
    return " ".join([word for word in words if word not in filler] or words)
