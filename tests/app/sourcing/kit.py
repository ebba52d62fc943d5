"""What tests of imports share besides fixtures: files to upload, buttons to press, a queue to work off."""

import io
import json
import zipfile

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from procrastinate.contrib.django import app as queue

from assay.app.pipeline.actions.jobs import JobDraft, open_job
from assay.app.pipeline.models import Job
from assay.app.roles.actions import adopt_role
from assay.app.sourcing.models import ImportBatch
from assay.core.pipeline.stage import PlannedStage, StageGroup
from assay.platform.accounts.models import User

PLAN = [PlannedStage("Applied", StageGroup.APPLICATION), PlannedStage("Interview", StageGroup.INTERVIEW)]


def make_job(owner: User, title: str = "ML engineer") -> Job:
    draft = JobDraft(title, "Forecasts arrive too late.", "Berlin", is_confidential=False, openings=1, posting="")
    version = adopt_role(actor=owner, role_key="ml-engineer")
    return Job.objects.get(pk=open_job(actor=owner, draft=draft, role_version_id=version, plan=PLAN, team=[]))


def uploaded(files: dict[str, bytes]) -> list[SimpleUploadedFile]:
    return [SimpleUploadedFile(name, content) for name, content in files.items()]


def press(desk: Client, batch: ImportBatch, button: str, **fields: str) -> None:
    response = desk.post(f"/imports/{batch.pk}/{button}", fields)
    assert response.status_code == 302, response.content[:500]


def work_off() -> int:
    """Run the tasks that wait, in order, as a worker would, until none is left; return how many ran."""
    done = 0
    while task := _take():
        name, arguments = task
        queue.tasks[name].func(**arguments)
        done += 1
    return done


def _take() -> tuple[str, dict[str, object]] | None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, task_name, args FROM procrastinate_jobs WHERE status = 'todo' ORDER BY id LIMIT 1")
        row = cursor.fetchone()
        if row is None:
            return None
        cursor.execute("DELETE FROM procrastinate_events WHERE job_id = %s", [row[0]])
        cursor.execute("DELETE FROM procrastinate_jobs WHERE id = %s", [row[0]])
    return row[1], json.loads(row[2]) if isinstance(row[2], str) else row[2]


def states(batch: ImportBatch) -> dict[str, str]:
    """What became of each item that stands for a person, by its name."""
    items = batch.items.filter(kind__in=["file", "row"]).order_by("position")
    return {item.name: item.state for item in items}


def resume(name: str = "Ada Byron", email: str = "ada@example.org", line: str = "") -> bytes:
    """A résumé as plain text."""
    return (
        f"{name}\n{email} | +49 30 1234567 | Berlin, Germany\n\nExperience\n\n"
        "Machine Learning Engineer, Freight AG, 2019-03 - present\n"
        "- Deployed a demand forecasting model to production that serves 4 million predictions a day.\n"
        "- Was on call for the model service and cut incidents by 40 %.\n"
        f"{line}\n\nSkills\nPython, PyTorch, Kubernetes\n"
    ).encode()


def zipped(files: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return made.getvalue()


def table(*rows: str, encoding: str = "utf-8") -> bytes:
    return "\r\n".join(rows).encode(encoding)
