"""Screening results, kept whole and replayable, and the measurements drawn from them."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.expressions import RawSQL

from assay.core.evidence.measurement import Observer
from assay.core.screening.result import ScreeningStatus


class Screening(models.Model):
    """What one version of the rules said about one document under one version of a role."""

    application = models.ForeignKey("pipeline.Application", on_delete=models.CASCADE, related_name="screenings")
    document = models.ForeignKey("documents.Document", on_delete=models.CASCADE, related_name="screenings")
    role = models.ForeignKey("roles.RoleVersion", on_delete=models.PROTECT, related_name="+")
    rules_version = models.CharField(max_length=64)
    status = models.CharField(max_length=16, choices=[(s.value, s.value) for s in ScreeningStatus])
    result = models.JSONField()
    screened_at = models.DateTimeField(auto_now_add=True)
    is_current = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["application"], condition=Q(is_current=True), name="one_current_screening"),
        ]
        ordering = ["application_id", "-id"]


class Measurement(models.Model):
    """One observation of one competency. The database refuses a level above 0 without a quote."""

    application = models.ForeignKey("pipeline.Application", on_delete=models.CASCADE, related_name="measurements")
    screening = models.ForeignKey(
        Screening, on_delete=models.CASCADE, null=True, blank=True, related_name="measurements"
    )
    competency = models.CharField(max_length=80)
    level = models.DecimalField(max_digits=4, decimal_places=3)
    reliability = models.DecimalField(max_digits=4, decimal_places=3)
    observer = models.CharField(max_length=20, choices=[(o.value, o.value) for o in Observer])
    rating = models.OneToOneField(
        "interviewing.Rating", on_delete=models.CASCADE, null=True, blank=True, related_name="measurement"
    )
    observed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    evidence = models.JSONField(default=list)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(level__gte=0, level__lte=4), name="measurement_level_in_range"),
            models.CheckConstraint(
                condition=Q(reliability__gte=0, reliability__lte=1), name="measurement_reliability_in_range"
            ),
            models.CheckConstraint(
                condition=Q(level=0)
                | Q(RawSQL("jsonb_array_length(evidence) > 0", (), output_field=models.BooleanField())),
                name="measurement_has_evidence",
            ),
        ]
        ordering = ["application_id", "competency", "id"]
