"""How the demo says what is real in it and what is not."""

# For papers that a real organisation or person has published under the same title.
ABOUT_THIS_TEXT = (
    "callout",
    {
        "kind": "note",
        "title": "About this text",
        "text": (
            "The title and the date are those of a published paper. The text was written anew "
            "for this demonstration: it shows how such a paper is laid out, and does not speak "
            "for its authors."
        ),
    },
)

# For pages whose people, places and events do not exist.
SAMPLE = (
    "callout",
    {
        "kind": "example",
        "title": "A sample",
        "text": (
            "The people, places and events on this page are made up. It shows what a page of "
            "this kind can hold."
        ),
    },
)

# Where made-up figures come from.
SAMPLE_SOURCE = {
    "title": "Sample figures, made up for this demonstration",
    "publisher": "No publisher",
    "url": "https://example.org/sample-figures",
    "date": "2018",
}
