"""Page types, and every other model of the newsroom."""

from pages.images import NewsDocument, NewsImage, NewsRendition
from pages.models.base import NewsroomPage
from pages.models.embargo import Embargo, EmbargoedFile
from pages.models.fact_sheet import FactSheetPage
from pages.models.home import HomePage
from pages.models.press_release import MediaContact, PressReleasePage, Signatory
from pages.models.previews import DraftPreview, PreviewEnded
from pages.models.profile import ProfileIndexPage, ProfilePage
from pages.models.relations import Byline, Download, RelatedPage
from pages.models.section import SectionPage
from pages.models.standard import StandardPage
from pages.site_settings import NewsroomSettings
from pages.snippets import Boilerplate, Organisation, Person, PressContact, Topic

__all__ = [
    "Boilerplate",
    "Byline",
    "Download",
    "DraftPreview",
    "Embargo",
    "EmbargoedFile",
    "FactSheetPage",
    "HomePage",
    "MediaContact",
    "NewsDocument",
    "NewsImage",
    "NewsRendition",
    "NewsroomPage",
    "NewsroomSettings",
    "Organisation",
    "Person",
    "PressContact",
    "PressReleasePage",
    "PreviewEnded",
    "ProfileIndexPage",
    "ProfilePage",
    "RelatedPage",
    "SectionPage",
    "Signatory",
    "StandardPage",
    "Topic",
]
