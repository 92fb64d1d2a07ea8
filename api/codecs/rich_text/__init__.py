"""Rich text: from what Wagtail stores to Portable Text, and from there to HTML and Markdown.

Nothing here touches the database. What a link, a footnote or an image refers to is asked of the
caller, so that one look-up can serve a whole page.
"""
