"""The addresses of the web: one folder per task, each with its own."""

from django.urls import include, path

from uppsikt.web.language import switch_language

urlpatterns = [
    path("", include("uppsikt.web.start.urls")),
    path("", include("uppsikt.web.accounts.urls")),
    path("", include("uppsikt.web.accuracy.urls")),
    path("", include("uppsikt.web.adopting.urls")),
    path("", include("uppsikt.web.forecasts.urls")),
    path("", include("uppsikt.web.savings.urls")),
    path("", include("uppsikt.web.settlements.urls")),
    path("", include("uppsikt.web.log.urls")),
    path("", include("uppsikt.web.people.urls")),
    path("", include("uppsikt.web.rounds_pages.urls")),
    path("sprak/", switch_language, name="language"),
    path("uppstallningar/", include("uppsikt.web.statements.urls")),
    path("organisation/", include("uppsikt.web.organisation.urls")),
    path("inlasning/", include("uppsikt.web.imports.urls")),
    path("rapporter/", include("uppsikt.web.report_pages.urls")),
    path("granska/", include("uppsikt.web.checks.urls")),
    path("hjalp/", include("uppsikt.web.help.urls")),
]

handler400 = "uppsikt.web.errors.bad_request"
handler403 = "uppsikt.web.errors.forbidden"
handler404 = "uppsikt.web.errors.not_found"
handler500 = "uppsikt.web.errors.program_fault"
