"""Adopting a round: what it will rest on, its versions and what they changed, corrections."""

from django.urls import path

from uppsikt.web.adopting import views

urlpatterns = [
    path("omgangar/<slug:key>/faststall/", views.adopting, name="round-adopting"),
    path("omgangar/<slug:key>/faststall/rattelse-<int:number>.<suffix>", views.changes_file, name="round-changes"),
]
