"""What somebody put off, and the daily letters that were sent. What waits itself is never stored."""

from django.conf import settings
from django.db import models


class Snooze(models.Model):
    """One item of one person's inbox, out of sight until a moment. ``item`` names it ("review:job:3")."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="snoozes")
    item = models.CharField(max_length=120)
    until = models.DateTimeField()
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "item"], name="snooze_once")]
        ordering = ["user_id", "until", "id"]


class InboxChoice(models.Model):
    """How one person wants their inbox: the daily letter, and the hour (0-23) of their own day at which it comes."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="inbox_choice")
    wants_digest = models.BooleanField(default=True)
    digest_hour = models.PositiveSmallIntegerField(default=8)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(digest_hour__lte=23), name="digest_hour_is_of_a_day"),
        ]


class Digest(models.Model):
    """A daily letter that was handed to the outbox: one per person and day, however many workers there are."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="digests")
    day = models.DateField()
    items = models.PositiveIntegerField()
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "day"], name="digest_once_a_day")]
