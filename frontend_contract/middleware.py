"""Every answer of the delivery API says which version of the contract it keeps."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from frontend_contract.version import API_ROOT, VERSION_HEADER, contract_version


def say_contract_version(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware. A client built for another major version sees so on its first answer."""
    version = contract_version()

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.path.startswith(API_ROOT):
            response[VERSION_HEADER] = version
        return response

    return middleware
