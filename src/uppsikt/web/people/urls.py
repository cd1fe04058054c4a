"""People and their roles."""

from django.urls import path

from uppsikt.web.people import file_views, views

urlpatterns = [
    path("personer/", views.index, name="people"),
    path("personer/ny/", views.new, name="people-new"),
    path("personer/personer.<str:suffix>", views.file, name="people-file"),
    path("personer/fil/", file_views.bring, name="people-bring"),
    path("personer/fil/<str:token>/", file_views.dry_run, name="people-dry-run"),
    path("personer/person/<str:name>/", views.one, name="person"),
    path("personer/person/<str:name>/roll/", views.add_role, name="person-role"),
    path("personer/person/<str:name>/roll/<int:key>/", views.change_role, name="person-role-change"),
    path("personer/person/<str:name>/konto/", views.switch, name="person-switch"),
    path("personer/person/<str:name>/losenord/", views.password, name="person-password"),
    path("personer/person/<str:name>/tva-steg/", views.reset_steps, name="person-steps"),
]
