"""Addresses of the market desk."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
