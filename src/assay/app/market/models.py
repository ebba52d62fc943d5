"""What the market desks keep: the organisation's own pay observations, bands, cost scenarios, choices of model."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class PayObservation(models.Model):
    """One own fact about pay: an offer made, accepted or declined, or what somebody is paid. Voided, never deleted."""

    kind = models.CharField(max_length=16)
    family = models.CharField(max_length=40)
    level = models.CharField(max_length=12)
    country = models.CharField(max_length=2)
    metro = models.CharField(max_length=60, blank=True)
    currency = models.CharField(max_length=3)
    annual_base = models.DecimalField(max_digits=14, decimal_places=2)
    observed_on = models.DateField()
    note = models.CharField(max_length=300, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    voided_at = models.DateTimeField(null=True, blank=True)
    void_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(annual_base__gt=0), name="pay_observation_positive")]
        ordering = ["-observed_on", "-id"]


class PayBand(models.Model):
    """A band for base pay a year, with the market as it stood when it was set. Written once; a change is a new one."""

    requisition = models.ForeignKey(
        "requisitions.Requisition", on_delete=models.CASCADE, null=True, blank=True, related_name="pay_bands"
    )
    title = models.CharField(max_length=200)
    family = models.CharField(max_length=40)
    level = models.CharField(max_length=12)
    country = models.CharField(max_length=2)
    metro = models.CharField(max_length=60, blank=True)
    currency = models.CharField(max_length=3)
    low = models.DecimalField(max_digits=14, decimal_places=2)
    high = models.DecimalField(max_digits=14, decimal_places=2)
    note = models.CharField(max_length=500, blank=True)
    benchmark = models.JSONField(default=dict)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(low__gt=0, low__lte=F("high")), name="pay_band_upright")]
        ordering = ["-created_at", "-id"]


class CostScenario(models.Model):
    """What a seat costs over a horizon: the inputs, the seed, the result. Written once; a change is a new one."""

    requisition = models.ForeignKey(
        "requisitions.Requisition", on_delete=models.CASCADE, null=True, blank=True, related_name="cost_scenarios"
    )
    title = models.CharField(max_length=200)
    inputs = models.JSONField(default=dict)
    inputs_version = models.CharField(max_length=80)
    seed = models.BigIntegerField()
    result = models.JSONField(default=dict)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-created_at", "-id"]


class ModelComparison(models.Model):
    """How to staff it: statements, weights and seed, what came out, what was chosen and why. Written once."""

    requisition = models.ForeignKey(
        "requisitions.Requisition", on_delete=models.CASCADE, null=True, blank=True, related_name="model_comparisons"
    )
    title = models.CharField(max_length=200)
    inputs = models.JSONField(default=dict)
    inputs_version = models.CharField(max_length=80)
    seed = models.BigIntegerField()
    result = models.JSONField(default=dict)
    recommended = models.CharField(max_length=40, blank=True)
    chosen = models.CharField(max_length=40)
    reason = models.CharField(max_length=500, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-created_at", "-id"]
