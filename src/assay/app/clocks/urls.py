"""Addresses of clocks, calendars and how well clocks are kept."""

from django.urls import URLPattern

app_name = "clocks"
urlpatterns: list[URLPattern] = []
