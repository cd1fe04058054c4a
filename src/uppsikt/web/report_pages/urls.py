"""Reports: what there is, an edition's preview, findings and files; and the texts while they are written."""

from django.urls import path

from uppsikt.web.report_pages import views, writing_views

urlpatterns = [
    path("", views.index, name="reports"),
    path("bygg/", views.build, name="report-build"),
    path("<slug:report>/skriv/", writing_views.overview, name="report-writing"),
    path("<slug:report>/skriv/-/siffror/", writing_views.figures, name="report-figures"),
    path("<slug:report>/skriv/<slug:section>/", writing_views.section, name="report-section"),
    path("<slug:report>/skriv/<slug:section>/visning/", writing_views.preview, name="report-section-preview"),
    path("<slug:report>/skriv/<slug:section>/utkast/", writing_views.draft, name="report-section-draft"),
    path("<slug:report>/skriv/<slug:section>/lage/", writing_views.state, name="report-section-state"),
    path("<slug:report>/skriv/<slug:section>/plats/", writing_views.arrange, name="report-section-place"),
    path("<slug:report>/skriv/<slug:section>/kommentar/", writing_views.comment, name="report-section-comment"),
    path("<slug:report>/skriv/<slug:section>/historik/", writing_views.history, name="report-section-history"),
    path("<slug:report>/skriv/<slug:section>/kopia.docx", writing_views.copy, name="report-section-copy"),
    path("<str:content_hash>/", views.edition, name="report-edition"),
    path("<str:content_hash>/offentliggor/", views.publish, name="report-publish"),
    path("<str:content_hash>/<str:name>", views.edition_file, name="report-file"),
]
