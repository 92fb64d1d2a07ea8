"""The collection of profiles, and six people who do not exist."""

from collections.abc import Callable
from datetime import date
from typing import Any

from pages.demo.item import Item
from pages.demo.samples import SAMPLE
from pages.demo.stock import Stock
from pages.models import Byline, ProfileIndexPage, ProfilePage, RelatedPage

PUBLISHED = date(2018, 6, 29)


def index(stock: Stock) -> dict[str, Any]:
    return {
        "introduction": (
            "<p>Officers who came to this country from another one serve in departments large "
            "and small. A collection like this shows who they are.</p>"
            "<p>The six people in it are <b>samples</b>: none of them exists.</p>"
        ),
        "summary": "Six sample profiles of officers who were born in another country.",
        "search_description": "Sample profiles of immigrants who serve in law enforcement.",
        "share_image": stock.pictures["round-table"],
        "body": [
            ("image", {"image": stock.pictures["round-table"], "caption": "A drawing of four."}),
        ],
        "topics": [stock.topics["hiring"], stock.topics["community-policing"]],
        "bylines": [Byline(organisation=stock.organisations["task-force"])],
        "related_pages": [RelatedPage(related_page=stock.pages["lpr-ability"])],
    }


INDEX = Item(
    name="profiles",
    model=ProfileIndexPage,
    parent="path",
    title="Profiles: Immigrants in Law Enforcement Contributing to Public Safety",
    slug="profiles-immigrants-in-law-enforcement-contributing-to-public-safety",
    date=PUBLISHED,
    content=index,
)


def story(
    person: str, place: str, country: str, quotation: str, *paragraphs: str
) -> Callable[[Stock], dict[str, Any]]:
    """The content of a profile; `person` is a sample person, whose post it takes over."""

    def content(stock: Stock) -> dict[str, Any]:
        portrayed = stock.people[person]
        text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
        return {
            "person": portrayed,
            "post": portrayed.post,
            "organisation": portrayed.organisation,
            "place": place,
            "country_of_origin": country,
            "portrait": stock.pictures[person],
            "share_image": stock.pictures[person],
            "quotation": quotation,
            "summary": f"Sample profile: from {country} to {place}. This person does not exist.",
            "body": [SAMPLE, ("paragraph", text)],
            "topics": [stock.topics["hiring"]],
        }

    return content


def profile(name: str, title: str, content: Callable[[Stock], dict[str, Any]]) -> Item:
    return Item(name, ProfilePage, "profiles", title, f"sample-profile-{name}", PUBLISHED, content)


PROFILES = [
    profile(
        "okafor-lind",
        "Sample Profile: Amara Okafor-Lind",
        story(
            "okafor-lind",
            "Lakeview (sample)",
            "Nigeria",
            "My mother still asks when I will get a quiet job.",
            "She came at nineteen to study chemistry, and stayed for a night shift at the campus "
            "security desk that turned out to suit her better.",
            "Today she trains recruits. Her first lesson is on how to knock at a door.",
        ),
    ),
    profile(
        "petrov-haas",
        "Sample Profile: Daniel Petrov-Haas",
        story(
            "petrov-haas",
            "Elder County (sample)",
            "Bulgaria",
            "In the mountains people wave at a car. I want them to wave at mine.",
            "His family ran a sawmill, there and here. He joined the county’s search and rescue "
            "as a volunteer before he was old enough to be paid for it.",
            "The county made him a deputy in the month he became a citizen.",
        ),
    ),
    profile(
        "tran-moreau",
        "Sample Profile: Linh Tran-Moreau",
        story(
            "tran-moreau",
            "Harbor Point (sample)",
            "Vietnam",
            "Half of my work is waiting until somebody feels safe enough to talk.",
            "She investigates fraud against the elderly, in three languages.",
            "Most of her cases begin at a table in the market, with tea, and with something that "
            "happened to a friend.",
        ),
    ),
    profile(
        "quintanilla-berg",
        "Sample Profile: Rosa Quintanilla-Berg",
        story(
            "quintanilla-berg",
            "Lakeview (sample)",
            "El Salvador",
            "I know what it is to be afraid of a uniform. So I explain mine.",
            "She was six when her parents brought her, and sixteen when an officer at her school "
            "talked her into the debating club.",
            "As a sergeant she now runs the program that sent him.",
        ),
    ),
    profile(
        "haddad-cole",
        "Sample Profile: Samir Haddad-Cole",
        story(
            "haddad-cole",
            "Harbor Point (sample)",
            "Lebanon",
            "A city is a promise that strangers make to each other.",
            "He drove a delivery van, then a taxi, then a patrol car, and says that he knows every "
            "pothole of the city by name.",
            "He leads the night watch, and bakes for it on Fridays.",
        ),
    ),
    profile(
        "kowalczyk-reed",
        "Sample Profile: Ewa Kowalczyk-Reed",
        story(
            "kowalczyk-reed",
            "Elder County (sample)",
            "Poland",
            "Rules protect people. That is why they have to be good ones.",
            "She studied law in Kraków and put herself through the academy at thirty-four.",
            "The manual that the county’s jail works by is in large part hers.",
        ),
    ),
]
