"""Addresses of the cost desk."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
