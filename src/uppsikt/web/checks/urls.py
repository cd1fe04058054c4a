"""The report audit: bring a report, see its remarks, take them along."""

from django.urls import path

from uppsikt.web.checks import views
from uppsikt.web.checks.answers import answer

urlpatterns = [
    path("", views.bring, name="checks"),
    path("svar.json", answer, {"form": "json"}, name="check-answer-json"),
    path("svar.sarif", answer, {"form": "sarif"}, name="check-answer-sarif"),
    path("<str:token>/", views.report, name="check-report"),
    path("<str:token>/<str:name>", views.file, name="check-file"),
]
