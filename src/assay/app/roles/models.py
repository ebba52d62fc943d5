"""The roles tables: every version of every role, never changed once written, and the intakes they were made from."""

from django.conf import settings
from django.db import models


class RoleVersion(models.Model):
    """One version of a role. Jobs pin a version, so that a later edit never moves a bar under anyone."""

    role_key = models.SlugField(max_length=80)
    version = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    definition = models.JSONField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["role_key", "version"], name="role_version_once")]
        ordering = ["role_key", "-version"]

    def __str__(self) -> str:
        return f"{self.role_key} v{self.version}"


class RoleIntake(models.Model):
    """What somebody answered about a problem, what the compiler made of it, and the role that came out.

    Written once; a change of answers is a new intake that names the one it follows.
    """

    requisition = models.ForeignKey(
        "requisitions.Requisition", on_delete=models.CASCADE, null=True, blank=True, related_name="role_intakes"
    )
    follows = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="later")
    role_version = models.ForeignKey(
        RoleVersion, on_delete=models.PROTECT, null=True, blank=True, related_name="intakes"
    )
    title = models.CharField(max_length=200)
    answers = models.JSONField(default=dict)
    rules_version = models.CharField(max_length=80)
    result = models.JSONField(default=dict)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-created_at", "-id"]
