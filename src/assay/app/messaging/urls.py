"""Addresses of threads, templates, the outbox and addresses that want no mail."""

from django.urls import URLPattern, path

from assay.app.messaging.pages import unsubscribing

app_name = "messaging"
urlpatterns: list[URLPattern] = [
    path("unsubscribe/<str:token>/", unsubscribing.unsubscribe, name="unsubscribe"),
]
