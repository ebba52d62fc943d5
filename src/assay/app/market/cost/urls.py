"""Addresses of the cost desk."""

from django.urls import URLPattern, path

from assay.app.market.cost import pages

urlpatterns: list[URLPattern] = [
    path("market/cost/", pages.cost, name="cost"),
    path("market/cost/answer", pages.cost_answer, name="cost_answer"),
    path("market/cost/save", pages.cost_save, name="cost_save"),
    path("market/cost/compare", pages.cost_compare, name="cost_compare"),
    path("market/cost/<int:scenario_id>/", pages.cost_scenario, name="cost_scenario"),
]
