"""Whether a letter comes from where it says, as the mail server that took it in has found (RFC 8601)."""

import re

_RESULT = re.compile(r"(?:^|[;\s])(dmarc|dkim|spf)\s*=\s*([a-z]+)", re.IGNORECASE)
_COMMENT = re.compile(r"\([^()]*\)")


def has_failed(*, results: str) -> bool:
    """Tell whether the field says that the domain of the sender was forged.

    ``results`` is one ``Authentication-Results`` field. DMARC decides where it was asked; without it the letter has
    failed when its way (SPF) was not allowed and no signature (DKIM) holds. What was not checked has not failed.
    """
    found: dict[str, set[str]] = {}
    for method, result in _RESULT.findall(_COMMENT.sub(" ", results)):
        found.setdefault(method.lower(), set()).add(result.lower())
    if "dmarc" in found:
        return "fail" in found["dmarc"]
    return "fail" in found.get("spf", ()) and "pass" not in found.get("dkim", ())
