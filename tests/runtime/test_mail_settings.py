"""Settings of mail that cannot be used are refused when the product starts, not when the first letter is written."""

import pytest

from assay.runtime.settings import BadSetting, address_setting, security_setting


@pytest.mark.parametrize(
    "value", ["jobs@example.org", "Example Ltd <jobs@example.org>", "jobs+a@xn--e.org", "a@localhost"]
)
def test_an_address_is_taken_as_it_is(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("ASSAY_MAIL_FROM", value)
    assert address_setting("ASSAY_MAIL_FROM", default="assay@localhost") == value


@pytest.mark.parametrize("value", ["nobody", "a@b@c", "@example.org", "jobs@", "a b@c.d", "x <a@b>\nBcc: c@d"])
def test_what_is_no_address_stops_the_start(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("ASSAY_MAIL_FROM", value)
    with pytest.raises(BadSetting, match="ASSAY_MAIL_FROM"):
        address_setting("ASSAY_MAIL_FROM", default="assay@localhost")


@pytest.mark.parametrize(("value", "meant"), [("", "starttls"), ("1", "starttls"), ("0", "none"), ("TLS", "tls")])
def test_the_older_words_for_protection_still_count(monkeypatch: pytest.MonkeyPatch, value: str, meant: str) -> None:
    monkeypatch.setenv("ASSAY_SMTP_TLS", value)
    assert security_setting("ASSAY_SMTP_TLS", default="starttls") == meant


def test_a_protection_that_does_not_exist_stops_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSAY_SMTP_TLS", "yes please")
    with pytest.raises(BadSetting, match="starttls, tls or none"):
        security_setting("ASSAY_SMTP_TLS", default="starttls")
