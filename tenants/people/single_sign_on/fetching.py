"""How an identity provider is asked: through `outbound`, as every address that others give us."""

from typing import Any, Final

import requests
from requests.adapters import BaseAdapter
from requests.structures import CaseInsensitiveDict
from requests.utils import get_encoding_from_headers

from tenants.companies import addresses, outbound

MOST_READ: Final = 512 * 1024  # bytes; keys and metadata are some ten thousand
OF_THE_LINE: Final = frozenset({"accept-encoding", "connection", "content-length", "host"})


def session() -> requests.Session:
    """Never into a private network, ten seconds at most, and no redirects.

    Whatever is refused or not reached raises requests' own errors, whose texts hold no address.
    """
    asking = _Session()
    asking.trust_env = False
    asking.max_redirects = 0
    for scheme in ("https://", "http://"):
        asking.mount(scheme, _Outbound())
    return asking


class _Session(requests.Session):
    """Addresses are judged as everywhere here, before requests finds words of its own."""

    def request(self, method: Any, url: Any, *args: Any, **options: Any) -> requests.Response:
        try:
            addresses.read(str(url))
        except outbound.Refused as refusal:
            raise requests.exceptions.InvalidURL(str(refusal)) from refusal
        return super().request(method, url, *args, **options)


class _Outbound(BaseAdapter):
    def send(self, request: requests.PreparedRequest, **_: Any) -> requests.Response:  # type: ignore[override]
        headers = {
            name: str(value)
            for name, value in request.headers.items()
            if name.lower() not in OF_THE_LINE
        }
        body = request.body.encode() if isinstance(request.body, str) else request.body
        try:
            answer = outbound.send(
                str(request.method), str(request.url), headers=headers, data=body, most=MOST_READ
            )
        except outbound.Refused as refusal:
            raise requests.exceptions.InvalidURL(str(refusal)) from refusal
        except outbound.Unreached as failure:
            raise requests.ConnectionError(str(failure)) from failure
        if len(answer.body) >= MOST_READ:
            raise requests.exceptions.ContentDecodingError("The answer is longer than any of ours.")
        if 300 <= answer.status < 400:
            raise requests.TooManyRedirects("It answered with a redirect, which is not followed.")
        return _response(request, answer)

    def close(self) -> None:
        """Each request has a connection of its own, which ends with it."""


def _response(request: requests.PreparedRequest, answer: outbound.Answer) -> requests.Response:
    response = requests.Response()
    response.status_code = answer.status
    response.headers = CaseInsensitiveDict({"Content-Type": "", **answer.headers})
    response.encoding = get_encoding_from_headers(response.headers)
    response.request, response.url = request, str(request.url)
    response._content = answer.body
    return response
