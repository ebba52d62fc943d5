"""Addresses of people, accounts, settings and the audit log."""

from django.urls import include, path
from django.views.generic import RedirectView

from assay.app.people import audit_pages, pages, settings_page
from assay.platform.accounts.tokens import INVITATION_ROUTE

_pages = [
    path("people/", pages.people, name="people"),
    path("people/invite", pages.invite, name="invite"),
    path("people/<int:user_id>/", pages.person, name="person"),
    path("people/<int:user_id>/role", pages.change_role, name="change_role"),
    path("people/<int:user_id>/switch-off", pages.switch_off, name="switch_off"),
    path("people/<int:user_id>/switch-on", pages.switch_on, name="switch_on"),
    path("people/<int:user_id>/password-link", pages.password_link, name="password_link"),
    path("people/invitations/<int:invitation_id>/revoke", pages.revoke, name="revoke"),
    path(INVITATION_ROUTE, pages.accept, name="accept"),
    path("settings/", settings_page.settings, name="settings"),
    path("audit/", audit_pages.audit, name="audit"),
    path("audit/check", audit_pages.check, name="check_audit"),
]

urlpatterns = [
    path("", include((_pages, "people"))),
    path("account/", pages.account, name="account"),
    # An address is a person's name here and comes with the invitation: allauth's page to change it stays shut.
    path("accounts/email/", RedirectView.as_view(pattern_name="account", permanent=False)),
]
