"""The demo's PDFs. To add one, name it here with its title and what its pages say."""

import textwrap

from django.core.files.base import ContentFile

from pages.models import NewsDocument

NOTICE = (
    "This file belongs to the demonstration content of a newsroom. It stands where the paper "
    "itself would be offered for download, and holds none of its text."
)

FILES = {
    "report": (
        "A Path to Public Safety: The Legal Questions around Immigration Detainers",
        [
            "The report asks what a detainer is, whom it binds, and what a jail that honours or "
            "declines one has to answer for.",
            "Its executive summary, the statutes it quotes and its notes are on the page that "
            "this file was downloaded from.",
        ],
    ),
    "executive-summary": (
        "Executive Summary: The Legal Questions Around Immigration Detainers",
        ["The summary of the report in two pages."],
    ),
    "lpr-jurisdictions": (
        "Backgrounder: Jurisdictions Permitting LPR Hiring",
        ["A list of sample jurisdictions, with the rule of each and its citation."],
    ),
    "priorities": (
        "Comparison of the Obama, Trump, and Biden Administration Immigration Enforcement "
        "Priorities",
        ["The comparison as a table on one page."],
    ),
    "287g": (
        "Background on Local Law Enforcement’s Role in Immigration Enforcement – § 287(g) "
        "Agreements",
        ["How agreements under § 287(g) come about, and how they end."],
    ),
    "letter": (
        "Sample Sign-On Letter, as Sent",
        ["The letter with the names of twelve sample signatories."],
    ),
    "transcript": (
        "Transcript of the Sample Panel Discussion",
        ["MODERATOR: Welcome to this sample.", "FIRST SPEAKER: Thank you for having me."],
    ),
}


def write_all() -> dict[str, NewsDocument]:
    """Every file, written and saved, by name."""
    documents = {}
    for name, (title, paragraphs) in FILES.items():
        file = ContentFile(pdf(title, [[NOTICE], paragraphs]), f"{name}.pdf")
        document = NewsDocument(title=title, file=file)
        document._set_document_file_metadata()
        document.save()
        documents[name] = document
    return documents


def pdf(title: str, pages: list[list[str]]) -> bytes:
    """A PDF with the title at the top of the first page; a page is a list of paragraphs.

    Only the characters of Windows-1252 can be shown, for it uses a font that every reader has.
    """
    first_page = 5
    numbers = [first_page + 2 * page for page in range(len(pages))]
    kids = " ".join(f"{number} 0 R" for number in numbers)
    objects = [
        "<< /Type /Catalog /Pages 2 0 R /Lang (en-US) "
        "/ViewerPreferences << /DisplayDocTitle true >> >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        f"<< /Title <{_utf16(title)}> >>",
    ]
    for number, (page, paragraphs) in zip(numbers, enumerate(pages), strict=True):
        content = _text(title if page == 0 else "", paragraphs)
        objects.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] "
            f"/Resources << /Font << /F1 3 0 R >> >> /Contents {number + 1} 0 R >>"
        )
        length = len(content.encode("cp1252"))
        objects.append(f"<< /Length {length} >>\nstream\n{content}\nendstream")
    return _file(objects)


def _utf16(words: str) -> str:
    return (b"\xfe\xff" + words.encode("utf-16-be")).hex()


def _text(title: str, paragraphs: list[str]) -> str:
    """The drawing instructions of a page: 72 points from the left, downward from the top."""
    lines = ["BT", "72 712 Td"]
    for size, words, width in [(18, title, 50), *((11, words, 84) for words in paragraphs)]:
        lines.append(f"/F1 {size} Tf {size * 1.4:.1f} TL")
        for line in textwrap.wrap(words, width):
            escaped = line.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
            lines.append(f"({escaped}) Tj T*")
        lines.append("T*")
    return "\n".join([*lines, "ET"])


def _file(objects: list[str]) -> bytes:
    """The objects, numbered from 1, with the table that says at which byte each begins."""
    file = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
    offsets = []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(file))
        file += f"{number} 0 obj\n{content}\nendobj\n".encode("cp1252")
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    size = len(objects) + 1
    return file + (
        f"xref\n0 {size}\n0000000000 65535 f \n{table}"
        f"trailer\n<< /Size {size} /Root 1 0 R /Info 4 0 R >>\nstartxref\n{len(file)}\n%%EOF\n"
    ).encode("ascii")
