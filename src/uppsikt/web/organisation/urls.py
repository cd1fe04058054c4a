"""The organisation over time: the tree, the log of changes, comparison, drafts."""

from django.urls import path

from uppsikt.web.organisation import draft_views, views

urlpatterns = [
    path("", views.tree, name="organisation"),
    path("kod/<path:code>/", views.code, name="organisation-code"),
    path("jamfor/", views.compare, name="organisation-compare"),
    path("andringar/", views.log, name="organisation-changes"),
    path("andringar/handelser.<str:suffix>", views.events_file, name="organisation-events"),
    path("andringar/<slug:key>/", views.change, name="organisation-change"),
    path("andringar/<slug:key>/handelser.<str:suffix>", views.events_file, name="organisation-change-events"),
    path("andringar/<slug:key>/budget.<str:suffix>", views.transfer_rows, name="organisation-transfer"),
    path("andringar/<slug:key>/upphav/", draft_views.annul, name="organisation-annul"),
    path("utkast/", draft_views.new, name="organisation-new-draft"),
    path("utkast/koder/", draft_views.codes, name="organisation-codes"),
    path("utkast/<slug:key>/", draft_views.edit, name="organisation-draft"),
    path("utkast/<slug:key>/anta/", draft_views.adopt, name="organisation-adopt"),
    path("utkast/<slug:key>/kasta/", draft_views.discard_draft, name="organisation-discard"),
]
