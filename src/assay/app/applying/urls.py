"""Addresses of the application form, the status page and candidates' requests."""

from django.urls import path

from assay.app.applying import apply_pages, form_pages, request_pages, site_pages, status_pages

app_name = "applying"
urlpatterns = [
    path("careers/<slug:slug>/apply", apply_pages.apply, name="apply"),
    path("careers/<slug:slug>/apply/resume", apply_pages.resume, name="resume"),
    path("careers/sitemap.xml", site_pages.sitemap, name="sitemap"),
    path("robots.txt", site_pages.robots, name="robots"),
    path("status/link", status_pages.ask_link, name="ask_link"),
    path("status/<str:token>/", status_pages.status, name="status"),
    path("status/<str:token>/withdraw", status_pages.withdraw, name="withdraw"),
    path("status/<str:token>/correct", status_pages.correct, name="correct"),
    path("status/<str:token>/ask", status_pages.ask_for, name="ask"),
    path("status/<str:token>/export", status_pages.export, name="export"),
    path("status/<str:token>/revoke", status_pages.revoke, name="revoke"),
    path("jobs/<int:job_id>/form", form_pages.form, name="form"),
    path("requests/", request_pages.requests, name="requests"),
    path("requests/<int:request_id>", request_pages.answer, name="request"),
]
