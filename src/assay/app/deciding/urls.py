"""Addresses of the review queue, of an application and of the decisions about it."""

from django.urls import path

from assay.app.deciding import bulk_pages, move_pages, other_pages, pages, profile_pages

app_name = "review"
urlpatterns = [
    path("jobs/<int:job_id>/review/", pages.queue, name="queue"),
    path("applications/<int:application_id>/", profile_pages.profile, name="application"),
    path("applications/<int:application_id>/decide", pages.decide_on, name="decide"),
    path("applications/<int:application_id>/move", move_pages.move, name="move"),
    path("applications/<int:application_id>/contact", profile_pages.contact, name="contact"),
    path("applications/<int:application_id>/transfer", other_pages.transfer_to, name="transfer"),
    path("applications/<int:application_id>/consider", other_pages.consider, name="consider"),
    path("applications/<int:application_id>/internal", other_pages.internal, name="internal"),
    path("applications/<int:application_id>/screen", profile_pages.screen_again, name="screen_again"),
    path("decisions/<int:decision_id>/undo", pages.undo_decision, name="undo"),
    path("decisions/<int:decision_id>/take-back", move_pages.take_back, name="take_back"),
    path("jobs/<int:job_id>/bulk", bulk_pages.choose, name="choose"),
    path("jobs/<int:job_id>/bulk/<int:bulk_id>/", bulk_pages.bulk, name="bulk"),
    path("jobs/<int:job_id>/bulk/<int:bulk_id>/start", bulk_pages.start, name="start_bulk"),
    path("jobs/<int:job_id>/bulk/<int:bulk_id>/undo", bulk_pages.undo, name="undo_bulk"),
]
