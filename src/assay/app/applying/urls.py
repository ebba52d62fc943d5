"""Addresses of the application form, the status page and candidates' requests."""

from django.urls import URLPattern

app_name = "applying"
urlpatterns: list[URLPattern] = []
