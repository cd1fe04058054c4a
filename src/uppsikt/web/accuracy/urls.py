"""How right forecasts have been."""

from django.urls import path

from uppsikt.web.accuracy import views

urlpatterns = [
    path("omgangar/traffsakerhet/", views.accuracy, name="accuracy"),
]
