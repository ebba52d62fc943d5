"""Whether bytes came through the form."""

from assay.app.applying.models import PendingResume, Submission


def is_from_form(sender: object, *, sha256: str, **more: object) -> bool:
    """Tell whether a résumé with this hash was sent, or chosen and may still be; listens to ``still_named``."""
    del sender, more
    is_chosen = PendingResume.objects.filter(digest=sha256).exists()
    return is_chosen or Submission.objects.filter(resume_digest=sha256).exists()
