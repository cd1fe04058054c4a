"""The start page."""

from django.urls import path

from uppsikt.web.start.views import start

urlpatterns = [path("", start, name="start")]
