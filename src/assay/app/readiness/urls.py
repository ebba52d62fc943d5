"""Addresses of the readiness desk."""

from django.urls import URLPattern, path

from assay.app.readiness import answer_pages, pages

app_name = "readiness"
urlpatterns: list[URLPattern] = [
    path("readiness/", pages.assessments, name="assessments"),
    path("readiness/new", pages.new, name="new"),
    path("readiness/<int:assessment_id>/", pages.assessment, name="assessment"),
    path("readiness/<int:assessment_id>/answer", answer_pages.answer, name="answer"),
    path("readiness/<int:assessment_id>/reopen", answer_pages.reopen, name="reopen"),
    path("readiness/<int:assessment_id>/decline", answer_pages.decline, name="decline"),
    path("readiness/<int:assessment_id>/people", pages.people, name="people"),
    path("readiness/<int:assessment_id>/state", pages.state, name="state"),
    path("readiness/<int:assessment_id>/attach", pages.attach, name="attach"),
    path("readiness/<int:assessment_id>/again", pages.again, name="again"),
    path("readiness/<int:assessment_id>/plan", pages.plan, name="plan"),
]
