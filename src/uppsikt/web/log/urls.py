"""The event log."""

from django.urls import path

from uppsikt.web.log import views

urlpatterns = [
    path("logg/", views.index, name="log"),
    path("logg/logg.<str:suffix>", views.file, name="log-file"),
    path("logg/kontroll/", views.verify, name="log-verify"),
    path("logg/<int:sequence>/", views.one, name="log-event"),
]
