"""What is known of each stored file. The bytes themselves lie in ``settings.FILES_DIR``."""

from django.db import models
from django.db.models.functions import Now


class StoredFile(models.Model):
    """One content, once: two uploads of the same bytes share a row. Never changed after it is made."""

    sha256 = models.CharField(max_length=64, unique=True)
    size = models.BigIntegerField()
    media_type = models.CharField(max_length=100, default="application/octet-stream")
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        constraints = (
            models.CheckConstraint(name="files_size_is_not_negative", condition=models.Q(size__gte=0)),
            models.CheckConstraint(
                name="files_sha256_is_hexadecimal", condition=models.Q(sha256__regex="^[0-9a-f]{64}$")
            ),
        )

    def __str__(self) -> str:
        return self.sha256
