"""What is drawn on a PDF page, flattened out of nested forms, as far as it decides what a reader sees."""

from dataclasses import dataclass

from assay.core.documents import pdfium_objects
from assay.core.documents.pdfium import Bounds
from assay.core.documents.pdfium_objects import Matrix

_DEEPEST_FORM = 8
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(slots=True)
class Drawn:
    """Every object of a page in drawing order, as parallel lists.

    ``modes`` are text render modes (``pdfium_objects.UNKNOWN_MODE`` for what is not text), ``fills`` red, green, blue,
    alpha; ``frames`` holds the transformation of the forms around an object, for objects inside forms only.
    """

    handles: list[int]
    modes: list[int]
    bounds: list[Bounds]
    fills: list[tuple[int, int, int, int]]
    frames: dict[int, Matrix]


def drawn_on(*, page: int) -> Drawn:
    """Return everything drawn on ``page``; forms are replaced by what they hold."""
    drawn = _read(pdfium_objects.page_objects(page=page))
    depth = 0
    while depth < _DEEPEST_FORM and _has_forms(drawn):
        drawn = _unfold(drawn)
        depth += 1
    return drawn


def transformed(*, bounds: Bounds, by: Matrix) -> Bounds:
    """Return the box around ``bounds`` after the transformation."""
    a, b, c, d, e, f = by
    left, bottom, right, top = bounds
    corners = [(a * x + c * y + e, b * x + d * y + f) for x in (left, right) for y in (bottom, top)]
    across, up = [x for x, _ in corners], [y for _, y in corners]
    return min(across), min(up), max(across), max(up)


def composed(*, first: Matrix, then: Matrix) -> Matrix:
    """Return the transformation that applies ``first`` and then ``then``."""
    a, b, c, d, e, f = first
    g, h, i, j, k, m = then
    return (
        a * g + b * i,
        a * h + b * j,
        c * g + d * i,
        c * h + d * j,
        e * g + f * i + k,
        e * h + f * j + m,
    )


def scales_of(*, matrix: Matrix) -> tuple[float, float]:
    """Return how much a transformation enlarges widths and heights."""
    a, b, c, d, _, _ = matrix
    return float((a * a + b * b) ** 0.5), float((c * c + d * d) ** 0.5)


def _read(handles: list[int]) -> Drawn:
    return Drawn(
        handles=handles,
        modes=pdfium_objects.object_modes(handles=handles),
        bounds=pdfium_objects.object_bounds(handles=handles),
        fills=pdfium_objects.fill_colours(handles=handles),
        frames={},
    )


def _has_forms(drawn: Drawn) -> bool:
    return any(_is_form(handle, mode) for handle, mode in zip(drawn.handles, drawn.modes, strict=True))


def _is_form(handle: int, mode: int) -> bool:
    return (
        mode == pdfium_objects.UNKNOWN_MODE and pdfium_objects.object_type(handle=handle) == pdfium_objects.FORM_OBJECT
    )


def _unfold(drawn: Drawn) -> Drawn:
    flat = Drawn(handles=[], modes=[], bounds=[], fills=[], frames=dict(drawn.frames))
    for index, (handle, mode) in enumerate(zip(drawn.handles, drawn.modes, strict=True)):
        if not _is_form(handle, mode):
            flat.handles.append(handle)
            flat.modes.append(mode)
            flat.bounds.append(drawn.bounds[index])
            flat.fills.append(drawn.fills[index])
            continue
        inner = _read(pdfium_objects.form_objects(form=handle))
        by = composed(first=pdfium_objects.matrix(handle=handle), then=drawn.frames.get(handle, IDENTITY))
        flat.handles += inner.handles
        flat.modes += inner.modes
        flat.fills += inner.fills
        flat.bounds += [transformed(bounds=bounds, by=by) for bounds in inner.bounds]
        flat.frames.update(dict.fromkeys(inner.handles, by))
    return flat
