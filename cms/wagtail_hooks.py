"""What Dateline adds to the admin."""

from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin.staticfiles import versioned_static
from wagtail.models import Site


@hooks.register("insert_global_admin_css")
def admin_css() -> SafeString:
    """The style that keeps forms within the screen of a telephone."""
    return format_html('<link rel="stylesheet" href="{}">', versioned_static("cms/editor.css"))


@hooks.register("insert_editor_js")
def editor_js() -> SafeString:
    """The scripts that keep autosave from losing words, and that go with the preview."""
    return format_html(
        '<script src="{}"></script><script src="{}" data-origins="{}"></script>',
        versioned_static("cms/autosave.js"),
        versioned_static("cms/preview.js"),
        " ".join(sorted({site.root_url for site in Site.objects.all()})),
    )
