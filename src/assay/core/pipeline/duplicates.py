"""Whether two records are of one human being: what they share, and how much that says.

Nothing here joins anybody: a person looks at both and decides. A name alone is never a reason.
"""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit


class SameReason(StrEnum):
    """What two records share."""

    EMAIL = "email"
    PHONE = "phone"
    PROFILE = "profile"
    NAME_AND_EMPLOYER = "name_and_employer"
    NAME_AND_PLACE = "name_and_place"


REASON_WORDS: Mapping[SameReason, str] = {
    SameReason.EMAIL: "same mailbox",
    SameReason.PHONE: "same phone number",
    SameReason.PROFILE: "same profile on the web",
    SameReason.NAME_AND_EMPLOYER: "same name and employer",
    SameReason.NAME_AND_PLACE: "same name and place",
}
_STRONG = frozenset({SameReason.EMAIL, SameReason.PHONE, SameReason.PROFILE})


@dataclass(frozen=True, slots=True)
class Mailbox:
    """A provider: addresses at any of ``domains`` lead to one mailbox; dots or the tag after a plus may not count."""

    domains: tuple[str, ...]
    ignores_dots: bool
    ignores_tag: bool


@dataclass(frozen=True, slots=True)
class ContactRules:
    """How addresses, numbers and profiles are compared. ``profiles`` maps a host to the path before the name."""

    mailboxes: tuple[Mailbox, ...]
    profiles: Mapping[str, str]
    phone_digits_least: int
    phone_digits_compared: int


@dataclass(frozen=True, slots=True)
class PersonRecord:
    """What is known of one person. ``employers`` are names of companies as written."""

    id: int
    name: str = ""
    email: str = ""
    phone: str = ""
    location: str = ""
    links: tuple[str, ...] = ()
    employers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Likeness:
    """Why two records may be one person, the strongest reason first."""

    reasons: tuple[SameReason, ...]

    @property
    def is_strong(self) -> bool:
        """Tell whether something that belongs to one human alone is shared."""
        return bool(_STRONG & set(self.reasons))

    @property
    def words(self) -> str:
        """The reasons in words: "same mailbox, same phone number"."""
        return ", ".join(REASON_WORDS[reason] for reason in self.reasons)


def compare(*, first: PersonRecord, second: PersonRecord, rules: ContactRules) -> Likeness:
    """Return what two records share; no reasons when they look like two people."""
    found = []
    if _same(email_key(email=first.email, rules=rules), email_key(email=second.email, rules=rules)):
        found.append(SameReason.EMAIL)
    if _same(phone_key(phone=first.phone, rules=rules), phone_key(phone=second.phone, rules=rules)):
        found.append(SameReason.PHONE)
    if profile_keys(links=first.links, rules=rules) & profile_keys(links=second.links, rules=rules):
        found.append(SameReason.PROFILE)
    if _same(name_key(name=first.name), name_key(name=second.name)):
        if {_plain(name) for name in first.employers} & {_plain(name) for name in second.employers} - {""}:
            found.append(SameReason.NAME_AND_EMPLOYER)
        if _same(place_key(location=first.location), place_key(location=second.location)):
            found.append(SameReason.NAME_AND_PLACE)
    return Likeness(tuple(found))


def email_key(*, email: str, rules: ContactRules) -> str:
    """Return what all spellings of one mailbox share; empty for what is no address."""
    local, at, domain = email.strip().lower().rpartition("@")
    if not (local and at and domain):
        return ""
    box = next((box for box in rules.mailboxes if domain in box.domains), None)
    if box is None:
        return f"{local}@{domain}"
    if box.ignores_tag:
        local = local.split("+", 1)[0] or local
    if box.ignores_dots:
        local = local.replace(".", "") or local
    return f"{local}@{box.domains[0]}"


def phone_key(*, phone: str, rules: ContactRules) -> str:
    """Return the digits by which two numbers are compared; empty for what is too short to be one."""
    digits = "".join(mark for mark in phone if mark in "0123456789")
    return digits[-rules.phone_digits_compared :] if len(digits) >= rules.phone_digits_least else ""


def profile_keys(*, links: tuple[str, ...], rules: ContactRules) -> frozenset[str]:
    """Return the profiles among these links, each as ``host/name`` in lower case."""
    return frozenset(key for key in (_profile(link, rules) for link in links) if key)


def name_key(*, name: str) -> str:
    """Return a name whatever its accents, case, order and punctuation; empty for a single word, which many share."""
    words = sorted(_plain(name).split())
    return " ".join(words) if len(words) > 1 else ""


def place_key(*, location: str) -> str:
    """Return the town of a location as written: what stands before its first comma."""
    return _plain(location.split(",", 1)[0])


def _profile(link: str, rules: ContactRules) -> str:
    try:
        parts = urlsplit(link if "//" in link else f"https://{link}")
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return ""
    path = [part for part in parts.path.lower().split("/") if part]
    before = rules.profiles.get(host)
    if before is None:
        return ""
    if before:
        return f"{host}/{path[1]}" if len(path) >= 2 and path[0] == before else ""
    return f"{host}/{path[0].lstrip('@')}" if len(path) == 1 else ""


def _plain(text: str) -> str:
    bare = "".join(mark for mark in unicodedata.normalize("NFKD", text) if not unicodedata.combining(mark))
    return " ".join("".join(mark if mark.isalnum() else " " for mark in bare.casefold()).split())


def _same(first: str, second: str) -> bool:
    return bool(first) and first == second
