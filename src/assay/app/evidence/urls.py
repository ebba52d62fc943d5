"""Addresses of the profile of an application."""

from django.urls import path

from assay.app.evidence import pages

app_name = "evidence"
urlpatterns = [path("applications/<int:application_id>/profile.json", pages.profile_json, name="profile_json")]
