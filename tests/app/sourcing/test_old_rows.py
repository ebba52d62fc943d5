"""Rows of people who applied long ago: they come in today, so nobody is late with them today."""

from collections.abc import Callable

from django.test import Client
from django.utils import timezone
from tests.app.sourcing.kit import press, resume, table, work_off

from assay.app.clocks.models import Clock
from assay.app.clocks.queries.kept import get_kept
from assay.app.pipeline.models import Application
from assay.app.sourcing.models import ImportBatch
from assay.core.clocks.kinds import ClockKind
from assay.platform.accounts.models import User

Run = Callable[[dict[str, bytes]], ImportBatch]
HEAD = "Name,E-mail,Applied on,Résumé"
ROWS = ("Ada Byron,ada@example.org,2025-03-02,", "Ben Holt,ben@example.org,2026-05-04,ben.txt")


def bring_in(imported: Run) -> ImportBatch:
    return imported({"people.csv": table(HEAD, *ROWS), "ben.txt": resume("Ben Holt", "ben@example.org")})


def test_old_rows_with_and_without_a_file_are_in_time_on_the_day_of_their_import(
    imported: Run, recruiter: User, desk: Client
) -> None:
    batch = bring_in(imported)
    rows = Application.objects.order_by("applied_at")
    assert [row.applied_at.date().isoformat() for row in rows] == ["2025-03-02", "2026-05-04"]
    assert all(batch.created_at <= row.recorded_at <= timezone.now() for row in rows)
    reviews = Clock.objects.filter(kind=ClockKind.REVIEW).order_by("application__applied_at")
    assert [one.started_at for one in reviews] == [row.recorded_at for row in rows]
    kept = get_kept(user=recruiter, now=timezone.now(), zone="UTC")
    assert (kept.running, kept.over, kept.yellow, kept.unsaid) == (2, 0, 0, 0)
    assert " late" not in desk.get("/inbox/").content.decode()


def test_taking_the_import_back_takes_its_old_rows_and_their_clocks_away(imported: Run, desk: Client) -> None:
    batch = bring_in(imported)
    press(desk, batch, "revert")
    work_off()
    assert not Application.objects.exists()
    assert not Clock.objects.exists()
