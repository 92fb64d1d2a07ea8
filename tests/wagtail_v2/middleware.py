"""What Wagtail's tests may see of our problems: v2's `message`. The rest is said beside it."""

import json
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from api.errors import PROBLEM_JSON


def only_the_message(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.headers.get("Content-Type") == PROBLEM_JSON:
            message = json.loads(response.content)["message"]
            response.content = json.dumps({"message": message}).encode()
            response["Content-Type"] = "application/json"
        return response

    return middleware
