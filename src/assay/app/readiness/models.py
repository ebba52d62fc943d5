"""Assessments of readiness: what was asked, who answered what, and what was agreed to be done."""

from django.conf import settings
from django.db import models


class Assessment(models.Model):
    """One look at whether a team is ready for an ML hire. ``questions_version`` is what the answers belong to."""

    requisition = models.ForeignKey(
        "requisitions.Requisition", on_delete=models.CASCADE, null=True, blank=True, related_name="assessments"
    )
    subject = models.CharField(max_length=200)
    team = models.CharField(max_length=120, blank=True)
    previous = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="retakes")
    questions_version = models.CharField(max_length=80)
    closed_at = models.DateTimeField(null=True, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-created_at", "-id"]

    def __str__(self) -> str:
        return self.subject


class AnswerSheet(models.Model):
    """One person's answers by question id, in the shape of ``assay.app.readiness.stored``.

    ``kind`` says as what they answer (sponsor, data owner); ``revision`` counts every change of the sheet.
    ``declined_at`` is when they said that they will not answer, ``saw_result_at`` when the sheet was (again) theirs to
    fill although others' answers lay open to them, ``changed_after_at`` when they last changed it after that.
    """

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="sheets")
    respondent = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=40, blank=True)
    answers = models.JSONField(default=dict)
    submitted_at = models.DateTimeField(null=True, blank=True)
    declined_at = models.DateTimeField(null=True, blank=True)
    saw_result_at = models.DateTimeField(null=True, blank=True)
    changed_after_at = models.DateTimeField(null=True, blank=True)
    updated_at = models.DateTimeField(auto_now=True)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["assessment", "respondent"], name="answer_sheet_once")]
        ordering = ["assessment_id", "id"]


class PlannedAction(models.Model):
    """Something to do before or while hiring, with an owner and a date. ``action_key`` is the id of the question."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="actions")
    action_key = models.CharField(max_length=80)
    owner_name = models.CharField(max_length=120, blank=True)
    due_on = models.DateField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["assessment", "action_key"], name="planned_action_once")]
        ordering = ["assessment_id", "id"]
