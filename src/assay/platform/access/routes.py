"""Every address declares the action it is for, so that none can be forgotten."""

from collections.abc import Callable
from typing import TypeVar

from django.http import HttpResponseBase

from assay.platform.access.policy import Action

View = TypeVar("View", bound=Callable[..., HttpResponseBase])
_MARK = "assay_action"
_PUBLIC = "public"


def requires(action: Action) -> Callable[[View], View]:
    """Declare which action a page is for. The page's own action or query asks the policy about the object;
    for actions on the organisation the middleware already has."""

    def mark(view: View) -> View:
        setattr(view, _MARK, action)
        return view

    return mark


def public(view: View) -> View:
    """Declare that a page needs no sign-in. Used for the sign-in pages, invitations and health alone."""
    setattr(view, _MARK, _PUBLIC)
    return view


def declared_action(view: Callable[..., object]) -> Action | None:
    """Return the action a page is for, or ``None`` when it declares none."""
    mark = getattr(view, _MARK, None)
    return mark if isinstance(mark, Action) else None


def is_public(view: Callable[..., object]) -> bool:
    """Return whether a page is open to everyone."""
    return getattr(view, _MARK, None) == _PUBLIC
