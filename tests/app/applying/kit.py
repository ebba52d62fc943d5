"""A stranger with a browser: opens the form, fills it in, sends it, follows the private link."""

import re
import secrets
from collections.abc import Mapping

from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from tests.app.sourcing.kit import resume

RESUME = resume()


def form_of(slug: str, *, age_seconds: int = 60) -> str:
    """The mark of a form that was handed out so long ago."""
    handed_out = int(timezone.now().timestamp()) - age_seconds
    return signing.dumps([secrets.token_urlsafe(24), slug, handed_out], salt="assay.applying.form")


class Stranger:
    """Somebody without an account. ``address`` is where they connect from."""

    def __init__(self, slug: str, *, address: str = "203.0.113.7") -> None:
        self.slug, self.client, self.address = slug, Client(REMOTE_ADDR=address), address

    def open(self) -> str:
        response = self.client.get(f"/careers/{self.slug}/apply")
        assert response.status_code == 200, response.content[:300]
        return response.content.decode()

    def fields(self, **changes: str) -> dict[str, object]:
        return {
            "form": form_of(self.slug),
            "name": "Ada Byron",
            "email": "ada@example.org",
            "phone": "+49 30 1234567",
            "location": "Berlin, Germany",
            "links": "github.com/ada",
            "agreed": "on",
            **changes,
        }

    def send(
        self, *, file: bytes | None = RESUME, fields: Mapping[str, object] | None = None, **changes: str
    ) -> HttpResponse:
        posted = dict(fields) if fields is not None else self.fields(**changes)
        if file is not None:
            posted["resume"] = SimpleUploadedFile("résumé.txt", file)
        return self.client.post(f"/careers/{self.slug}/apply", posted)

    def choose(self, file: bytes, *, name: str = "cv.txt", wants_json: bool = True, **changes: str) -> HttpResponse:
        posted = {"form": form_of(self.slug), **changes, "resume": SimpleUploadedFile(name, file)}
        headers = {"Accept": "application/json"} if wants_json else {}
        return self.client.post(f"/careers/{self.slug}/apply/resume", posted, headers=headers)

    def apply(self, **changes: str) -> str:
        """Apply and return the address of the private page."""
        response = self.send(**changes)
        assert response.status_code == 200, response.content[:2000]
        return private_link(response)


def private_link(response: HttpResponse) -> str:
    found = re.search(r'href="(/status/[\w-]{43}/)"', response.content.decode())
    assert found is not None, "no private link on the page"
    return found[1]
