from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

Response = Callable[..., HttpResponse]


class ReadsOutsideTransactions:
    """Runs the views of GET, HEAD and OPTIONS requests without the transaction of `ATOMIC_REQUESTS`.

    A transaction would make readers queue for SQLite's only write lock, and costs two round trips
    on PostgreSQL. It must be the last middleware: it calls the view.
    """

    def __init__(self, get_response: Response) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Response, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        if request.method in {"GET", "HEAD", "OPTIONS"}:
            return view(request, *args, **kwargs)
        return None
