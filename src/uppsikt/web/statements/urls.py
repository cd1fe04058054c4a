"""Statements: the list, the table, a figure's way down, and files to take along."""

from django.urls import path

from uppsikt.web.statements import views

urlpatterns = [
    path("", views.index, name="statements"),
    path("<slug:key>/", views.statement, name="statement"),
    path("<slug:key>/brygga/", views.bridge, name="statement-bridge"),
    path("<slug:key>/brygga/fil.<str:suffix>", views.bridge_download, name="statement-bridge-download"),
    path("<slug:key>/siffra/", views.figure, name="statement-figure"),
    path("<slug:key>/fil.<str:suffix>", views.download, name="statement-download"),
]
