"""Addresses of the inbox and the palette."""

from django.urls import URLPattern

app_name = "inbox"
urlpatterns: list[URLPattern] = []
