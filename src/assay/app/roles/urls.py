"""Addresses of the roles."""

from django.urls import path

from assay.app.roles import compile_pages, pages

app_name = "roles"
urlpatterns = [
    path("roles/", pages.roles, name="roles"),
    path("roles/new", pages.new_role, name="new"),
    path("roles/compile", compile_pages.compile_page, name="compile"),
    path("roles/compile/verdict", compile_pages.verdict, name="verdict"),
    path("roles/compile/keep", compile_pages.keep, name="keep_intake"),
    path("roles/compile/make", compile_pages.make, name="make_role"),
    path("roles/intakes/", compile_pages.intakes, name="intakes"),
    path("roles/intakes/<int:intake_id>/", compile_pages.intake, name="intake"),
    path("roles/<slug:role_key>/", pages.role, name="role"),
    path("roles/<slug:role_key>/edit", pages.edit_role, name="edit"),
    path("roles/<slug:role_key>/adopt", pages.adopt, name="adopt"),
]
