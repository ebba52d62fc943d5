"""Addresses of clocks, calendars and how well clocks are kept."""

from django.urls import path

from assay.app.clocks.pages import kept, settings

app_name = "clocks"
urlpatterns = [
    path("clocks/", kept.kept, name="kept"),
    path("clocks/list", kept.clock_list, name="list"),
    path("clocks/<int:clock_id>/reason", kept.reason, name="reason"),
    path("applications/<int:application_id>/pause", kept.pause, name="pause"),
    path("settings/calendars/", settings.calendars, name="calendars"),
    path("settings/calendars/new", settings.new_office, name="new_office"),
    path("settings/calendars/<int:office_id>/", settings.office, name="office"),
    path("settings/calendars/<int:office_id>/default", settings.default_office, name="default_office"),
    path("settings/calendars/<int:office_id>/remove", settings.drop_office, name="remove_office"),
    path("settings/limits/", settings.limits, name="limits"),
    path("jobs/<int:job_id>/clocks", settings.job_clocks, name="job"),
]
