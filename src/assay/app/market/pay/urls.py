"""Addresses of the market desk."""

from django.urls import URLPattern, path

from assay.app.market.pay import band_pages, own_pages, pages

urlpatterns: list[URLPattern] = [
    path("market/", pages.pay, name="pay"),
    path("market/bands/", band_pages.bands, name="bands"),
    path("market/bands/save", pages.save, name="save_band"),
    path("market/bands/<int:band_id>/", band_pages.band, name="band"),
    path("market/own/", own_pages.own_pay, name="own_pay"),
    path("market/own/add", own_pages.add, name="add_own_pay"),
    path("market/own/import", own_pages.bring, name="import_own_pay"),
    path("market/own/void", own_pages.void, name="void_own_pay"),
]
