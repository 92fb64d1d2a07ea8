"""The indexes that searches use: each database has its own, over the same columns of words."""

from django.db import migrations

POSTGRESQL = """
ALTER TABLE api_words
    ADD COLUMN title_vector tsvector NOT NULL
        GENERATED ALWAYS AS (array_to_tsvector(string_to_array(title_words, ' '))) STORED,
    ADD COLUMN vector tsvector NOT NULL
        GENERATED ALWAYS AS (array_to_tsvector(string_to_array(words, ' '))) STORED;
CREATE INDEX words_title ON api_words USING gin (title_vector) WITH (fastupdate = off);
CREATE INDEX words_all ON api_words USING gin (vector) WITH (fastupdate = off);
"""
SQLITE = [
    """
    CREATE VIRTUAL TABLE api_words_index USING fts5(
        title_words, words, content='api_words', content_rowid='page_id', detail='column',
        prefix='2 3 4', tokenize="unicode61 remove_diacritics 0 tokenchars '='"
    )
    """,
    """
    CREATE TRIGGER api_words_insert AFTER INSERT ON api_words BEGIN
        INSERT INTO api_words_index (rowid, title_words, words)
            VALUES (NEW.page_id, NEW.title_words, NEW.words);
    END
    """,
    """
    CREATE TRIGGER api_words_delete AFTER DELETE ON api_words BEGIN
        INSERT INTO api_words_index (api_words_index, rowid, title_words, words)
            VALUES ('delete', OLD.page_id, OLD.title_words, OLD.words);
    END
    """,
    """
    CREATE TRIGGER api_words_update AFTER UPDATE ON api_words BEGIN
        INSERT INTO api_words_index (api_words_index, rowid, title_words, words)
            VALUES ('delete', OLD.page_id, OLD.title_words, OLD.words);
        INSERT INTO api_words_index (rowid, title_words, words)
            VALUES (NEW.page_id, NEW.title_words, NEW.words);
    END
    """,
]


def make(apps, schema_editor):
    on_postgresql = schema_editor.connection.vendor == "postgresql"
    with schema_editor.connection.cursor() as cursor:
        for statement in [POSTGRESQL] if on_postgresql else SQLITE:
            cursor.execute(statement)


def remove(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:
        if schema_editor.connection.vendor == "postgresql":
            cursor.execute(
                "ALTER TABLE api_words DROP COLUMN title_vector, DROP COLUMN vector"
            )
        else:
            for name in ("insert", "delete", "update"):
                cursor.execute(f"DROP TRIGGER api_words_{name}")
            cursor.execute("DROP TABLE api_words_index")


class Migration(migrations.Migration):
    dependencies = [("api", "0001_initial")]
    operations = [migrations.RunPython(make, remove)]
