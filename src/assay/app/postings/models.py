"""Adverts being written, and what was published of them."""

from django.conf import settings
from django.db import models


class Advert(models.Model):
    """An advert as it is being written. ``content`` holds its sections; ``revision`` counts changes."""

    requisition = models.ForeignKey(
        "requisitions.Requisition", on_delete=models.CASCADE, null=True, blank=True, related_name="adverts"
    )
    job = models.ForeignKey("pipeline.Job", on_delete=models.SET_NULL, null=True, blank=True, related_name="adverts")
    role_version = models.ForeignKey("roles.RoleVersion", on_delete=models.PROTECT, null=True, blank=True)
    title = models.CharField(max_length=200)
    content = models.JSONField(default=dict)
    revision = models.PositiveIntegerField(default=1)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["-updated_at", "-id"]

    def __str__(self) -> str:
        return self.title


class Publication(models.Model):
    """What the outside reads: one version of an advert, unchanged since it went out, until it is taken down."""

    advert = models.ForeignKey(Advert, on_delete=models.CASCADE, related_name="publications")
    number = models.PositiveIntegerField()
    slug = models.SlugField(max_length=90, unique=True)
    content = models.JSONField(default=dict)
    published_at = models.DateTimeField(auto_now_add=True)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    taken_down_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["advert", "number"], name="publication_number_once")]
        ordering = ["-published_at", "-id"]
