"""Just enough of CSS to know which text of a web page a reader sees: simple selectors, plain declarations."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from lxml import etree

from assay.core.documents.colour import BLACK, WHITE, Colour, contrast, from_hex
from assay.core.documents.document import HiddenReason
from assay.core.documents.limits import HiddenThresholds

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_PRINT_ONLY = re.compile(r"@media[^{]*\bprint\b[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}", re.IGNORECASE)
_SIMPLE = re.compile(r"^([a-zA-Z][\w-]*|\*)?((?:[.#][\w-]+)*)$")
_LENGTH = re.compile(r"^(-?[\d.]+)\s*(px|pt|em|rem|%|)$")
_RGB = re.compile(r"^rgba?\(\s*(\d+)[\s,]+(\d+)[\s,]+(\d+)(?:\s*[,/]\s*([\d.]+)(%?))?\s*\)$")
_NAMED = {"white": WHITE, "black": BLACK, "snow": Colour(255, 250, 250), "ivory": Colour(255, 255, 240)}
_POINTS = {"px": 0.75, "pt": 1.0}
_FAR_OUTSIDE = -500.0
_MOST_RULES = 5_000


@dataclass(frozen=True, slots=True)
class Rule:
    """One selector of a style sheet: tag, ids and classes of the last part, and what it declares."""

    tag: str
    marks: frozenset[str]
    declarations: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Shown:
    """How an element is shown, after what it inherits. ``backdrop`` is None when it cannot be known."""

    colour: Colour = BLACK
    backdrop: Colour | None = WHITE
    points: float = 12.0
    opacity: float = 1.0
    gone: bool = False
    unseen: bool = False
    outside: bool = False


def parse_sheet(*, text: str) -> tuple[Rule, ...]:
    """Return the rules whose selectors are simple (tag, class, id); others are left out, never guessed."""
    rules: list[Rule] = []
    text = _PRINT_ONLY.sub("", _COMMENT.sub("", text))
    for found in _RULE.finditer(text):
        declarations = parse_declarations(text=found.group(2))
        for selector in found.group(1).split(","):
            simple = _SIMPLE.match(selector.strip())
            if simple and selector.strip():
                tag = (simple.group(1) or "").lower().replace("*", "")
                marks = frozenset(re.findall(r"[.#][\w-]+", simple.group(2)))
                rules.append(Rule(tag=tag, marks=marks, declarations=declarations))
        if len(rules) > _MOST_RULES:
            break
    return tuple(sorted(rules, key=_weight))


def parse_declarations(*, text: str) -> dict[str, str]:
    """Return ``name: value`` pairs in lower case without ``!important``."""
    pairs = (part.partition(":") for part in text.split(";"))
    return {
        name.strip().lower(): value.strip().lower().replace("!important", "").strip()
        for name, _, value in pairs
        if value.strip()
    }


def shown_as(*, element: etree._Element, rules: tuple[Rule, ...], parent: Shown) -> Shown:
    """Return how ``element`` is shown inside a parent that is shown as ``parent``."""
    shown = parent
    if element.get("hidden") is not None:
        shown = replace(shown, gone=True)
    if element.tag == "font" or element.get("bgcolor"):
        shown = _old_attributes(element, shown)
    declarations: dict[str, str] = {}
    for rule in _matching(element, rules):
        declarations.update(rule.declarations)
    if style := element.get("style"):
        declarations.update(parse_declarations(text=style))
    for name, value in declarations.items():
        if name in _READERS:
            shown = _READERS[name](shown, value, parent)
    return _clipped(shown, declarations)


def hidden_reason(*, shown: Shown, thresholds: HiddenThresholds) -> HiddenReason | None:
    """Tell whether and how text shown like this is kept from a reader's eyes."""
    if shown.gone or shown.unseen or shown.opacity < thresholds.min_opacity:
        return HiddenReason.INVISIBLE
    if shown.outside:
        return HiddenReason.OFF_PAGE
    if shown.points < thresholds.tiny_points:
        return HiddenReason.TINY
    if shown.backdrop is not None:
        seen = contrast(first=shown.colour, second=shown.backdrop)
        return HiddenReason.SAME_COLOUR if seen < thresholds.min_contrast else None
    return None


def _weight(rule: Rule) -> tuple[int, int]:
    ids = sum(1 for mark in rule.marks if mark.startswith("#"))
    return ids, len(rule.marks) - ids


def _matching(element: etree._Element, rules: tuple[Rule, ...]) -> Iterator[Rule]:
    if not rules:
        return
    marks = {f".{name}" for name in (element.get("class") or "").split()}
    if element.get("id"):
        marks.add(f"#{element.get('id')}")
    for rule in rules:
        if (not rule.tag or rule.tag == element.tag) and rule.marks <= marks:
            yield rule


def _old_attributes(element: etree._Element, shown: Shown) -> Shown:
    if colour := _read_colour((element.get("color") or "").lower()):
        shown = replace(shown, colour=colour)
    if element.get("bgcolor"):
        shown = replace(shown, backdrop=_read_colour(str(element.get("bgcolor")).lower()))
    return shown


def _clipped(shown: Shown, declarations: Mapping[str, str]) -> Shown:
    """Text in a box of no size that cuts off what does not fit, or moved far outside, is not on the page."""
    no_room = any(_read_length(declarations.get(name, "auto")) == 0 for name in ("height", "width", "max-height"))
    if no_room and declarations.get("overflow") in ("hidden", "clip"):
        return replace(shown, unseen=True)
    if declarations.get("clip", "").replace(" ", "") in ("rect(0,0,0,0)", "rect(0000)"):
        return replace(shown, unseen=True)
    moved = (_read_length(declarations.get(name, "auto")) for name in ("left", "top", "text-indent", "margin-left"))
    if any(length is not None and length < _FAR_OUTSIDE for length in moved):
        return replace(shown, outside=True)
    return shown


def _display(shown: Shown, value: str, parent: Shown) -> Shown:
    return replace(shown, gone=shown.gone or value == "none")


def _visibility(shown: Shown, value: str, parent: Shown) -> Shown:
    return replace(shown, unseen=value in ("hidden", "collapse") or (parent.unseen and value != "visible"))


def _opacity(shown: Shown, value: str, parent: Shown) -> Shown:
    try:
        return replace(shown, opacity=parent.opacity * float(value))
    except ValueError:
        return shown


def _color(shown: Shown, value: str, parent: Shown) -> Shown:
    if value == "transparent":
        return replace(shown, unseen=True)
    see_through = _RGB.match(value)
    if see_through and see_through.group(4) and float(see_through.group(4)) == 0:
        return replace(shown, unseen=True)
    colour = _read_colour(value)
    return replace(shown, colour=colour) if colour else shown


def _background(shown: Shown, value: str, parent: Shown) -> Shown:
    if value in ("none", "transparent", "inherit", "initial"):
        return shown
    return replace(shown, backdrop=_read_colour(value))


def _font_size(shown: Shown, value: str, parent: Shown) -> Shown:
    found = _LENGTH.match(value)
    if not found:
        return shown
    number, unit = float(found.group(1)), found.group(2)
    if unit in _POINTS or number == 0:
        return replace(shown, points=number * _POINTS.get(unit, 1.0))
    return replace(shown, points=number * {"em": parent.points, "rem": 12.0, "%": parent.points / 100}.get(unit, 1.0))


def _read_length(value: str) -> float | None:
    found = _LENGTH.match(value)
    try:
        return float(found.group(1)) if found else None
    except ValueError:
        return None


def _read_colour(value: str) -> Colour | None:
    if value in _NAMED:
        return _NAMED[value]
    if found := _RGB.match(value):
        return Colour(*(min(255, int(channel)) for channel in found.groups()[:3]))
    return from_hex(digits=value) if value.startswith("#") else None


_READERS = {
    "display": _display,
    "visibility": _visibility,
    "opacity": _opacity,
    "color": _color,
    "background": _background,
    "background-color": _background,
    "font-size": _font_size,
}
