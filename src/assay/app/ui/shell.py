"""What stands around every page: navigation, who is signed in, the theme, the name of the organisation."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest
from django.urls import NoReverseMatch, Resolver404, resolve, reverse

from assay.platform.access.policy import ORGANISATION, Action, Actor, may
from assay.platform.access.roles import Role

THEME_COOKIE = "assay_theme"
THEMES = ("auto", "light", "dark")
DEFAULT_ORGANISATION = "Assay"


@dataclass(frozen=True, slots=True)
class NavItem:
    """A place in the rail: where it leads, its icon and shortcut, and who may see it. Low ``order`` comes first."""

    key: str
    label: str
    icon: str
    path: str
    order: int
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
    time_zone: str = "UTC"


def is_allowed_to(action: Action, request: HttpRequest) -> bool:
    """Return whether the policy lets whoever asks do ``action`` to the organisation."""
    user = request.user
    if not user.is_authenticated:
        return False
    actor = Actor(id=user.pk, role=Role(user.role), is_active=user.is_active)
    return may(actor=actor, action=action, resource=ORGANISATION).allowed


def _place(key: str, icon: str, order: int, action: Action) -> NavItem:
    allowed = partial(is_allowed_to, action)
    return NavItem(key, key.capitalize(), icon, f"/{key}/", order, allowed, shortcut=f"g {key[0]}")


NAV: list[NavItem] = [
    _place("jobs", "briefcase", 10, Action.USE_OWN_ACCOUNT),
    _place("candidates", "users", 20, Action.USE_OWN_ACCOUNT),
    _place("roles", "scale", 30, Action.SEE_ROLES),
    _place("people", "user-cog", 50, Action.SEE_PEOPLE),
    _place("settings", "settings", 60, Action.SEE_SETTINGS),
    _place("audit", "scroll-text", 70, Action.SEE_AUDIT),
]


class NavigationConflict(ValueError):
    """Raised when two parts of the product claim the same place in the rail."""


def register_nav_item(item: NavItem, *, registry: list[NavItem] = NAV) -> None:
    """Add a place to the rail, once, at start-up. Raises ``NavigationConflict`` when its key is taken by another."""
    taken = [known for known in registry if known.key == item.key]
    if taken and taken[0] != item:
        raise NavigationConflict(f"the rail already has a place called {item.key}")
    if not taken:
        registry.append(item)
        registry.sort(key=lambda known: known.order)


def theme_of(request: HttpRequest) -> str:
    """Return the theme the person chose, or ``auto`` to follow their system."""
    chosen = request.COOKIES.get(THEME_COOKIE, "auto")
    return chosen if chosen in THEMES else "auto"


def shell_for(request: HttpRequest, *, items: Sequence[NavItem] | None = None) -> Shell:
    """Build the frame for this request; ``items`` defaults to the registered places."""
    user = getattr(request, "user", None)
    is_signed_in = user is not None and bool(user.is_authenticated)
    places = [item for item in (NAV if items is None else items) if is_built(item.path, settings.ROOT_URLCONF)]
    visible = [_seen(item, request) for item in places if item.is_allowed(request)] if is_signed_in else []
    return Shell(
        items=tuple(visible),
        user_name=str(user) if user is not None and is_signed_in else "",
        organisation=str(getattr(settings, "ORGANISATION", DEFAULT_ORGANISATION)),
        theme=theme_of(request),
        account_url=_url_or_empty("mfa_index"),
        sign_out_url=_url_or_empty("account_logout"),
        time_zone=str(getattr(user, "time_zone", "") or "UTC"),
    )


def ui_context(request: HttpRequest) -> dict[str, object]:
    """Context processor: gives every page its ``shell`` and the ``messages`` waiting for the person."""
    return {"shell": shell_for(request), "messages": get_messages(request)}


def _seen(item: NavItem, request: HttpRequest) -> ShellItem:
    is_current = request.path.startswith(item.path)
    return ShellItem(item.key, item.label, item.icon, item.path, item.shortcut, is_current)


@lru_cache(maxsize=64)
def is_built(path: str, urlconf: str) -> bool:
    """Return whether an address exists among the routes of ``urlconf``: the rail shows no closed doors."""
    try:
        resolve(path, urlconf)
    except Resolver404:
        return False
    return True


def _url_or_empty(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
