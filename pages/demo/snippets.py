"""What the demo keeps once and uses on many pages: topics, people, standing texts.

Of the people only three are real, and nothing is said of them but what the task force's own
site says. Everyone else is a sample, and says so in the name.
"""

from typing import TypeVar

from wagtail.log_actions import log

from pages.demo.identity import stable_uuid
from pages.demo.stock import Stock
from pages.demo.stream import rich_text
from pages.models import Boilerplate, Organisation, Person, PressContact, Topic
from pages.snippets.base import NewsroomSnippet

TOPICS = {
    "hiring": "Hiring",
    "detainers": "Detainers",
    "287g": "287(g)",
    "community-policing": "Community policing",
    "public-safety": "Public safety",
    "enforcement-priorities": "Enforcement priorities",
    "youth": "Youth",
}

# Name, short name, web address and logo.
ORGANISATIONS = {
    "task-force": ("Law Enforcement Immigration Task Force", "LEITF", "", "task-force-logo"),
    "forum": (
        "National Immigration Forum",
        "The Forum",
        "https://immigrationforum.org/",
        "forum-logo",
    ),
    "lakeview": (
        "Lakeview Police Department (sample)",
        "Lakeview PD",
        "https://example.org/lakeview",
        None,
    ),
    "elder-county": (
        "Elder County Sheriff’s Office (sample)",
        "Elder County",
        "https://example.org/elder-county",
        None,
    ),
    "harbor-point": (
        "Harbor Point Police Department (sample)",
        "Harbor Point PD",
        "https://example.org/harbor-point",
        None,
    ),
}

# Name, post held today, organisation and portrait.
PEOPLE = {
    "manger": ("Tom Manger", "", None, None),
    "noorani": ("Ali Noorani", "", None, None),
    "benenson": ("Laurence Benenson", "Assistant Director for Policy & Advocacy", "forum", None),
    "reyes": ("Jordan Reyes (sample)", "Chief of Police", "lakeview", "reyes"),
    "castellan": ("Miriam Castellan (sample)", "Sheriff", "elder-county", "castellan"),
    "okafor-lind": (
        "Amara Okafor-Lind (sample)",
        "Senior Police Officer",
        "lakeview",
        "okafor-lind",
    ),
    "petrov-haas": ("Daniel Petrov-Haas (sample)", "Deputy Sheriff", "elder-county", "petrov-haas"),
    "tran-moreau": ("Linh Tran-Moreau (sample)", "Detective", "harbor-point", "tran-moreau"),
    "quintanilla-berg": (
        "Rosa Quintanilla-Berg (sample)",
        "Sergeant",
        "lakeview",
        "quintanilla-berg",
    ),
    "haddad-cole": ("Samir Haddad-Cole (sample)", "Lieutenant", "harbor-point", "haddad-cole"),
    "kowalczyk-reed": ("Ewa Kowalczyk-Reed (sample)", "Captain", "elder-county", "kowalczyk-reed"),
}

# Name, role, telephone number, e-mail address and note. Numbers with 555-01 belong to nobody.
CONTACTS = {
    "press": (
        "Robin Ellery (sample)",
        "Press desk",
        "+1 202 555 0142",
        "press@example.org",
        "Members of the task force are available for interviews.",
    ),
    "events": (
        "Casey Winslow (sample)",
        "Event desk",
        "+1 619 555 0117",
        "events@example.org",
        "For seats, parking and camera positions only.",
    ),
    "policy": (
        "Dana Whitlock (sample)",
        "Policy desk",
        "+1 202 555 0163",
        "policy@example.org",
        "",
    ),
}

# Name for editors, heading, and text.
BOILERPLATES = {
    "task-force": (
        "About the Task Force",
        "About the Law Enforcement Immigration Task Force",
        "The Law Enforcement Immigration Task Force brings together police chiefs, sheriffs and "
        "other law enforcement officials from across the country. <b>This site is a "
        "demonstration</b>; its texts were written for it.",
    ),
    "forum": (
        "About the Forum",
        "About the National Immigration Forum",
        "The National Immigration Forum supports the task force with policy work and publishes "
        'papers of its own at <a href="https://immigrationforum.org/">immigrationforum.org</a>.',
    ),
}

Snippet = TypeVar("Snippet", bound=NewsroomSnippet)


def make_all(stock: Stock) -> None:
    """Makes every snippet and puts it into the stock. Its pictures must be there already."""
    for name, title in TOPICS.items():
        stock.topics[name] = made(name, Topic(name=title, slug=name))
    for name, (title, short_name, url, logo) in ORGANISATIONS.items():
        stock.organisations[name] = made(
            name,
            Organisation(
                name=title,
                short_name=short_name,
                url=url,
                logo=stock.pictures[logo] if logo else None,
            ),
        )
    for name, (title, post, organisation, portrait) in PEOPLE.items():
        stock.people[name] = made(
            name,
            Person(
                name=title,
                post=post,
                organisation=stock.organisations[organisation] if organisation else None,
                portrait=stock.pictures[portrait] if portrait else None,
            ),
        )
    for name, (title, role, phone, email, remark) in CONTACTS.items():
        stock.contacts[name] = made(
            name, PressContact(name=title, role=role, phone=phone, email=email, note=remark)
        )
    for name, (title, heading, text) in BOILERPLATES.items():
        stock.boilerplates[name] = made(
            name,
            Boilerplate(name=title, title=heading, text=rich_text(text, f"boilerplate {name}")),
        )


def made(name: str, snippet: Snippet) -> Snippet:
    """The snippet, saved with a first revision as the admin would."""
    snippet.uuid = stable_uuid(f"{snippet._meta.model_name} {name}")
    snippet.full_clean()
    snippet.save()
    snippet.save_revision()
    log(instance=snippet, action="wagtail.create", content_changed=True)
    return snippet
