"""What people may type on these pages, as Django forms: they refuse what no database could keep."""

from zoneinfo import available_timezones

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS

from assay.platform.access.roles import Role
from assay.platform.numbers import LARGEST_ID

_ROLES = [(role.value, role.label) for role in Role]


class InviteForm(forms.Form):
    """Whom to ask in, and as what."""

    email = forms.EmailField(
        label="E-mail", max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "off", "autofocus": True})
    )
    role = forms.ChoiceField(label="Role", choices=_ROLES, initial=Role.INTERVIEWER.value)


class RoleForm(forms.Form):
    """Another role for an account."""

    role = forms.ChoiceField(label="Role", choices=_ROLES)


class WhyForm(forms.Form):
    """A reason that goes into the audit log."""

    why = forms.CharField(label="Why", max_length=500, required=False)


class AcceptForm(forms.Form):
    """A new account, where the invitation names the address."""

    name = forms.CharField(
        label="Your name", max_length=200, widget=forms.TextInput(attrs={"autocomplete": "name", "autofocus": True})
    )
    password = forms.CharField(
        label="Password",
        help_text="At least 12 characters. A sentence is good.",
        max_length=1000,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )


class FirstAdminForm(AcceptForm):
    """The first administrator's account, who says which address is theirs."""

    email = forms.EmailField(
        label="Your e-mail", max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "username"})
    )
    field_order = ("name", "email", "password")


class AccountForm(forms.Form):
    """One's own name and time zone."""

    name = forms.CharField(label="Name", max_length=200)
    time_zone = forms.ChoiceField(
        label="Time zone",
        help_text="Times on every page are shown in it.",
        choices=[(zone, zone.replace("_", " ")) for zone in sorted(available_timezones()) if zone != "localtime"],
    )


class AuditFilterForm(forms.Form):
    """Which events to show. What cannot be understood is left out rather than refused."""

    who = forms.CharField(max_length=20, required=False)
    verb = forms.CharField(max_length=80, required=False)
    kind = forms.CharField(max_length=80, required=False)
    object = forms.IntegerField(min_value=0, max_value=LARGEST_ID, required=False)
    since = forms.DateField(required=False)
    until = forms.DateField(required=False)
    before = forms.IntegerField(min_value=0, max_value=LARGEST_ID, required=False)


def errors_of(form: forms.Form) -> list[tuple[str, str]]:
    """Return a form's errors as the id of the input (empty when of the whole form) and the message."""
    found: list[tuple[str, str]] = []
    for name, messages in form.errors.items():
        ident = "" if name == NON_FIELD_ERRORS else str(form[name].id_for_label)
        found.extend((ident, str(message)) for message in messages)
    return found
