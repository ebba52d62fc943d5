"""Addresses of the adverts: the desk for those who write them, the careers pages for everybody."""

from django.urls import path

from assay.app.postings import checking_pages, editing_pages, pages, public_pages, publishing_pages

app_name = "postings"
urlpatterns = [
    path("adverts/", pages.adverts, name="adverts"),
    path("adverts/new", pages.new_advert, name="new"),
    path("adverts/check", checking_pages.check, name="check"),
    path("adverts/<int:advert_id>/", pages.advert, name="advert"),
    path("adverts/<int:advert_id>/preview", pages.preview, name="preview"),
    path("adverts/<int:advert_id>/save", editing_pages.save, name="save"),
    path("adverts/<int:advert_id>/fix", editing_pages.fix, name="fix"),
    path("adverts/<int:advert_id>/publish", publishing_pages.publish_page, name="publish"),
    path("adverts/<int:advert_id>/take-down", publishing_pages.take_down_page, name="take_down"),
    path("adverts/<int:advert_id>/published/<int:number>", publishing_pages.publication, name="publication"),
    path("careers/", public_pages.openings, name="careers"),
    path("careers/feed.atom", public_pages.atom, name="feed"),
    path("careers/jobs.xml", public_pages.jobs_xml, name="jobs_xml"),
    path("careers/<slug:slug>/", public_pages.opening, name="public_advert"),
    path("careers/<slug:slug>.md", public_pages.markdown, name="public_markdown"),
    path("careers/<slug:slug>.txt", public_pages.text, name="public_text"),
    path("careers/<slug:slug>.jsonld", public_pages.json_ld, name="public_json_ld"),
]
