"""The room of suggestions and their accuracy as a Django app."""

from django.apps import AppConfig


class ForecastingConfig(AppConfig):
    """Label and name of the room."""

    name = "uppsikt.forecasting"
    label = "forecasting"
