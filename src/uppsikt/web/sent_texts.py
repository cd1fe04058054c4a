"""What is sent to a page, before any view reads it: never a NUL, which no page needs and PostgreSQL refuses."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, QueryDict

from uppsikt.core.findings import found
from uppsikt.core.texts import is_line
from uppsikt.web.errors import fault_page
from uppsikt.web.findings import PAGE_UNKNOWN

NUL = "\0"


class SentTextsMiddleware:
    """Take NULs out of the fields of addresses and forms; no page has an address with control characters.

    What else isn't writing is for the service that keeps a text (`core.texts`): a password is kept as it is typed.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on with an address that can be asked for."""
        if not is_line(request.path_info):
            return fault_page(request, found(PAGE_UNKNOWN), 404)
        request.GET = _without_nuls(request.GET)  # type: ignore[assignment]  # as immutable as it was
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable[..., object], *rest: object) -> None:
        """Clean the form, once the guard of forms has read it; views that it leaves alone read for themselves."""
        if request.method == "POST" and not getattr(view, "csrf_exempt", False):
            request.POST = _without_nuls(request.POST)  # type: ignore[assignment]


def _without_nuls(sent: QueryDict) -> QueryDict:
    if not any(NUL in text for values in sent.lists() for text in (values[0], *map(str, values[1]))):
        return sent
    clean = QueryDict(mutable=True, encoding=sent.encoding)
    for name, values in sent.lists():
        clean.setlist(name.replace(NUL, ""), [str(value).replace(NUL, "") for value in values])
    clean._mutable = False
    return clean
