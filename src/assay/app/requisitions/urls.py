"""Addresses of the requisitions."""

from django.urls import URLPattern

app_name = "requisitions"
urlpatterns: list[URLPattern] = []
