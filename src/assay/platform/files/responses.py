"""Handing a stranger's file back to a browser without letting it do anything there."""

from urllib.parse import quote

from django.http import HttpResponse


def download(*, content: bytes, name: str) -> HttpResponse:
    """Answer with an attachment that no browser will open in place, under the name it came with (RFC 6266)."""
    name = name.encode("utf-8", "replace").decode()
    plain = "".join(c if c.isascii() and (c.isalnum() or c in " ._-") else "_" for c in name).strip(". ") or "document"
    response = HttpResponse(content, content_type="application/octet-stream")
    response["Content-Disposition"] = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
