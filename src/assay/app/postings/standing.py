"""Which adverts somebody may see and change: those of no requisition, and those of requisitions and jobs they see."""

from django.db.models import Q, QuerySet
from django.http import Http404

from assay.app.pipeline.funnel import find_job, job_resource, visible_jobs
from assay.app.postings.models import Advert
from assay.app.requisitions.visibility import require_requisition, visible_desk_results
from assay.app.roles.visibility import visible_versions
from assay.platform.access.gate import Forbidden, ask, require
from assay.platform.access.policy import ORGANISATION, Action
from assay.platform.accounts.models import User
from assay.platform.numbers import LARGEST_ID


def visible_adverts(*, actor: User) -> QuerySet[Advert]:
    """Return the adverts whose requisition and job, where they have them, ``actor`` may see: both, where both.

    One that was built from a role alone repeats the role's words, and is seen by those who see the role.
    """
    seen = Advert.objects.filter(visible_desk_results(actor=actor))
    of_jobs = Q(job__isnull=True) | Q(job__in=visible_jobs(user=actor))
    has_more = Q(requisition__isnull=False) | Q(job__isnull=False) | Q(role_version__isnull=True)
    of_roles = has_more | Q(role_version__in=visible_versions(actor=actor))
    return Advert.objects.filter(of_jobs, of_roles, pk__in=seen.values("pk"))


def find_advert(*, actor: User, advert_id: int) -> Advert:
    """Return an advert that ``actor`` may see; raises ``Http404``, or ``Forbidden`` for those without desks."""
    require(actor=actor, action=Action.SEE_PLANS, resource=ORGANISATION)
    rows = visible_adverts(actor=actor).select_related(
        "requisition__job", "job", "role_version", "updated_by", "created_by"
    )
    found = rows.filter(pk=advert_id).first() if 0 < advert_id <= LARGEST_ID else None
    if found is None:
        raise Http404("There is no such advert.")
    return found


def require_editing(*, actor: User, advert: Advert) -> None:
    """Return when ``actor`` may change an advert; raises ``Forbidden`` or ``Http404``."""
    require(actor=actor, action=Action.EDIT_PLANS, resource=ORGANISATION)
    if advert.requisition_id is not None:
        require_requisition(actor=actor, requisition_id=advert.requisition_id, action=Action.EDIT_REQUISITION)
    elif advert.job_id is not None:
        resource = job_resource(job=find_job(job_id=advert.job_id), user=actor)
        require(actor=actor, action=Action.EDIT_JOB, resource=resource)


def may_edit(*, actor: User, advert: Advert) -> bool:
    """Return whether ``actor`` may change an advert they see."""
    try:
        require_editing(actor=actor, advert=advert)
    except (Forbidden, Http404):
        return False
    return True


def may_write(*, actor: User) -> bool:
    """Return whether ``actor`` may write adverts at all."""
    return ask(actor=actor, action=Action.EDIT_PLANS, resource=ORGANISATION).allowed
