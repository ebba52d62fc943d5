"""Addresses of the hiring-model desk."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
