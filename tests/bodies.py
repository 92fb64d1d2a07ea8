"""Bodies of pages with every block, for tests."""

import uuid


def block(kind, value):
    """One block of a stream as it is stored."""
    return {"type": kind, "value": value, "id": str(uuid.uuid4())}


def link(**destination):
    """A LinkBlock's value."""
    return {"page": None, "document": None, "url": "", "email": "", "phone": "", **destination}


def items(*values):
    """A ListBlock's value."""
    return [{"type": "item", "value": value, "id": str(uuid.uuid4())} for value in values]


def picture(image, alt="What it shows", decorative=False):
    """An ImageBlock's value."""
    return {"image": image.pk, "alt_text": alt, "decorative": decorative}


def every_block(*, page, document, image, person, contact, boilerplate):
    """A stream with each content block once."""
    source = {"title": "A report", "publisher": "An office", "url": "", "date": "2017"}
    rich = "<p>Words and <b>more</b> words.</p>"
    figure = {"image": picture(image), "caption": "A caption", "credit": ""}
    return [
        block("heading", {"text": "A heading", "level": "h2"}),
        block("paragraph", f'{rich}<p><a linktype="page" id="{page.pk}">A page</a></p>'),
        block(
            "quote",
            {
                "quotation": "We said so.",
                "person": person.pk,
                "name": person.name,
                "post": "Chief",
                "organisation": "",
            },
        ),
        block("text_quotation", {"text": rich, "citation": "8 U.S.C. § 1373", "url": ""}),
        block(
            "questions",
            {
                "title": "",
                "answered_by": person.pk,
                "items": items({"question": "Why?", "answer": rich}),
            },
        ),
        block("image", figure),
        block("gallery", {"title": "Pictures", "images": items(figure, figure)}),
        block(
            "embed",
            {
                "media": "https://video.example/1",
                "title": "A video",
                "transcript": document.pk,
            },
        ),
        block("download", {"document": document.pk, "title": "The paper"}),
        block(
            "table",
            {
                "caption": "A table",
                "columns": [
                    {"type": "text", "heading": "Subject"},
                    {"type": "rich_text", "heading": "Remarks"},
                    {"type": "number", "heading": "Number"},
                    {"type": "date", "heading": "Date"},
                    {"type": "yes_no", "heading": "Yes or no"},
                ],
                "rows": [{"values": ["One", rich, 1.5, "2017-01-02", True]}],
            },
        ),
        block(
            "key_facts",
            {"title": "Key facts", "facts": items({"text": "A fact.", "source": source})},
        ),
        block(
            "statistics",
            {
                "title": "",
                "items": items({"figure": "42 %", "label": "answered", "source": source}),
            },
        ),
        block("claims", {"start": 3, "items": items({"claim": "A claim", "text": rich})}),
        block(
            "timeline",
            {
                "title": "",
                "events": items(
                    {"date": "1996-09-30", "when": "1996", "title": "Begun", "text": rich}
                ),
            },
        ),
        block("callout", {"kind": "note", "title": "", "text": rich}),
        block(
            "update",
            {
                "kind": "update",
                "date": "2021-10-27",
                "text": rich,
                "original_words": "",
                "corrected_words": "",
                "superseded_by": link(page=page.pk),
            },
        ),
        block("related_pages", {"title": "Related", "pages": items(page.pk)}),
        block(
            "call_to_action",
            {
                "title": "Act",
                "text": "",
                "button": "Go",
                "link": link(email="press@example.org"),
            },
        ),
        block("boilerplate", {"boilerplate": boilerplate.pk}),
        block("contacts", {"title": "Contact", "contacts": items(contact.pk)}),
    ]


def section(content):
    """A section around blocks."""
    return block("section", {"title": "A section", "content": content})
