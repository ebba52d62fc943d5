"""Addresses of interview plans, interviews, scorecards and the question bank."""

from django.urls import path

from assay.app.interviewing.pages import arranging, interviews, plans, questions, scorecards

app_name = "interviewing"
urlpatterns = [
    path("questions/", questions.questions, name="questions"),
    path("questions/<slug:question_id>/", questions.question, name="question"),
    path("jobs/<int:job_id>/interviews", plans.plan, name="plan"),
    path("jobs/<int:job_id>/interviews/suggest", plans.suggest, name="suggest"),
    path("jobs/<int:job_id>/interviews/new", plans.new_planned, name="new_planned"),
    path("planned-interviews/<int:planned_id>/", plans.planned, name="planned"),
    path("planned-interviews/<int:planned_id>/remove", plans.remove, name="remove_planned"),
    path("planned-interviews/<int:planned_id>/focus", plans.focus, name="focus"),
    path("interviews/", interviews.mine, name="mine"),
    path("interviews/<int:interview_id>/", interviews.interview, name="interview"),
    path("interviews/<int:interview_id>/move", arranging.move, name="move"),
    path("interviews/<int:interview_id>/cancel", arranging.call_off, name="cancel"),
    path("interviews/<int:interview_id>/mark", arranging.mark_as, name="mark"),
    path("interviews/<int:interview_id>/excuse", arranging.excuse_from, name="excuse"),
    path("interviews/<int:interview_id>/scorecard", scorecards.scorecard, name="scorecard"),
    path("interviews/<int:interview_id>/scorecard/draft", scorecards.draft, name="scorecard_draft"),
    path("interviews/<int:interview_id>/scorecard/addendum", scorecards.addendum, name="addendum"),
    path("applications/<int:application_id>/interviews", interviews.of_application, name="of_application"),
    path("applications/<int:application_id>/interviews/new", arranging.new, name="arrange"),
]
