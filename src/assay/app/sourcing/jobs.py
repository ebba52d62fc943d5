"""Background tasks of imports. Each may run twice or die halfway; the items say what is left to do."""

from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.http import Http404

from assay.app.sourcing import work
from assay.app.sourcing.actions.checking import check_files, end_check_if_done
from assay.app.sourcing.actions.opening import open_container
from assay.app.sourcing.actions.pieces import import_files, import_rows
from assay.app.sourcing.actions.reverting import revert_items
from assay.app.sourcing.actions.running import begin_pieces, fail_import, finish_if_done
from assay.platform.accounts.models import User
from assay.platform.queue.tasks import background_task

_NOT_ALLOWED = "{name} may no longer add applicants to this job. Someone who may can go on with the import."


@background_task(name=work.OPEN)
def open_container_job(*, item_id: int, actor_id: int) -> None:
    """Open one archive or table of a draft."""
    open_container(actor=User.objects.get(pk=actor_id), item_id=item_id)


@background_task(name=work.BEGIN)
def begin_job(*, batch_id: int, actor_id: int) -> None:
    """Cut an import into pieces."""
    actor = User.objects.get(pk=actor_id)
    begin_pieces(actor=actor, batch_id=batch_id)
    finish_if_done(actor=actor, batch_id=batch_id)


@background_task(name=work.FILES)
def import_files_job(*, batch_id: int, actor_id: int, item_ids: list[int]) -> None:
    """Bring in some files."""
    _as_actor(batch_id, actor_id, lambda actor: import_files(actor=actor, batch_id=batch_id, item_ids=item_ids))


@background_task(name=work.ROWS)
def import_rows_job(*, batch_id: int, actor_id: int, item_ids: list[int]) -> None:
    """Bring in some rows."""
    _as_actor(batch_id, actor_id, lambda actor: import_rows(actor=actor, batch_id=batch_id, item_ids=item_ids))


@background_task(name=work.CHECK)
def check_files_job(*, batch_id: int, actor_id: int, item_ids: list[int]) -> None:
    """Read some files for a dry run."""
    check_files(actor=User.objects.get(pk=actor_id), batch_id=batch_id, item_ids=item_ids)


@background_task(name=work.CHECK_END)
def end_check_job(*, batch_id: int, actor_id: int) -> None:
    """Write the forecasts of a dry run."""
    end_check_if_done(actor=User.objects.get(pk=actor_id), batch_id=batch_id)


@background_task(name=work.REVERT)
def revert_items_job(*, batch_id: int, actor_id: int, item_ids: list[int]) -> None:
    """Take back some applications."""
    revert_items(actor=User.objects.get(pk=actor_id), batch_id=batch_id, item_ids=item_ids)


def _as_actor(batch_id: int, actor_id: int, act: Callable[[User], None]) -> None:
    actor = User.objects.get(pk=actor_id)
    try:
        act(actor)
    except (PermissionDenied, Http404):
        fail_import(actor=actor, batch_id=batch_id, problem=_NOT_ALLOWED.format(name=actor))
