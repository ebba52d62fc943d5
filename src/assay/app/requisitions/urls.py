"""Addresses of the guided path and the requisitions."""

from django.urls import path

from assay.app.requisitions.pages import band, brief, editing, listing
from assay.app.requisitions.pages import path as path_pages
from assay.app.requisitions.pages import requisition as pages

app_name = "requisitions"
urlpatterns = [
    path("define/", path_pages.define, name="define"),
    path("requisitions/", listing.requisitions, name="requisitions"),
    path("requisitions/new", path_pages.new, name="new"),
    path("requisitions/<int:requisition_id>/", pages.requisition, name="requisition"),
    path("requisitions/<int:requisition_id>/edit", editing.edit, name="edit"),
    path("requisitions/<int:requisition_id>/people", editing.people, name="people"),
    path("requisitions/<int:requisition_id>/role", pages.role, name="role"),
    path("requisitions/<int:requisition_id>/submit", pages.submit, name="submit"),
    path("requisitions/<int:requisition_id>/withdraw", pages.withdraw, name="withdraw"),
    path("requisitions/<int:requisition_id>/verdict", pages.verdict, name="verdict"),
    path("requisitions/<int:requisition_id>/comment", pages.comment, name="comment"),
    path("requisitions/<int:requisition_id>/job", pages.open_job, name="open_job"),
    path("requisitions/<int:requisition_id>/brief", brief.brief_page, name="brief_page"),
    path("requisitions/<int:requisition_id>/brief.pdf", brief.brief_pdf, name="brief"),
    path("jobs/<int:job_id>/band", band.job_band, name="job_band"),
    path("jobs/<int:job_id>/band/ask", band.ask_for_band, name="ask_for_band"),
]
