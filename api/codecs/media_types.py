"""Media types by file names: the same on every machine."""

from mimetypes import MimeTypes

# Python's own table alone: the machine's would differ from server to server.
_KNOWN = MimeTypes()
for _ending, _type in {
    ".avif": "image/avif",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".rtf": "application/rtf",
    ".webp": "image/webp",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}.items():
    _KNOWN.add_type(_type, _ending)


def media_type(filename: str) -> str:
    """Such as `application/pdf`; `application/octet-stream` for what is not known."""
    return _KNOWN.guess_type(filename)[0] or "application/octet-stream"
