"""The address of the palette."""

from django.urls import URLPattern, path

from assay.app.palette import pages

app_name = "palette"
urlpatterns: list[URLPattern] = [path("go", pages.palette, name="palette")]
