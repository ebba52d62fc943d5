"""Addresses of jobs, their applicants and everybody who ever applied."""

from django.urls import path

from assay.app.pipeline.pages import applicants, board, bulk, candidates, evidence, jobs, persons, stages

app_name = "pipeline"
urlpatterns = [
    path("jobs/", jobs.jobs, name="jobs"),
    path("jobs/new", jobs.new_job, name="new_job"),
    path("jobs/<int:job_id>/", applicants.job, name="job"),
    path("jobs/<int:job_id>/edit", jobs.edit, name="edit_job"),
    path("jobs/<int:job_id>/team", jobs.team, name="team"),
    path("jobs/<int:job_id>/status", jobs.status, name="status"),
    path("jobs/<int:job_id>/stages", stages.stages, name="stages"),
    path("jobs/<int:job_id>/stages/retire", stages.retire, name="retire_stage"),
    path("jobs/<int:job_id>/stages/<int:stage_id>/restore", stages.restore, name="restore_stage"),
    path("jobs/<int:job_id>/progress", applicants.progress, name="progress"),
    path("jobs/<int:job_id>/filters", applicants.keep_filter, name="save_filter"),
    path("jobs/<int:job_id>/filters/<int:filter_id>/forget", applicants.drop_filter, name="forget_filter"),
    path("jobs/<int:job_id>/views", applicants.team_view, name="team_view"),
    path("jobs/<int:job_id>/board", board.board, name="board"),
    path("jobs/<int:job_id>/board/figures", board.figures, name="board_figures"),
    path("jobs/<int:job_id>/board/<int:stage_id>", board.cards, name="board_cards"),
    path("jobs/<int:job_id>/compare-chosen", bulk.compare_chosen, name="compare_chosen"),
    path("jobs/<int:job_id>/compare", evidence.comparison, name="compare"),
    path("jobs/<int:job_id>/shortlist", evidence.shortlist, name="shortlist"),
    path("jobs/<int:job_id>/shortlist.csv", evidence.shortlist_csv, name="shortlist_csv"),
    path("jobs/<int:job_id>/shortlist.pdf", evidence.shortlist_pdf, name="shortlist_pdf"),
    path("candidates/", candidates.candidates, name="candidates"),
    path("candidates/duplicates", persons.duplicates, name="duplicates"),
    path("candidates/<int:person_id>/", persons.person, name="person"),
    path("candidates/<int:person_id>/beside/<int:other_id>", persons.pair, name="pair"),
    path("candidates/<int:person_id>/beside/<int:other_id>/merge", persons.merge, name="merge"),
    path("candidates/<int:person_id>/beside/<int:other_id>/different", persons.different, name="different"),
    path("candidates/<int:person_id>/beside/<int:other_id>/look-again", persons.again, name="look_again"),
    path("merges/<int:merge_id>/undo", persons.part, name="undo_merge"),
]
