"""Savings assignments: the list, one with its units and plan, distributing a part."""

from django.urls import path

from uppsikt.web.savings import views

urlpatterns = [
    path("effektivisering/", views.index, name="savings"),
    path("effektivisering/ny/", views.new, name="savings-new"),
    path("effektivisering/<slug:key>/", views.detail, name="savings-assignment"),
    path("effektivisering/<slug:key>/fordela/", views.settle, name="savings-settle"),
    path("effektivisering/<slug:key>/plan/", views.plan, name="savings-plan"),
    path("effektivisering/<slug:key>/nasta-ar/<int:year>/", views.bring, name="savings-bring"),
    path("effektivisering/<slug:key>/aterta/<int:entry>/", views.take_back, name="savings-take-back"),
]
