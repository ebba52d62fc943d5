"""Addresses of the roles."""

from django.urls import path

from assay.app.roles import pages

app_name = "roles"
urlpatterns = [
    path("roles/", pages.roles, name="roles"),
    path("roles/new", pages.new_role, name="new"),
    path("roles/<slug:role_key>/", pages.role, name="role"),
    path("roles/<slug:role_key>/edit", pages.edit_role, name="edit"),
    path("roles/<slug:role_key>/adopt", pages.adopt, name="adopt"),
]
