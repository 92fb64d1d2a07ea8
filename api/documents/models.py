"""The tables of the store. What is pending, unread, unannounced, touched or dropped, triggers note."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now

# The format whose documents searches look among.
SEARCHED_FORMAT = "portable_text"


class Document(models.Model):
    """What a public page encodes to, or what a site says of itself, in one format of rich text.

    Its id stands for these very bytes: what is encoded anew gets another one. It points to its page
    by number, not by a foreign key: whoever deletes a page must not have to wait for whoever stores
    a document of it.
    """

    page_id = models.BigIntegerField(null=True, help_text="Null for what a site says of itself.")
    rich_text_format = models.CharField(max_length=16)
    edition = models.CharField(max_length=32, help_text="Of the code that encoded it.")
    site_id = models.BigIntegerField(
        null=True, help_text="The one site that it belongs to; null if there are several."
    )
    path = models.TextField(help_text="Of the page on the frontend, unescaped.")
    locale = models.CharField(max_length=100)
    type = models.CharField(max_length=100)
    body = models.TextField(help_text="The whole document, JSON.")
    packed = models.BinaryField(help_text="The same, compressed by gzip.")
    item = models.TextField(help_text="What a listing shows unless it is asked for fields, JSON.")
    parent_start = models.IntegerField(help_text="Where in `body`, in octets, `parent` begins")
    parent_end = models.IntegerField(help_text="and ends: listings are without it.")
    etag = models.CharField(max_length=64)
    tags = models.TextField(help_text="Its keys as a `Cache-Tag`.")
    look_at = models.DateTimeField(
        null=True, help_text="When something that it shows begins or ends."
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["page_id", "rich_text_format"], name="one_document_a_page_and_format"
            ),
            models.UniqueConstraint(
                fields=["site_id", "rich_text_format"],
                condition=models.Q(page_id=None),
                name="one_document_a_site_and_format",
            ),
        ]
        indexes = [models.Index(fields=["path", "site_id"], name="document_path")]

    def __str__(self) -> str:
        return f"{self.type} {self.page_id or self.site_id}, {self.rich_text_format}"


class Dependency(models.Model):
    """A key of something that a document was built from."""

    pk = models.CompositePrimaryKey("document_id", "key")
    document_id = models.BigIntegerField()
    key = models.TextField()

    class Meta:
        indexes = [models.Index(fields=["key", "document_id"], name="dependency_key")]
        verbose_name_plural = "dependencies"

    def __str__(self) -> str:
        return f"{self.document_id}: {self.key}"


class KeptListing(models.Model):
    """The answer to a listing, as it was sent; it holds until anything is touched.

    Nearly everything that a newsroom publishes changes some listing, and most listings are read far
    more often than that: what exactly each of them depends on is not worth knowing.
    """

    key = models.CharField(max_length=64, primary_key=True, help_text="Of what was asked.")
    edition = models.CharField(max_length=32, help_text="Of the code that encoded it.")
    touched_id = models.BigIntegerField(help_text="The last that was touched before.")
    body = models.BinaryField()
    octets = models.BigIntegerField(help_text="Of the body.")
    packed = models.BooleanField(help_text="Whether the body is compressed by gzip.")
    etag = models.CharField(max_length=64, help_text="Of the body as it is without that.")
    tags = models.TextField(help_text="As a `Cache-Tag`.")
    look_at = models.DateTimeField(null=True, help_text="When something in it begins or ends.")

    def __str__(self) -> str:
        return f"{self.key}: {self.octets} octets"


class Entry(models.Model):
    """A page in the index of listings: what they filter and order by, as `entries` reads it.

    Pages that are live, behind no restriction and not under embargo have one; whether they have ended is for the
    reader to say. Columns of the same name hold the same as the page's.
    """

    id = models.BigIntegerField(primary_key=True, help_text="The page's.")
    path = models.TextField()
    depth = models.IntegerField()
    content_type_id = models.BigIntegerField()
    locale_id = models.BigIntegerField()
    title = models.TextField()
    slug = models.TextField()
    first_published_at = models.DateTimeField(help_text="The epoch where it is not known.")
    expire_at = models.DateTimeField(null=True)
    publication_date = models.DateField(help_text="Outside the contract the calendar's first day.")
    kind = models.TextField(help_text="Empty for a type without kinds.")

    class Meta:
        indexes = [
            models.Index(fields=["path"], name="entry_path"),
            models.Index(fields=["publication_date", "id"], name="entry_publication"),
            models.Index(fields=["first_published_at", "id"], name="entry_first_published"),
            models.Index(fields=["title", "id"], name="entry_title"),
            models.Index(fields=["slug", "id"], name="entry_slug"),
            models.Index(fields=["kind", "publication_date"], name="entry_kind"),
            models.Index(fields=["expire_at"], name="entry_end"),
        ]
        verbose_name_plural = "entries"

    def __str__(self) -> str:
        return self.title


class Label(models.Model):
    """Something that a page in the index is filed under."""

    page_id = models.BigIntegerField(db_index=True)
    name = models.CharField(max_length=16, help_text="`topic` or `section`.")
    value = models.BigIntegerField(help_text="The id of the topic, or of the section's page.")

    class Meta:
        indexes = [models.Index(fields=["name", "value", "page_id"], name="label_value")]

    def __str__(self) -> str:
        return f"{self.page_id}: {self.name} {self.value}"


class Pending(models.Model):
    """A page whose entry does not hold any more. It may be noted several times."""

    page_id = models.BigIntegerField()

    class Meta:
        verbose_name_plural = "pending"

    def __str__(self) -> str:
        return str(self.page_id)


class Words(models.Model):
    """What a page is found by: the words of its document as it was stored last.

    Each database keeps an index of its own over the two columns of words (migration 0002).
    """

    page_id = models.BigIntegerField(primary_key=True)
    title_words = models.TextField(help_text="Of the title, with their stems.")
    words = models.TextField(help_text="Of all of it, with their stems.")
    text = models.TextField(help_text="What snippets are cut from.")

    class Meta:
        verbose_name_plural = "words"

    def __str__(self) -> str:
        return f"{self.page_id}: {self.title_words}"


class Unread(models.Model):
    """A page whose words may be others now. It may be noted several times."""

    page_id = models.BigIntegerField(db_index=True)

    class Meta:
        verbose_name_plural = "unread"

    def __str__(self) -> str:
        return str(self.page_id)


class Unannounced(models.Model):
    """A page of which there may be something to tell. It may be noted several times (`api.changes`)."""

    page_id = models.BigIntegerField(db_index=True)
    key = models.TextField(db_default="", help_text="What was touched; empty if nothing was.")
    not_before = models.DateTimeField(
        null=True, help_text="When to look at it again, if it could not be told of for good."
    )

    class Meta:
        verbose_name_plural = "unannounced"

    def __str__(self) -> str:
        return f"{self.page_id}: {self.key}"


class Touched(models.Model):
    """A key of something that was changed a moment ago.

    On PostgreSQL the triggers' installation adds a column with the transaction that did it.
    """

    key = models.TextField()
    at = models.DateTimeField(db_default=Now())
    passed_on = models.BooleanField(
        db_default=False, help_text="Whether those were told who keep answers by tag."
    )

    class Meta:
        verbose_name_plural = "touched"
        indexes = [
            models.Index(
                fields=["id"], condition=models.Q(passed_on=False), name="touched_to_pass_on"
            )
        ]

    def __str__(self) -> str:
        return self.key


class Dropped(models.Model):
    """A document that does not hold any more. It may be noted several times."""

    document_id = models.BigIntegerField(db_index=True)
    key = models.TextField(db_default="", help_text="What was touched.")

    class Meta:
        verbose_name_plural = "dropped"

    def __str__(self) -> str:
        return str(self.document_id)


class Installed(models.Model):
    """Which triggers stand in the database. While there are none, nothing is stored."""

    fingerprint = models.CharField(max_length=64)

    class Meta:
        verbose_name_plural = "installed"

    def __str__(self) -> str:
        return self.fingerprint
