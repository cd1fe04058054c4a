"""The report audit: bring a report, see its remarks, take them along."""

from django.urls import path

from uppsikt.web.checks import views

urlpatterns = [
    path("", views.bring, name="checks"),
    path("<str:token>/", views.report, name="check-report"),
    path("<str:token>/<str:name>", views.file, name="check-file"),
]
