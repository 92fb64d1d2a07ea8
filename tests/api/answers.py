"""What the API answers, as tests compare it."""

import json

from api.codecs.pages import ENVELOPE_FIELDS
from frontend_contract.situations.drafts import preview_of


def live(client, page, **parameters):
    """The public answer for a page."""
    response = client.get(f"/api/v2/pages/{page.pk}/", parameters)
    assert response.status_code == 200, response.content
    return response.json()


def preview(client, page, **parameters):
    """The answer for the draft that `page` is, through a token as the editor's panel gets one."""
    token = preview_of(page).token
    response = client.get(
        "/api/v2/page_preview/",
        {"content_type": page.get_content_type_str(), "token": token, **parameters},
    )
    assert response.status_code == 200, response.content
    return response.json()


def without_envelope(document):
    """The bytes of an answer, but for what may differ between a draft and its published page."""
    copy = json.loads(json.dumps(document))
    for path in ENVELOPE_FIELDS:
        *parents, name = path.split(".")
        part = copy
        for parent in parents:
            part = part[parent]
        del part[name]
    return json.dumps(copy)


def all_blocks(document):
    """Every block of every stream in an answer, also those in sections."""
    found = []
    if isinstance(document, dict):
        if document.keys() == {"id", "type", "value"}:
            found.append(document)
        document = list(document.values())
    if isinstance(document, list):
        for part in document:
            found += all_blocks(part)
    return found
