"""How right forecasts have been, and new suggestions for a round."""

from django.urls import path

from uppsikt.web.accuracy import views

urlpatterns = [
    path("omgangar/traffsakerhet/", views.accuracy, name="accuracy"),
    path("omgangar/<slug:key>/forslag/", views.suggest, name="round-suggest"),
]
