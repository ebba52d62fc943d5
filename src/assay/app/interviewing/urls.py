"""Addresses of interview plans, interviews, scorecards and the question bank."""

from django.urls import URLPattern

app_name = "interviewing"
urlpatterns: list[URLPattern] = []
