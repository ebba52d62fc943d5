"""The demo's jobs: opened, their bands approved, advertised, and everybody who applied noted in the diary."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from random import Random

from assay.app.interviewing.actions.plans import adopt_suggestion
from assay.app.messaging.models import Message
from assay.app.pipeline.actions.jobs import JobDraft, Seat, open_job
from assay.app.postings.models import Publication
from assay.app.roles.actions import adopt_role
from assay.app.screening.stored import Reader
from assay.core.applying.particulars import Particulars
from assay.core.pipeline.stage import PlannedStage, StageGroup
from assay.core.pipeline.status import TeamRole
from assay.knowledge.pipeline.sheets import load_plans
from assay.platform.access.roles import Role
from assay.platform.accounts.models import User
from assay.runtime.demo.acts import Scene, follow
from assay.runtime.demo.arrivals import bring_in, draft_import, fill_in_form, twin_of, upload_of
from assay.runtime.demo.company import Company, DemoJob
from assay.runtime.demo.days import Days
from assay.runtime.demo.defining import approve, ask_for_band, publish_advert
from assay.runtime.demo.diary import Diary
from assay.runtime.demo.resume import DemoResume, draw_resumes
from assay.runtime.demo.story import Applicant, Import, JobStory, Sent, load_story

_TWIN_WROTE = "When could we talk?"


@dataclass(frozen=True, slots=True)
class _Play:
    """One job while it is played: its story, the résumés that nobody has sent yet, and what draws for it."""

    scene: Scene
    story: JobStory
    resumes: list[DemoResume]
    random: Random
    reader: Reader

    def take(self, applicant: Applicant) -> DemoResume:
        """Take the next résumé of an applicant's kind that nobody has taken."""
        found = next(one for one in self.resumes if one.kind == applicant.kind)
        self.resumes.remove(found)
        return found


def note_jobs(*, cast: Mapping[Role, User], company: Company, days: Days, diary: Diary, reader: Reader) -> None:
    """Note in the diary how each job of the company goes."""
    stories, taken = {story.job: story for story in load_story().jobs}, set[str]()
    for index, job in enumerate(company.jobs):
        random, story = Random(company.seed + index), stories[job.title]
        resumes = draw_resumes(company=company, job=job, random=random, taken=taken)
        play = _Play(Scene(cast, days, diary), story, resumes, random, reader)
        diary.note(at=days.moment(story.opened), act=partial(_begin, play, job))


def _begin(play: _Play, job: DemoJob) -> None:
    scene = replace(play.scene, job_id=_open(play.scene.cast, job))
    _note_job(replace(play, scene=scene), job)


def _open(cast: Mapping[Role, User], job: DemoJob) -> int:
    recruiter = cast[Role.RECRUITER]
    return open_job(
        actor=recruiter,
        draft=JobDraft(
            title=job.title,
            problem=job.problem,
            location=job.location,
            is_confidential=job.confidential,
            openings=job.openings,
            posting=job.posting,
        ),
        role_version_id=adopt_role(actor=recruiter, role_key=job.role),
        plan=[PlannedStage(stage.name, StageGroup(stage.group)) for stage in load_plans().plans[0].stages],
        team=_team(cast),
    )


def _team(cast: Mapping[Role, User]) -> list[Seat]:
    return [
        Seat(cast[Role.HIRING_MANAGER].pk, TeamRole.HIRING_MANAGER),
        Seat(cast[Role.RECRUITER].pk, TeamRole.RECRUITER),
        Seat(cast[Role.INTERVIEWER].pk, TeamRole.INTERVIEWER),
        Seat(cast[Role.APPROVER].pk, TeamRole.APPROVER),
        Seat(cast[Role.VIEWER].pk, TeamRole.INTERVIEWER),
    ]


def _note_job(play: _Play, job: DemoJob) -> None:
    cast, job_id, story = play.scene.cast, play.scene.job_id, play.story
    note, moment = play.scene.diary.note, play.scene.days.moment
    asked = ask_for_band(cast=cast, job_id=job_id, job_title=job.title)
    for at, role in zip(story.approved, (Role.HIRING_MANAGER, Role.APPROVER), strict=True):
        note(at=moment(at), act=partial(approve, person=cast[role], requisition_id=asked))
    if story.published:
        note(at=moment(story.published), act=partial(publish_advert, cast=cast, job_id=job_id, now=play.scene.days.now))
    note(at=moment(story.planned), act=partial(adopt_suggestion, actor=cast[Role.RECRUITER], job_id=job_id))
    for one in story.imports:
        resumes = [play.take(applicant) for applicant in one.people]
        note(at=moment(one.at), act=partial(_import, play, one, resumes))
    for sent in story.sent:
        note(at=moment(sent.at), act=partial(_send, play, sent, play.take(sent.who)))
    if story.twin:
        note(at=moment(story.twin), act=partial(_apply_again, play))
    note(at=moment(story.draft), act=partial(_leave_draft, play))


def _import(play: _Play, import_: Import, resumes: Sequence[DemoResume]) -> None:
    scene = play.scene
    pairs = list(zip(import_.people, resumes, strict=True))
    uploads = [upload_of(resume=resume, form=one.form, random=play.random) for one, resume in pairs]
    came = bring_in(actor=scene.cast[Role.RECRUITER], job_id=scene.job_id, source=import_.source, uploads=uploads)
    for applicant, application_id in zip(import_.people, came, strict=True):
        follow(scene=scene, application_id=application_id, applicant=applicant)


def _send(play: _Play, sent: Sent, resume: DemoResume) -> None:
    upload = upload_of(resume=resume, form=sent.who.form, random=play.random)
    who = Particulars(resume.name, resume.email, resume.phone, resume.town)
    made = fill_in_form(slug=_address(play), who=who, upload=upload, reader=play.reader)
    follow(scene=play.scene, application_id=made, applicant=sent.who)


def _apply_again(play: _Play) -> None:
    """Let somebody apply once more under another address, so that there is somebody to merge."""
    wrote = Message.objects.filter(thread__application__job_id=play.scene.job_id, subject=_TWIN_WROTE)
    first = wrote.values_list("thread__application_id", flat=True)[0]
    fill_in_form(slug=_address(play), who=twin_of(application_id=first), upload=None, reader=play.reader)


def _leave_draft(play: _Play) -> None:
    uploads = [upload_of(resume=resume, form="", random=play.random) for resume in play.resumes]
    scene = play.scene
    draft_import(actor=scene.cast[Role.RECRUITER], job_id=scene.job_id, source="Referrals", uploads=uploads)


def _address(play: _Play) -> str:
    return Publication.objects.values_list("slug", flat=True).get(advert__job_id=play.scene.job_id)
