"""The organisation over time: the tree, the changes, drafts, comparison."""

from django.urls import path

from uppsikt.web.organisation import views

urlpatterns = [
    path("", views.tree, name="organisation"),
    path("kod/<path:code>/", views.code, name="organisation-code"),
]
