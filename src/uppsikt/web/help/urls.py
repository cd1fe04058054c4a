"""Help: what the codes mean, and how accessible the pages are."""

from django.urls import path

from uppsikt.web.help import views

urlpatterns = [
    path("koder/", views.codes, name="codes"),
    path("koder/<str:code>/", views.code, name="code"),
    path("tillganglighet/", views.accessibility, name="accessibility"),
]
