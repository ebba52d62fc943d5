"""Addresses of threads, templates, the outbox and addresses that want no mail."""

from django.urls import URLPattern

app_name = "messaging"
urlpatterns: list[URLPattern] = []
