"""What is set up in this installation, read from the settings, the database and the queue."""

import shutil
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import connection
from django.db.models import Count, Sum

from assay import __version__
from assay.platform.accounts.queries import list_accounts
from assay.platform.files.models import StoredFile
from assay.platform.mail.queries import can_send, describe_sending
from assay.platform.queue.tasks import QueueState, get_queue_state


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting: its name, its value in words, whether it is in order, and how to change it."""

    label: str
    value: str
    change: str
    is_fine: bool = True


@dataclass(frozen=True, slots=True)
class Storage:
    """Where the data lies and how much there is, in bytes."""

    folder: str
    files: int
    file_bytes: int
    database_bytes: int
    free_bytes: int


@dataclass(frozen=True, slots=True)
class Installation:
    """The whole picture of one installation."""

    version: str
    database_version: str
    settings: tuple[Setting, ...]
    storage: Storage
    queue: QueueState
    worker_seen_at: datetime | None


def describe_installation() -> Installation:
    """Return how this installation is set up; five statements."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('server_version'), pg_database_size(current_database())")
        database_version, database_bytes = cursor.fetchone()
    files = StoredFile.objects.aggregate(count=Count("id"), bytes=Sum("size"))
    queue = get_queue_state()
    return Installation(
        version=__version__,
        database_version=database_version.split(" ")[0],
        settings=_settings(),
        storage=Storage(
            folder=str(settings.DATA_DIR),
            files=files["count"],
            file_bytes=files["bytes"] or 0,
            database_bytes=database_bytes,
            free_bytes=shutil.disk_usage(settings.DATA_DIR).free if settings.DATA_DIR.exists() else 0,
        ),
        queue=queue,
        worker_seen_at=queue.worker_seen_at,
    )


def _settings() -> tuple[Setting, ...]:
    people = [account for account in list_accounts() if account.is_active]
    protected = sum(account.has_second_factor for account in people)
    has_single_sign_on = bool(settings.SOCIALACCOUNT_PROVIDERS.get("openid_connect"))
    return (
        Setting("Organisation", settings.ORGANISATION, "ASSAY_ORGANISATION"),
        Setting("Addresses it answers to", ", ".join(settings.ALLOWED_HOSTS), "ASSAY_HOSTS"),
        Setting(
            "Encrypted connections",
            "on" if settings.IS_BEHIND_TLS else "off: fine on one machine, not on a network",
            "ASSAY_TLS=1 behind a proxy that holds the certificate",
            is_fine=settings.IS_BEHIND_TLS or _is_local(),
        ),
        Setting("Default time zone", settings.TIME_ZONE, "fixed; each person sets their own under their account"),
        Setting(
            "Mail",
            describe_sending() if can_send() else "off: letters wait, invitation links are passed on by hand",
            "ASSAY_SMTP_HOST",
        ),
        Setting(
            "Single sign-on",
            "on (OpenID Connect)" if has_single_sign_on else "off",
            "ASSAY_OIDC_CLIENT_ID, ASSAY_OIDC_SECRET and ASSAY_OIDC_SERVER",
        ),
        Setting(
            "Second factor",
            f"used by {protected} of {len(people)} people",
            "each person under their account: authenticator app or passkey",
            is_fine=protected == len(people),
        ),
    )


def _is_local() -> bool:
    return set(settings.ALLOWED_HOSTS) <= {"localhost", "127.0.0.1", "[::1]", "testserver"}
