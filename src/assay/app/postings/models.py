"""Adverts being written, and what was published of them."""

from django.conf import settings
from django.db import models
from django.db.models import Q


class Advert(models.Model):
    """An advert as it is being written.

    ``content`` holds its sections and what the laws ask about the employer (see ``writing``); ``revision`` counts
    changes. The counts of open findings are those of the last change, so that a list need not check every advert.
    """

    requisition = models.ForeignKey(
        "requisitions.Requisition", on_delete=models.CASCADE, null=True, blank=True, related_name="adverts"
    )
    job = models.ForeignKey("pipeline.Job", on_delete=models.SET_NULL, null=True, blank=True, related_name="adverts")
    role_version = models.ForeignKey("roles.RoleVersion", on_delete=models.PROTECT, null=True, blank=True)
    title = models.CharField(max_length=200)
    content = models.JSONField(default=dict)
    revision = models.PositiveIntegerField(default=1)
    musts = models.PositiveIntegerField(default=0)
    shoulds = models.PositiveIntegerField(default=0)
    considers = models.PositiveIntegerField(default=0)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["-updated_at", "-id"]

    def __str__(self) -> str:
        return self.title


class Publication(models.Model):
    """What the outside reads: one version of an advert, unchanged since it went out, until it is taken down.

    All publications of an advert share one address (``slug``); the one that is up is the one not taken down. What a
    newer one replaced was taken down at the very moment the newer one went out. ``open_musts`` are the findings that
    stood when it went out all the same, and ``reason`` says why.
    """

    advert = models.ForeignKey(Advert, on_delete=models.CASCADE, related_name="publications")
    number = models.PositiveIntegerField()
    slug = models.SlugField(max_length=90)
    content = models.JSONField(default=dict)
    is_listed = models.BooleanField(default=True)
    reason = models.CharField(max_length=500, blank=True)
    open_musts = models.JSONField(default=list)
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    taken_down_at = models.DateTimeField(null=True, blank=True)
    taken_down_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["advert", "number"], name="publication_number_once"),
            models.UniqueConstraint(
                fields=["slug"], condition=Q(taken_down_at__isnull=True), name="publication_slug_up_once"
            ),
            models.UniqueConstraint(
                fields=["advert"], condition=Q(taken_down_at__isnull=True), name="publication_advert_up_once"
            ),
        ]
        indexes = [models.Index(fields=["-published_at", "-id"], name="publication_newest")]
        ordering = ["-published_at", "-id"]
