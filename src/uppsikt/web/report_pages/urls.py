"""Reports: what there is, an edition's preview, findings and files."""

from django.urls import path

from uppsikt.web.report_pages import views

urlpatterns = [
    path("", views.index, name="reports"),
    path("bygg/", views.build, name="report-build"),
    path("<str:content_hash>/", views.edition, name="report-edition"),
    path("<str:content_hash>/<str:name>", views.edition_file, name="report-file"),
]
