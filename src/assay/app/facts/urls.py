"""The address of the page of facts."""

from django.urls import URLPattern, path

from assay.app.facts import pages

app_name = "facts"
urlpatterns: list[URLPattern] = [path("facts/", pages.facts, name="facts")]
