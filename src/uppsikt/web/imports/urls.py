"""Import: what to bring in, a dry run, the import; batches already held."""

from django.urls import path

from uppsikt.web.imports import views

urlpatterns = [
    path("", views.index, name="imports"),
    path("inlast/<str:content_hash>/", views.batch, name="import-batch"),
    path("register/<str:dimension>.<str:suffix>", views.register_file, name="register-file"),
    path("<slug:kind>/", views.bring, name="import"),
    path("<slug:kind>/<str:token>/", views.dry_run, name="import-dry-run"),
]
