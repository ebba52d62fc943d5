"""Addresses of the inbox."""

from django.urls import path

from assay.app.inbox import pages

app_name = "inbox"
urlpatterns = [
    path("inbox/", pages.inbox, name="inbox"),
    path("inbox/put-off", pages.put_off, name="put_off"),
    path("inbox/take-back", pages.take_back, name="take_back"),
    path("inbox/digest", pages.digest, name="digest"),
]
