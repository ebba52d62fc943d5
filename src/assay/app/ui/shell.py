"""What stands around every page: navigation, who is signed in, the theme, the name of the organisation."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from assay.platform.access.policy import ORGANISATION, Action, Actor, may
from assay.platform.access.roles import Role

THEME_COOKIE = "assay_theme"
THEMES = ("auto", "light", "dark")
DEFAULT_ORGANISATION = "Assay"


@dataclass(frozen=True, slots=True)
class NavItem:
    """A place in the rail: where it leads, its icon and shortcut, and who may see it."""

    key: str
    label: str
    icon: str
    url_name: str
    is_allowed: Callable[[HttpRequest], bool]
    shortcut: str = ""


@dataclass(frozen=True, slots=True)
class ShellItem:
    """A place in the rail as one person sees it."""

    key: str
    label: str
    icon: str
    url: str
    shortcut: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class Shell:
    """All that the frame of a page needs. ``user_name`` is empty when nobody is signed in."""

    items: tuple[ShellItem, ...] = ()
    user_name: str = ""
    organisation: str = DEFAULT_ORGANISATION
    theme: str = "auto"
    home_url: str = "/"
    account_url: str = ""
    sign_out_url: str = ""
    palette_url: str = ""
    time_zone: str = "UTC"


def is_allowed_to(action: Action, request: HttpRequest) -> bool:
    """Return whether the policy lets whoever asks do ``action`` to the organisation."""
    user = request.user
    if not user.is_authenticated:
        return False
    actor = Actor(id=user.pk, role=Role(user.role), is_active=user.is_active)
    return may(actor=actor, action=action, resource=ORGANISATION).allowed


def _place(key: str, icon: str, url_name: str, action: Action) -> NavItem:
    allowed = partial(is_allowed_to, action)
    return NavItem(key, key.capitalize(), icon, url_name, allowed, shortcut=f"g {key[0]}")


def is_only_asked(request: HttpRequest) -> bool:
    """Return whether somebody answers assessments of readiness and does not see the desks that they belong to."""
    return is_allowed_to(Action.ANSWER_READINESS, request) and not is_allowed_to(Action.SEE_PLANS, request)


NAV = (
    _place("inbox", "inbox", "inbox:inbox", Action.USE_INBOX),
    _place("define", "compass", "requisitions:define", Action.SEE_PLANS),
    NavItem("readiness", "Readiness", "gauge", "readiness:assessments", is_only_asked),
    _place("jobs", "briefcase", "pipeline:jobs", Action.USE_OWN_ACCOUNT),
    _place("candidates", "users", "pipeline:candidates", Action.USE_OWN_ACCOUNT),
    NavItem(
        "interviews",
        "Interviews",
        "calendar-clock",
        "interviewing:mine",
        partial(is_allowed_to, Action.USE_INBOX),
        shortcut="g v",
    ),
    _place("messages", "mail", "messaging:messages", Action.SEE_MAIL),
    NavItem("clocks", "Clocks", "timer", "clocks:kept", partial(is_allowed_to, Action.SEE_CLOCKS), shortcut="g k"),
    _place("roles", "scale", "roles:roles", Action.SEE_ROLES),
    _place("people", "user-cog", "people:people", Action.SEE_PEOPLE),
    _place("settings", "settings", "people:settings", Action.SEE_SETTINGS),
    _place("audit", "scroll-text", "people:audit", Action.SEE_AUDIT),
)


def theme_of(request: HttpRequest) -> str:
    """Return the theme the person chose, or ``auto`` to follow their system."""
    chosen = request.COOKIES.get(THEME_COOKIE, "auto")
    return chosen if chosen in THEMES else "auto"


def shell_for(request: HttpRequest, *, items: Sequence[NavItem] | None = None) -> Shell:
    """Build the frame for this request; ``items`` defaults to all places."""
    user = getattr(request, "user", None)
    is_signed_in = user is not None and bool(user.is_authenticated)
    places = (NAV if items is None else items) if is_signed_in else ()
    visible = (_seen(item, request) for item in places if item.is_allowed(request))
    return Shell(
        items=tuple(place for place in visible if place.url),
        user_name=str(user) if user is not None and is_signed_in else "",
        organisation=str(getattr(settings, "ORGANISATION", DEFAULT_ORGANISATION)),
        theme=theme_of(request),
        account_url=url_or_empty("account", settings.ROOT_URLCONF),
        sign_out_url=url_or_empty("account_logout", settings.ROOT_URLCONF),
        palette_url=url_or_empty("palette:palette", settings.ROOT_URLCONF) if is_signed_in else "",
        time_zone=str(getattr(user, "time_zone", "") or "UTC"),
    )


def ui_context(request: HttpRequest) -> dict[str, object]:
    """Context processor: gives every page its ``shell`` and the ``messages`` waiting for the person."""
    return {"shell": shell_for(request), "messages": get_messages(request)}


def _seen(item: NavItem, request: HttpRequest) -> ShellItem:
    url = url_or_empty(item.url_name, settings.ROOT_URLCONF)
    is_current = bool(url) and request.path.startswith(url)
    return ShellItem(item.key, item.label, item.icon, url, item.shortcut, is_current)


@lru_cache(maxsize=128)
def url_or_empty(name: str, urlconf: str) -> str:
    """Return the path of a named page among the routes of ``urlconf``, or nothing: the rail shows no closed doors."""
    try:
        return reverse(name, urlconf)
    except NoReverseMatch:
        return ""
