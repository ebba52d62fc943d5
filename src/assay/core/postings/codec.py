"""An advert as a plain mapping for a file or a table, and back."""

from collections.abc import Mapping

import msgspec

from assay.core.postings.advert import Advert


class AdvertError(ValueError):
    """Raised when a mapping is not an advert; the message names the field."""


def advert_to_mapping(advert: Advert) -> dict[str, object]:
    """Return an advert as a mapping of strings, numbers, lists and mappings only; amounts are strings."""
    made: dict[str, object] = msgspec.to_builtins(advert)
    return made


def advert_from_mapping(content: Mapping[str, object]) -> Advert:
    """Return the advert that ``advert_to_mapping`` wrote; missing fields take their empty value.

    Raises ``AdvertError`` naming the field that is wrong.
    """
    try:
        return msgspec.convert(dict(content), Advert)
    except msgspec.ValidationError as error:
        raise AdvertError(f"This is not an advert: {error}.") from error
