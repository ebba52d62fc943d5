"""The address at which people reach this installation, for links in letters that no request stands behind."""

from django.conf import settings


def site_address(path: str = "/") -> str:
    """Return the full address of ``path`` (which begins with a slash): from ``ASSAY_ADDRESS``, else as it was started.

    Without either, the first trusted origin, else the first allowed host is taken.
    """
    return f"{_base()}{path}"


def _base() -> str:
    given = str(settings.SITE_ADDRESS) or next(iter(settings.CSRF_TRUSTED_ORIGINS), "")
    if given:
        return str(given).rstrip("/")
    host = next((host for host in settings.ALLOWED_HOSTS if host not in ("*", "testserver")), "localhost")
    return f"{'https' if settings.IS_BEHIND_TLS else 'http'}://{host.lstrip('.')}"
