"""Addresses of the market, cost and hiring-model desks, each named by its own folder."""

from assay.app.market.cost.urls import urlpatterns as cost
from assay.app.market.hiring_models.urls import urlpatterns as hiring_models
from assay.app.market.pay.urls import urlpatterns as pay

app_name = "market"
urlpatterns = [*pay, *cost, *hiring_models]
