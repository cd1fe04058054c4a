"""The manager's work in a round."""

from django.urls import path

from uppsikt.web.forecasts import views

_UNIT = "omgangar/<slug:key>/enhet/<str:unit>/"

urlpatterns = [
    path("omgangar/mina/", views.mine, name="forecasts-mine"),
    path(_UNIT, views.unit_work, name="forecast"),
    path(f"{_UNIT}celler/", views.cells, name="forecast-cells"),
    path(f"{_UNIT}forklaring/<str:account>/", views.explanation, name="forecast-explanation"),
    path(f"{_UNIT}svar/<int:number>/", views.question, name="forecast-answer"),
    path(f"{_UNIT}kommentarer/", views.comments, name="forecast-comments"),
    path(f"{_UNIT}kommentarer/<int:comment>/klar/", views.settled, name="forecast-settle"),
]
