"""Rounds as they are run: the list, set-up, the controller's page, adjustments, bridges, entries by Excel."""

from django.urls import path

from uppsikt.web.rounds_pages import views, work_views

urlpatterns = [
    path("omgangar/", views.index, name="rounds"),
    path("omgangar/ny/", work_views.new, name="round-new"),
    path("omgangar/<slug:key>/", views.control, name="round"),
    path("omgangar/<slug:key>/lage/", views.state, name="round-pulse"),
    path("omgangar/<slug:key>/brygga/", views.bridge, name="round-bridge"),
    path("omgangar/<slug:key>/kalender.ics", views.calendar_file, name="round-calendar"),
    path("omgangar/<slug:key>/prognoser.xlsx", views.entries_file, name="round-entries"),
    path("omgangar/<slug:key>/steg/", work_views.step, name="round-step"),
    path("omgangar/<slug:key>/godkann/", work_views.approve, name="round-approve"),
    path("omgangar/<slug:key>/granska/<path:unit>/", work_views.unit, name="round-unit"),
    path("omgangar/<slug:key>/justeringar/", work_views.adjustments, name="round-adjustments"),
    path("omgangar/<slug:key>/prognoser/", work_views.bring, name="round-bring"),
    path("omgangar/<slug:key>/prognoser/<str:token>/", work_views.dry_run, name="round-dry-run"),
    path("omgangar/<slug:key>/installning/", work_views.setup, name="round-setup"),
    path("omgangar/<slug:key>/paminn/", work_views.remind, name="round-remind"),
]
