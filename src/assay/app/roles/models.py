"""The roles table: every version of every role, never changed once written."""

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
