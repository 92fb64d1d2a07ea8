"""Documents are cut by octets, and PostgreSQL is told what is quick and what is not."""

from django.db import migrations, models

# Where the server has been built with it, lz4 gives a document back in a fraction of the time that
# PostgreSQL's own compression takes. What is packed is small already.
POSTGRESQL = """
DO $$ BEGIN
    IF (SELECT 'lz4' = ANY (enumvals) FROM pg_settings WHERE name = 'default_toast_compression') THEN
        ALTER TABLE api_document
            ALTER COLUMN body SET COMPRESSION lz4, ALTER COLUMN item SET COMPRESSION lz4;
    END IF;
END $$;
ALTER TABLE api_document ALTER COLUMN packed SET STORAGE EXTERNAL;

-- PostgreSQL takes a look into a vector to cost nothing, though most of them must be fetched and
-- unpacked for it. Then it would rather look into hundreds of pages than ask the index.
CREATE FUNCTION api_costly(tsvector) RETURNS tsvector
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE COST 2000 AS 'BEGIN RETURN $1; END';
DROP INDEX words_title;
DROP INDEX words_all;
CREATE INDEX words_title ON api_words USING gin (api_costly(title_vector)) WITH (fastupdate = off);
CREATE INDEX words_all ON api_words USING gin (api_costly(vector)) WITH (fastupdate = off);
"""
BEFORE = """
ALTER TABLE api_document
    ALTER COLUMN body SET COMPRESSION default,
    ALTER COLUMN item SET COMPRESSION default,
    ALTER COLUMN packed SET STORAGE EXTENDED;
DROP INDEX words_title;
DROP INDEX words_all;
DROP FUNCTION api_costly;
CREATE INDEX words_title ON api_words USING gin (title_vector) WITH (fastupdate = off);
CREATE INDEX words_all ON api_words USING gin (vector) WITH (fastupdate = off);
"""


def _on_postgresql(statements):
    def run(apps, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(statements)

    return run


class Migration(migrations.Migration):
    dependencies = [("api", "0002_word_index")]

    operations = [
        migrations.AlterField(
            model_name="document",
            name="parent_start",
            field=models.IntegerField(help_text="Where in `body`, in octets, `parent` begins"),
        ),
        migrations.RunPython(_on_postgresql(POSTGRESQL), _on_postgresql(BEFORE)),
    ]
