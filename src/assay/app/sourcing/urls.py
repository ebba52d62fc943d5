"""Addresses of the sourcing pages."""

from django.urls import path

from assay.app.sourcing import pages, upload_pages

app_name = "sourcing"
urlpatterns = [
    path("jobs/<int:ident>/import/", upload_pages.new_import, name="new_import"),
    path("imports/<int:batch_id>/", pages.show_import, name="import"),
    path("imports/<int:ident>/files", upload_pages.add_files, name="add_files"),
    path("imports/<int:batch_id>/known", upload_pages.known_files, name="known_files"),
    path("imports/<int:batch_id>/progress", pages.show_progress, name="progress"),
    path("imports/<int:batch_id>/mapping", pages.map_columns, name="mapping"),
    path("imports/<int:batch_id>/check", pages.start_check, name="check"),
    path("imports/<int:batch_id>/check/stop", pages.stop_check, name="stop_check"),
    path("imports/<int:batch_id>/start", pages.start, name="start"),
    path("imports/<int:batch_id>/resume", pages.resume, name="resume"),
    path("imports/<int:batch_id>/revert", pages.revert, name="revert"),
    path("imports/<int:batch_id>/copy", pages.copy, name="copy"),
    path("imports/<int:batch_id>/discard", pages.discard, name="discard"),
    path("imports/<int:batch_id>/report.csv", pages.download_report, name="report"),
]
