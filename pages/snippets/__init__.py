"""What is kept once and used on many pages."""

from pages.snippets.boilerplate import Boilerplate
from pages.snippets.contact import PressContact
from pages.snippets.organisation import Organisation
from pages.snippets.person import Person
from pages.snippets.topic import Topic

__all__ = ["Boilerplate", "Organisation", "Person", "PressContact", "Topic"]
