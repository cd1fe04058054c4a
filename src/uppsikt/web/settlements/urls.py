"""Carried-over results of multi-year budgets, and settlements of units that others finance."""

from django.urls import path

from uppsikt.web.settlements import views

urlpatterns = [
    path("overforing/", views.carry_over, name="carry-over"),
    path("overforing/ny/", views.new_period, name="carry-over-new"),
    path("overforing/<slug:key>/resultat/", views.result, name="carry-over-result"),
    path("reglering/", views.settlement, name="settlement"),
    path("reglering/reglera/", views.settle, name="settlement-settle"),
    path("reglering/aterta/", views.take_back, name="settlement-take-back"),
    path("reglering/regel/", views.new_rule, name="settlement-rule-new"),
    path("reglering/regel/<slug:key>/avsluta/", views.end_rule, name="settlement-rule-end"),
]
