"""Addresses of the profile of an application."""

from django.urls import URLPattern

app_name = "evidence"
urlpatterns: list[URLPattern] = []
