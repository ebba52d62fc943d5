"""A résumé that was chosen and never sent goes with its bytes, unless the same bytes are kept for something else."""

from datetime import timedelta

import pytest
from django.utils import timezone
from tests.app.applying.kit import RESUME, Stranger

from assay.app.applying.actions.resumes import keep_resume, sweep_resumes
from assay.app.applying.models import PendingResume
from assay.app.messaging.models import Attachment, Message
from assay.platform.files.reading import path_of
from assay.platform.mail.arrivals import read_arrival, store_arrival


def sweep_tomorrow() -> int:
    return sweep_resumes(now=timezone.now() + timedelta(days=2))


@pytest.mark.django_db(transaction=True)
def test_what_nobody_sent_goes_with_its_bytes() -> None:
    kept = keep_resume(content=RESUME, name="cv.txt")
    assert path_of(sha256=kept.digest).exists()
    assert sweep_tomorrow() == 1
    assert not PendingResume.objects.exists()
    assert not path_of(sha256=kept.digest).exists()


@pytest.mark.django_db(transaction=True)
def test_what_was_chosen_a_second_time_stays_until_that_is_swept_too() -> None:
    first, second = keep_resume(content=RESUME, name="cv.txt"), keep_resume(content=RESUME, name="again.txt")
    PendingResume.objects.filter(name="again.txt").update(created_at=timezone.now() + timedelta(days=2))
    assert sweep_tomorrow() == 1
    assert first.digest == second.digest
    assert path_of(sha256=second.digest).exists()


@pytest.mark.django_db(transaction=True)
def test_what_also_came_with_a_letter_stays(stranger: Stranger) -> None:
    stranger.apply()
    kept = keep_resume(content=b"Ada Byron\nThe same file, sent by mail before.", name="cv.txt")
    Attachment.objects.create(
        message=Message.objects.get(), name="cv.txt", media_type="text/plain", size=kept.size, digest=kept.digest
    )
    sweep_tomorrow()
    assert path_of(sha256=kept.digest).exists()


@pytest.mark.django_db(transaction=True)
def test_a_letter_chosen_as_a_resume_stays_a_letter() -> None:
    letter = b"From: ada@example.org\r\nMessage-ID: <1@example.org>\r\n\r\nHello\r\n"
    arrival = store_arrival(source=letter)
    keep_resume(content=letter, name="letter.txt")
    assert sweep_tomorrow() == 1
    assert read_arrival(arrival_id=arrival).source == letter
